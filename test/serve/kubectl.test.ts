/** The real kubectl on a served session. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { begun, type Served, served, withoutTools } from "./help.ts";

const skip = withoutTools;
const web = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: nginx, image: "nginx:1.27", ports: [{containerPort: 80}]}]}
`;

let one: Served;
before(async () => {
  // A hundred times as fast as the wall: what waits for a rollout waits a moment.
  one = await served(begun(web, 60), 100);
});
after(() => one.close());

async function kubectl(line: string, input = "", env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { stdout, stderr, exitCode } = await one.run("kubectl", line.split(" "), input, env);
  return `${exitCode} ${stdout}${stderr}`;
}

/** Plays lines one after the other and checks what each prints. */
async function plays(lines: readonly (readonly [line: string, expected: RegExp])[]): Promise<void> {
  for (const [line, expected] of lines) assert.match(await kubectl(line), expected, line);
}

test("what is there is shown in every format", { skip }, () =>
  plays([
    ["get nodes", /^0 NAME +STATUS +ROLES +AGE +VERSION\ncontrol-plane +Ready/],
    ["get pods", /^0 NAME +READY +STATUS +RESTARTS +AGE\n(web-\S+ +1\/1 +Running +0 +\S+\n){3}$/],
    ["get deploy web -o wide", /nginx +nginx:1\.27 +app=web\n$/],
    ["get deploy web -o jsonpath={.status.readyReplicas}", /^0 3$/],
    ["get deploy web -o yaml", /\n {2}readyReplicas: 3\n/],
    ["get pods -l app=web -o name", /^0 (pod\/web-\S+\n){3}$/],
    ["get pods --field-selector=status.phase=Pending", /^0 No resources found in default namespace\.\n$/],
    ["get rs,deploy --no-headers", /^0 replicaset\.apps\/web-\S+ +3 .*\ndeployment\.apps\/web /],
    ["get rs,deploy --sort-by=.spec.replicas -o name", /^0 (deployment|replicaset)/],
    ["get pods --sort-by=.status.startTime --no-headers", /^0 (web-\S+ .*\n){3}$/],
    ["get pods --chunk-size=2", /^0 NAME.*\n(web-.*\n){3}$/],
    ["describe deploy web", /Replicas: +3 desired \| 3 updated \| 3 total \| 3 available \| 0 unavailable/],
    ["get nothing", /^1 error: the server doesn't have a resource type "nothing"\n$/],
    ["get deploy nobody", /^1 Error from server \(NotFound\): deployments\.apps "nobody" not found\n$/],
    ["events", /ScalingReplicaSet/],
    ["api-resources --api-group=apps", /^0 NAME +SHORTNAMES +APIVERSION +NAMESPACED +KIND\ncontrollerrevisions/],
    ["explain deploy.spec.replicas", /FIELD: replicas <integer>/],
    ["version", /Server Version: v1\.3\d\.0/],
    ["auth can-i delete pods", /^0 yes\n$/],
    ["auth whoami", /Username +seatrial/],
    ["get --raw /readyz", /^0 ok$/],
  ]),
);

test("what kubectl makes from types of its own comes in protocol buffers and is understood", { skip }, () =>
  plays([
    [
      "create deployment foo --image=busybox:1.36 --replicas=2 --port=80 -- sleep 3",
      /^0 deployment\.apps\/foo created/,
    ],
    [
      "get deploy foo -o jsonpath={.spec.template.spec.containers[0]['command','ports']}",
      /^0 \["sleep","3"\] \[\{"containerPort":80/,
    ],
    ["create secret generic key --from-literal=a=b", /created/],
    ["get secret key -o jsonpath={.data.a}", /^0 Yg==$/],
    ["create job once --image=busybox -- date", /created/],
    ["create cronjob often --image=busybox --schedule=@hourly -- date", /created/],
    ["create service nodeport np --tcp=80:8080", /created/],
    ["get svc np -o jsonpath={.spec.ports[0].targetPort}", /^0 8080$/],
    ["create quota room --hard=pods=30,requests.cpu=20", /created/],
    ["create pdb p --selector=app=foo --min-available=50%", /created/],
    ["get pdb p -o jsonpath={.spec.minAvailable}", /^0 50%$/],
    ["create ingress i --rule=a.example/x=web:80", /created/],
    ["delete quota/room pdb/p", /^0 resourcequota "room" deleted.*\npoddisruptionbudget/],
  ]),
);

test("changes go through every kind of patch", { skip }, async () => {
  await plays([
    ["set image deploy/web nginx=nginx:1.28", /image updated/],
    ["rollout status deploy/web --timeout=50s", /successfully rolled out\n$/],
    ["rollout history deploy/web", /REVISION +CHANGE-CAUSE\n1 .*\n2 /],
    ["rollout undo deploy/web", /rolled back/],
    ["scale deploy/web --replicas=4", /scaled/],
    ["wait deploy/web --for=jsonpath={.status.readyReplicas}=4 --timeout=50s", /condition met/],
    ["label deploy web tier=front", /labeled/],
    ["annotate deploy web note=hello", /annotated/],
    ['patch deploy web --type=json -p=[{"op":"replace","path":"/spec/replicas","value":2}]', /patched/],
    ['patch deploy web --type=merge -p={"spec":{"paused":true}}', /patched/],
    ["rollout resume deploy/web", /resumed/],
    ["autoscale deploy web --min=2 --max=5 --cpu=80%", /autoscaled/],
    ["expose deploy web --port=80", /exposed/],
    ["taint node worker-3 a=b:NoSchedule", /tainted/],
    ["taint node worker-3 a-", /untainted/],
  ]);
  assert.match(await kubectl("edit deploy web", "", { KUBE_EDITOR: "sed -i s/tier:.front/tier:\\ back/" }), /edited/);
});

test("apply keeps, changes and takes away, on either side", { skip }, async () => {
  writeFileSync(join(one.folder, "web.yaml"), web.replace("replicas: 3", "replicas: 2"));
  await plays([
    ["apply -f web.yaml", /configured/],
    ["apply -f web.yaml", /unchanged/],
    ["diff -f web.yaml", /^0 $/],
    ["apply -f web.yaml --server-side", /serverside-applied/],
    ["apply -f web.yaml --server-side --field-manager=another", /serverside-applied/],
    ["get deploy web -o jsonpath={.metadata.managedFields[*].manager} --show-managed-fields", /another/],
    ["apply -f web.yaml --dry-run=server", /\(server dry run\)/],
    ["replace -f web.yaml", /replaced/],
  ]);
  writeFileSync(join(one.folder, "odd.yaml"), web.replace("replicas: 3", "replicsa: 3"));
  assert.match(await kubectl("apply -f odd.yaml"), /unknown field "spec\.replicsa"/);
  assert.match(await kubectl("apply -f odd.yaml --validate=warn"), /Warning: unknown field "spec\.replicsa"/);
});

test("a list of objects, and a kind that nobody serves, are looked at by the description of version 2", {
  skip,
}, async () => {
  const map = (name: string) => `- {apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}}}\n`;
  writeFileSync(join(one.folder, "list.yaml"), `apiVersion: v1\nkind: List\nitems:\n${map("one")}${map("two")}`);
  writeFileSync(join(one.folder, "boat.yaml"), "apiVersion: example.com/v1\nkind: Boat\nmetadata: {name: anna}\n");
  await plays([
    ["create -f list.yaml", /^0 configmap\/one created\nconfigmap\/two created\n$/],
    ["create -f boat.yaml", /^1 error: resource mapping not found for name: "anna"/],
  ]);
});

test("nodes are drained by evictions, and watches and logs go on", { skip }, async () => {
  await plays([
    ["drain worker-1 --ignore-daemonsets --force --timeout=50s", /node\/worker-1 drained/],
    ["uncordon worker-1", /uncordoned/],
    ["logs deploy/web", /^0 nginx started\nFound 2 pods, using pod\/web-/],
    ["delete deploy foo --wait", /deleted/],
    ["wait deploy/foo --for=delete --timeout=20s", /^0 $|not found/],
  ]);
  const watching = one.run("kubectl", ["get", "cm", "-w", "--request-timeout=3s", "-o", "name"]);
  await kubectl("create cm later --from-literal=a=b");
  assert.match((await watching).stdout, /configmap\/later\n/);
});
