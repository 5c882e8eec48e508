import assert from "node:assert/strict";
import { test } from "node:test";
import { internalPodSpecText, internalTemplateText } from "../../simulator/api/internal-template.ts";

/** Some of the JSON of the server's own types: the part that begins with this field, in the first container or in the Pod. */
function part(text: string, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], JSON.parse(text));
}

test("A template in the server's own types has its metadata as texts have it, and all fields of its Pod", () => {
  const template = { metadata: { labels: { b: "<2>", a: "1" } }, spec: { containers: [] } };
  const text = internalTemplateText(template, "1.36");
  assert.match(text, /^\{"labels":\{"a":"1","b":"\\u003c2\\u003e"\},"Spec":\{"Volumes":null,"InitContainers":null,/);
  assert.match(
    text,
    /"Containers":\[\],"EphemeralContainers":null,"RestartPolicy":"","TerminationGracePeriodSeconds":null,/,
  );
  assert.match(text, /"SecurityContext":null,.*"HostnameOverride":null,"SchedulingGroup":null\}\}$/);
});

test("Fields of the host are in the security context, and embedded structs have their fields beside the others", () => {
  const spec = {
    hostNetwork: true,
    securityContext: { runAsUser: 0 },
    volumes: [
      { name: "scratch", emptyDir: {} },
      { name: "set", configMap: { name: "c", items: [{ key: "k", path: "p" }], defaultMode: 420 } },
    ],
    containers: [
      {
        name: "app",
        resources: { requests: { memory: "64Mi", cpu: "100m" } },
        livenessProbe: { httpGet: { path: "/", port: "http" }, periodSeconds: 10 },
        env: [{ name: "CPU", valueFrom: { resourceFieldRef: { resource: "limits.cpu" } } }],
      },
    ],
  };
  const text = internalPodSpecText(spec, "1.36");
  assert.match(
    text,
    /"SecurityContext":\{"HostNetwork":true,"HostPID":false,"HostIPC":false,"ShareProcessNamespace":null,"HostUsers":null,"SELinuxOptions":null,"WindowsOptions":null,"RunAsUser":0,/,
  );
  const volume = part(text, "Volumes", 0) as Record<string, unknown>;
  assert.deepEqual(Object.keys(volume).slice(0, 4), ["Name", "HostPath", "EmptyDir", "GCEPersistentDisk"]);
  assert.deepEqual(volume["EmptyDir"], { Medium: "", SizeLimit: null });
  assert.equal(
    JSON.stringify(part(text, "Volumes", 1, "ConfigMap")),
    '{"Name":"c","Items":[{"Key":"k","Path":"p","Mode":null}],"DefaultMode":420,"Optional":null}',
  );
  assert.equal(
    JSON.stringify(part(text, "Containers", 0, "LivenessProbe")),
    '{"Exec":null,"HTTPGet":{"Path":"/","Port":"http","Host":"","Scheme":"","HTTPHeaders":null},"TCPSocket":null,' +
      '"GRPC":null,"InitialDelaySeconds":0,"TimeoutSeconds":0,"PeriodSeconds":10,"SuccessThreshold":0,' +
      '"FailureThreshold":0,"TerminationGracePeriodSeconds":null}',
  );
  assert.deepEqual(part(text, "Containers", 0, "Resources"), {
    Limits: null,
    Requests: { cpu: "100m", memory: "64Mi" },
    Claims: null,
  });
  assert.deepEqual(part(text, "Containers", 0, "Env", 0, "ValueFrom", "ResourceFieldRef"), {
    ContainerName: "",
    Resource: "limits.cpu",
    Divisor: "0",
  });
});

test("Selectors keep the names of texts", () => {
  const term = { topologyKey: "zone", labelSelector: { matchLabels: { app: "web" } } };
  const affinity = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
  const text = internalPodSpecText({ affinity, containers: [] }, "1.36");
  assert.match(
    text,
    /"Affinity":\{"NodeAffinity":null,"PodAffinity":null,"PodAntiAffinity":\{"RequiredDuringSchedulingIgnoredDuringExecution":\[\{"LabelSelector":\{"matchLabels":\{"app":"web"\}\},"Namespaces":null,"TopologyKey":"zone",/,
  );
});
