/** Commands that change objects in place: what is typed, and what is printed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { terminal } from "./terminal.ts";

const bare = `{apiVersion: v1, kind: Pod, metadata: {name: bare}, spec: {nodeName: worker-1, containers: [{name: c, image: "c:1"}]}}`;

const budget = `{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: web}, spec: {minAvailable: 2, selector: {matchLabels: {app: web}}}}`;
const settings = `{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {colour: blue, LEVEL: "2"}}`;

function started(): ReturnType<typeof terminal> {
  const shell = terminal({ files: { "bare.yaml": bare, "pdb.yaml": budget, "settings.yaml": settings } });
  shell.type("create deploy web --image=nginx:1.27 --replicas=2");
  shell.wait(30);
  return shell;
}

test("labels are set once, changed only with --overwrite, and taken away", () => {
  const { type } = started();
  assert.equal(type("label deploy web tier=front"), "deployment.apps/web labeled\n");
  assert.equal(type("label deploy web tier=front"), "deployment.apps/web not labeled\n");
  assert.equal(
    type("label deploy web tier=back"),
    "error: 'tier' already has a value (front), and --overwrite is false\n",
  );
  assert.equal(type("label deploy web tier=back --overwrite"), "deployment.apps/web labeled\n");
  assert.equal(type("label deploy web --list"), "app=web\ntier=back\n");
  assert.equal(type("label deploy web tier- gone-"), 'label "gone" not found.\ndeployment.apps/web unlabeled\n');
  assert.match(type("label deploy web a=-b"), /^error: invalid label value: "a=-b": a valid label must be/);
});

test("annotations of all objects of a kind are set at once", () => {
  const { type } = started();
  assert.match(type("annotate pods --all why=so"), /^(?:pod\/web-\S+ annotated\n){2}$/);
  assert.equal(
    type("annotate deploy web a=b a-"),
    "error: can not both modify and remove the following annotation(s) in the same command: a\n",
  );
});

test("a taint keeps pods away until it is taken away", () => {
  const { type } = started();
  assert.equal(
    type("taint nodes --all gpu=yes:NoSchedule"),
    "node/control-plane tainted\nnode/worker-1 tainted\nnode/worker-2 tainted\nnode/worker-3 tainted\n",
  );
  assert.equal(
    type("taint nodes worker-1 gpu=no:NoSchedule"),
    "error: node worker-1 already has gpu taint(s) with same effect(s) and --overwrite is false\n",
  );
  assert.equal(type("taint nodes worker-1 gpu-"), "node/worker-1 untainted\n");
  assert.equal(type("taint nodes worker-1 gpu-"), 'error: taint "gpu" not found\n');
  assert.equal(
    type("taint nodes worker-1 gpu=a"),
    "error: invalid taint spec: gpu=a, name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')\nSee 'kubectl taint -h' for help and examples\n",
  );
});

test("a node is cordoned and uncordoned, and says when it is so already", () => {
  const { type } = started();
  assert.equal(type("cordon worker-1 worker-2"), "node/worker-1 cordoned\nnode/worker-2 cordoned\n");
  assert.equal(type("cordon worker-1"), "node/worker-1 already cordoned\n");
  assert.equal(type("uncordon worker-1 --dry-run=client"), "node/worker-1 uncordoned (dry run)\n");
  assert.equal(type("uncordon worker-1"), "node/worker-1 uncordoned\n");
  assert.equal(type("cordon"), "error: USAGE: cordon NODE [flags]\nSee 'kubectl cordon -h' for help and examples\n");
});

test("a drain refuses pods that nothing would make again, and with --force waits until they are gone", () => {
  const { type, run } = started();
  type("create -f bare.yaml");
  const refused = run("drain worker-1");
  assert.equal(refused.exitCode, 1);
  assert.equal(
    refused.stderr,
    [
      'error: unable to drain node "worker-1" due to error: cannot delete Pods that declare no controller (use --force to override): default/bare, continuing command...',
      "There are pending nodes to be drained:",
      " worker-1",
      "cannot delete Pods that declare no controller (use --force to override): default/bare",
      "",
    ].join("\n"),
  );
  const drained = run("drain worker-1 --force");
  assert.match(drained.stdout, /^node\/worker-1 already cordoned\nevicting pod default\/bare\n/);
  assert.match(drained.stdout, /pod\/bare evicted\n/);
  assert.match(drained.stdout, /node\/worker-1 drained\n$/);
  assert.equal(drained.stderr, "Warning: deleting Pods that declare no controller: default/bare\n");
});

test("a drain that a budget holds up gives up when its time is over", () => {
  const { type, run } = started();
  type("create -f pdb.yaml");
  const [, node = ""] = /(worker-\d)/.exec(type("get pods -o wide")) ?? [];
  const { stderr, exitCode } = run(`drain ${node} --timeout=12s`);
  assert.equal(exitCode, 1);
  assert.match(stderr, /\(will retry after 5s\): Cannot evict pod as it would violate the pod's disruption budget\.\n/);
  assert.match(stderr, /global timeout reached: 12s\n$/);
});

test("images, resources, accounts and variables of a template are set, and only changes are told", () => {
  const { type } = started();
  assert.equal(type("set image deploy/web nginx=nginx:1.28"), "deployment.apps/web image updated\n");
  assert.equal(type("set image deploy/web nginx=nginx:1.28"), "");
  assert.equal(type("set image deploy/web other=x"), 'error: unable to find container named "other"\n');
  assert.equal(
    type("set resources deploy web --limits=cpu=200m,memory=0.5Gi"),
    "deployment.apps/web resource requirements updated\n",
  );
  assert.match(type("get deploy web -o yaml"), /limits:\n +cpu: 200m\n +memory: 512Mi\n/);
  assert.equal(type("set sa deploy/web default"), "deployment.apps/web serviceaccount updated\n");
  assert.equal(type("set image svc/none a=b"), 'Error from server (NotFound): services "none" not found\n');
});

test("variables come from a ConfigMap and are shown as what they stand for", () => {
  const { type, run } = started();
  type("create -f settings.yaml");
  const { stdout, stderr } = run("set env deploy/web --from=configmap/settings A=1");
  assert.equal(stdout, "deployment.apps/web env updated\n");
  assert.equal(stderr, "Warning: key colour transferred to COLOUR\n");
  assert.equal(
    type("set env deploy/web --list"),
    "# Deployment web, container nginx\nA=1\n# LEVEL from configmap settings, key LEVEL\n# COLOUR from configmap settings, key colour\n",
  );
  assert.match(type("set env deploy/web --list --resolve"), /\nLEVEL=2\nCOLOUR=blue\n$/);
  assert.equal(type("set env deploy/web A-"), "deployment.apps/web env updated\n");
});

test("a Service and an autoscaler are made for what is there", () => {
  const { type } = started();
  assert.equal(type("expose deploy web"), "error: couldn't find port via --port flag or introspection\n");
  assert.equal(type("expose deploy web --port=80 --target-port=8080"), "service/web exposed\n");
  assert.match(type("get svc web -o yaml"), /targetPort: 8080\n {2}selector:\n {4}app: web\n/);
  assert.equal(type("set selector svc web app=other"), "service/web selector updated\n");
  assert.equal(
    type("autoscale deploy web --min=2 --max=5 --cpu=80%"),
    "horizontalpodautoscaler.autoscaling/web autoscaled\n",
  );
  assert.equal(
    type("autoscale deploy web --max=1 --min=2"),
    "error: --max=MAXPODS must be larger or equal to --min=MINPODS, max: 1, min: 2\n",
  );
});

test("a wait ends when its condition holds, when its object goes, or when its time is over", () => {
  const { type, run } = started();
  assert.equal(type("wait deploy/web --for=condition=Available --timeout=0"), "deployment.apps/web condition met\n");
  type("scale deploy web --replicas=4");
  assert.equal(
    type("wait deploy/web --for=jsonpath={.status.readyReplicas}=4 --timeout=60s"),
    "deployment.apps/web condition met\n",
  );
  assert.equal(
    type("wait deploy/web --for=jsonpath={.status.readyReplicas}=9 --timeout=5s"),
    "error: timed out waiting for the condition on deployments/web\n",
  );
  assert.equal(run("wait deploy/none --for=delete").exitCode, 0);
  assert.equal(type("wait deploy/web --for=sunshine"), 'error: unrecognized condition: "sunshine"\n');
});

test("a rollback of what was applied says first that the annotation stays as it is", () => {
  const { type, run, wait } = started();
  type("annotate deploy web kubectl.kubernetes.io/last-applied-configuration={}");
  const warning =
    "Warning: resource deployments/web was previously managed with 'kubectl apply'. Rolling back will not update the kubectl.kubernetes.io/last-applied-configuration annotation, which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your previous configuration file instead.\n";
  const early = run("rollout undo deploy web");
  assert.deepEqual(
    [early.stderr, early.exitCode],
    [`${warning}error: no rollout history found for deployment "web"\n`, 1],
  );
  type("set image deploy web nginx=nginx:1.28");
  wait(30);
  const { stdout, stderr } = run("rollout undo deploy web");
  assert.deepEqual([stdout, stderr], ["deployment.apps/web rolled back\n", warning]);
});

test("objects of a file are set without asking, and shown with the structs that kubectl's own types always have", () => {
  const shell = terminal({
    files: {
      "two.yaml":
        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: c, image: x}]}}\n---\n" +
        "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: b}, spec: {serviceName: b, selector: {matchLabels: {a: b}}, " +
        "template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: x}]}}}}\n",
    },
  });
  assert.equal(
    shell.type("set image -f two.yaml *=nginx:9 --local -o yaml"),
    [
      "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n  - image: nginx:9\n    name: c",
      "    resources: {}\nstatus: {}\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: b\nspec:",
      "  selector:\n    matchLabels:\n      a: b\n  serviceName: b\n  template:\n    metadata:\n      labels:\n        a: b",
      "    spec:\n      containers:\n      - image: nginx:9\n        name: c\n        resources: {}",
      "  updateStrategy: {}\nstatus:\n  availableReplicas: 0\n  replicas: 0\n",
    ].join("\n"),
  );
});

test("wait follows any JSONPath, with filters and dots in names", () => {
  const { type } = started();
  const met = "deployment.apps/web condition met\n";
  const filter = '{.status.conditions[?(@.type=="Available")].status}';
  assert.equal(type(`wait deploy web --for=jsonpath='${filter}'=True`), met);
  assert.equal(
    type("wait deploy web --for=jsonpath='{.metadata.annotations.deployment\\.kubernetes\\.io/revision}'=1"),
    met,
  );
  assert.equal(
    type("wait deploy web --for=jsonpath='{.status.conditions[*].status}'=True"),
    "error: given jsonpath expression matches more than one value\n",
  );
});
