import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FieldPath } from "../../../simulator/api/field-path.ts";
import { validateLabelSelector } from "../../../simulator/api/label-selector.ts";
import { validateObjectMeta } from "../../../simulator/api/metadata.ts";
import {
  podTemplateWarnings,
  podWarnings,
  validatePod,
  validatePodTemplate,
} from "../../../simulator/api/pod/template.ts";
import { recordedTarget } from "../../../simulator/api/target.ts";
import { runs } from "../../runs.ts";
import { checkCodes, judge } from "./judge.ts";

/** Rarely used fields, all legal: each spec has no problem. */
const legal: Readonly<Record<string, string>> = {
  "every variable source": `
volumes: [{name: files, emptyDir: {}}]
containers:
- name: app
  image: " registry.example/app@sha256:0123 "
  env:
  - {name: "with space.and-dots", value: x}
  - {name: EMPTY}
  - {name: NODE, valueFrom: {fieldRef: {apiVersion: v1, fieldPath: spec.nodeName}}}
  - {name: LABEL, valueFrom: {fieldRef: {apiVersion: v1, fieldPath: "metadata.labels['app.kubernetes.io/name']"}}}
  - {name: IPS, valueFrom: {fieldRef: {apiVersion: v1, fieldPath: status.podIPs}}}
  - {name: CPU, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: 1m}}}
  - {name: MEM, valueFrom: {resourceFieldRef: {resource: requests.memory, divisor: 1Mi}}}
  - {name: HUGE, valueFrom: {resourceFieldRef: {resource: limits.hugepages-2Mi, divisor: "1"}}}
  - {name: KEY, valueFrom: {configMapKeyRef: {name: settings, key: a.b_c-d, optional: true}}}
  - {name: FILE, valueFrom: {fileKeyRef: {volumeName: files, path: env, key: FILE}}}
  envFrom: [{prefix: P_, configMapRef: {name: settings}}, {secretRef: {name: secret}}]`,
  "many volumes": `
volumes:
- {name: a, hostPath: {path: /var/log, type: ""}}
- {name: b, secret: {secretName: tls, defaultMode: 0o400, items: [{key: tls.crt, path: dir/tls.crt, mode: 0}]}}
- {name: c, downwardAPI: {items: [{path: labels, fieldRef: {apiVersion: v1, fieldPath: metadata.labels}}, {path: cpu, resourceFieldRef: {containerName: app, resource: limits.cpu}}]}}
- {name: d, projected: {sources: [{serviceAccountToken: {path: token, expirationSeconds: 600}}, {configMap: {name: ca}}, {}]}}
- {name: e, csi: {driver: Secrets-Store.CSI.k8s.io, nodePublishSecretRef: {name: creds}}}
- {name: f, ephemeral: {volumeClaimTemplate: {metadata: {labels: {a: b}}, spec: {accessModes: [ReadWriteOnce], storageClassName: "", resources: {requests: {storage: 1Gi}}}}}}
- {name: g, image: {reference: "", pullPolicy: Always}}
- {name: h, nfs: {server: "10.0.0.1", path: /}}
- {name: i, fc: {wwids: [a]}}
- {name: j, flexVolume: {driver: a/b, options: {example.com/x: y}}}
- {name: k, iscsi: {targetPortal: "10.0.0.1:3260", iqn: "iqn.2001-04.com.example:storage", lun: 0}}
- {name: l, azureDisk: {diskName: a, diskURI: "/subscriptions/1", kind: Managed}}
- {name: m, emptyDir: {medium: HugePages-2Mi, sizeLimit: 1Gi}}
- {name: n, quobyte: {registry: "host:1,[::1]:2", volume: v}}`,
  "devices and mounts": `
volumes: [{name: raw, persistentVolumeClaim: {claimName: raw}}, {name: shared, emptyDir: {}}]
containers:
- name: app
  image: app
  securityContext: {privileged: true}
  volumeDevices: [{name: raw, devicePath: /dev/xvda}]
  volumeMounts:
  - {name: shared, mountPath: relative, mountPropagation: Bidirectional}
  - {name: shared, mountPath: "C:\\\\data", subPathExpr: $(POD_NAME)/..data}
  - {name: shared, mountPath: /ro, readOnly: true, recursiveReadOnly: Enabled, mountPropagation: None}`,
  "sidecars, hooks and restart rules": `
initContainers:
- {name: proxy, image: proxy, restartPolicy: Always, startupProbe: {successThreshold: 1, grpc: {port: 9000, service: ""}}}
- {name: wait, image: wait, restartPolicy: OnFailure, resizePolicy: [{resourceName: cpu, restartPolicy: NotRequired}]}
containers:
- name: app
  image: app
  restartPolicy: Never
  restartPolicyRules: [{action: RestartAllContainers, exitCodes: {operator: NotIn, values: [0]}}]
  lifecycle: {preStop: {sleep: {seconds: 0}}, postStart: {exec: {command: ["true"]}}}
  resizePolicy: [{resourceName: memory, restartPolicy: RestartContainer}]`,
  "resources of every kind": `
resourceClaims: [{name: gpu, resourceClaimTemplateName: gpu}]
overhead: {cpu: 50m}
resources: {requests: {cpu: 2, hugepages-2Mi: 4Mi}, limits: {cpu: 4, memory: 1Gi, hugepages-2Mi: 4Mi}}
containers:
- name: app
  image: app
  resources:
    claims: [{name: gpu, request: one}, {name: gpu, request: two}]
    requests: {cpu: "1", memory: 0.5, ephemeral-storage: 1Gi, example.com/fpga: 2, hugepages-2Mi: 4Mi, attachable.kubernetes.io/x: 1}
    limits: {cpu: 1500m, memory: 1Gi, example.com/fpga: "2", hugepages-2Mi: 4Mi}`,
  "where pods go": `
nodeSelector: {disk: ssd, empty: ""}
schedulerName: Any thing
tolerations: [{operator: Exists}, {key: a, value: b, effect: NoExecute, tolerationSeconds: -5}]
schedulingGates: [{name: example.com/hold}]
readinessGates: [{conditionType: example.com/lb}]
topologySpreadConstraints:
- {maxSkew: 1, topologyKey: any text at all, whenUnsatisfiable: DoNotSchedule, minDomains: 3, labelSelector: {matchLabels: {app: a}}, matchLabelKeys: [pod-template-hash]}
- {maxSkew: 2, topologyKey: any text at all, whenUnsatisfiable: ScheduleAnyway, nodeTaintsPolicy: Honor}
affinity:
  nodeAffinity:
    requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{}, {matchFields: [{key: metadata.name, operator: In, values: [n1]}]}, {matchExpressions: [{key: cpu, operator: Gt, values: [many]}]}]}
    preferredDuringSchedulingIgnoredDuringExecution: [{weight: 100, preference: {matchExpressions: [{key: a, operator: In, values: ["not a label"]}]}}]
  podAntiAffinity:
    preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, podAffinityTerm: {topologyKey: kubernetes.io/hostname, namespaceSelector: {}, labelSelector: {}, mismatchLabelKeys: [tenant]}}]`,
  "names, addresses and security": `
dnsPolicy: None
dnsConfig: {nameservers: ["::1"], searches: [., _tcp.example.com.], options: [{name: ndots, value: "2"}]}
hostnameOverride: a.example.com
hostAliases: [{ip: 127.0.0.1, hostnames: [a.b]}]
hostUsers: false
os: {name: linux}
terminationGracePeriodSeconds: -1
preemptionPolicy: Never
securityContext:
  fsGroup: 0
  fsGroupChangePolicy: OnRootMismatch
  seLinuxChangePolicy: Recursive
  supplementalGroupsPolicy: Strict
  seccompProfile: {type: Localhost, localhostProfile: profiles/a.json}
  appArmorProfile: {type: RuntimeDefault}
  sysctls: [{name: net/ipv4/ip_forward, value: "1"}, {name: kernel.shm_rmid_forced, value: "0"}]
containers:
- {name: app, image: app, securityContext: {procMount: Unmasked, allowPrivilegeEscalation: false, capabilities: {add: [SYS_ADMIN, nonsense], drop: [ALL]}}}`,
  "a pod that runs on a Windows host": `
os: {name: windows}
hostNetwork: true
securityContext: {windowsOptions: {hostProcess: true, runAsUserName: 'NT AUTHORITY\\SYSTEM', gmsaCredentialSpecName: spec}}
containers: [{name: app, image: app, ports: [{containerPort: 80, hostPort: 80, protocol: TCP}]}]`,
};

for (const [title, spec] of Object.entries(legal)) {
  test(`legal: ${title}`, () => assert.deepEqual(judge(spec), []));
}

const path = FieldPath.root.child("spec");

/** Keys that lead validation deep into a spec. */
const keys = [
  ..."metadata,spec,containers,initContainers,ephemeralContainers,volumes,env,valueFrom,fieldRef,resources,limits".split(
    ",",
  ),
  ..."requests,claims,ports,volumeMounts,volumeDevices,livenessProbe,httpGet,lifecycle,preStop,securityContext".split(
    ",",
  ),
  ..."windowsOptions,affinity,nodeAffinity,podAffinity,tolerations,topologySpreadConstraints,labelSelector".split(","),
  ..."matchLabels,matchExpressions,projected,sources,iscsi,secret,items,dnsConfig,hostAliases,annotations,labels".split(
    ",",
  ),
  ..."name,key,operator,values,cpu,os,ephemeral,volumeClaimTemplate,resizePolicy,ownerReferences,finalizers".split(","),
  "scheduler.alpha.kubernetes.io/tolerations",
  "preferredDuringSchedulingIgnoredDuringExecution",
];
const arbitrary = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 8 },
    fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e30, "", "a", "../x", "1Gi", "[]", "[{}]", "[1]", "{"),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...keys), tie("value"), { maxKeys: 6 }),
  ),
})).value;

test("nothing makes validation throw, and every problem has a known code", () => {
  fc.assert(
    fc.property(arbitrary, (value) => {
      checkCodes(validatePodTemplate(value, path, { kind: "StatefulSet", target: recordedTarget }));
      checkCodes(validatePodTemplate({ spec: value, metadata: value }, path, { kind: "Job", target: recordedTarget }));
      checkCodes(validatePod(value, recordedTarget));
      checkCodes(podWarnings(value));
      checkCodes(podTemplateWarnings({ spec: value, metadata: value }, path));
      checkCodes(validateLabelSelector(value, path));
      checkCodes(
        validateObjectMeta(value, path, { target: recordedTarget, namespaced: false, nameCheck: "dns-label" }),
      );
    }),
    { numRuns: runs(300) },
  );
});
