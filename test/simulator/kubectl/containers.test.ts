/** Commands that look into containers: what is typed in a running cluster, and what is printed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { terminal } from "./terminal.ts";

const manifests = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: nginx, image: "nginx:1.27", ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: nobody}
spec: {selector: {app: nobody}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {clusterIP: None, selector: {app: db}, ports: [{port: 3306}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: mysql, image: "mysql:8"}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {colour: blue}
---
apiVersion: v1
kind: Pod
metadata: {name: two}
spec:
  initContainers: [{name: prepare, image: busybox, command: [sh, -c, "echo preparing"]}]
  containers:
  - name: a
    image: busybox
    command: [sh, -c, 'echo "hello from $HOSTNAME"; sleep 3600']
    env: [{name: MODE, value: fast}]
    volumeMounts: [{name: settings, mountPath: /settings}]
  - {name: b, image: busybox}
  volumes: [{name: settings, configMap: {name: settings}}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader}
rules: [{apiGroups: [""], resources: [pods], verbs: [get, list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reader}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [{kind: ServiceAccount, name: robot, namespace: default}]
`;

function started(): ReturnType<typeof terminal> {
  const shell = terminal({ files: { "all.yaml": manifests } });
  shell.type("create -f all.yaml");
  shell.wait(40);
  return shell;
}

const asks = (what: string) => `run -it --rm probe --restart=Never --image=busybox -- ${what}`;

test("a pod of its own asks for names and pages of the cluster, and is deleted again", () => {
  const { run, type } = started();
  assert.match(
    run(asks("nslookup web")).stdout,
    /^Server:\t\t10\.96\.0\.10\nAddress:\t10\.96\.0\.10:53\n\nName:\tweb\.default\.svc\.cluster\.local\nAddress: 10\.96\.\d+\.\d+\n\npod "probe" deleted from default namespace\n$/,
  );
  assert.match(
    run(asks("nslookup db-0.db")).stdout,
    /Name:\tdb-0\.db\.default\.svc\.cluster\.local\nAddress: 10\.244\.0\.\d+\n/,
  );
  assert.match(run(asks("wget -qO- http://web")).stdout, /Welcome to nginx!/);
  assert.match(type("get pods"), /^(?!.*probe)/s);
});

test("a Service without pods refuses the connection, and a name that is none is not found", () => {
  const { run } = started();
  const refused = run(asks("wget -qO- http://nobody"));
  assert.match(refused.stderr, /^wget: can't connect to remote host \(10\.96\.\d+\.\d+\): Connection refused\n/);
  assert.equal(refused.exitCode, 1);
  assert.match(run(asks("nslookup nowhere")).stdout, /\*\* server can't find nowhere: NXDOMAIN\n/);
});

test("a container tells its name, its variables and its files, and runs small scripts", () => {
  const { type, run } = started();
  assert.equal(type("exec two -c a -- cat /etc/hostname"), "two\n");
  assert.equal(type("exec two -c a -- cat /settings/colour"), "blue");
  assert.equal(type("exec two -c a -- printenv MODE"), "fast\n");
  assert.equal(
    type(`exec two -c a -- sh -c 'for n in 1 2; do echo $n-$MODE; done | tail -1; false || echo "$?"'`),
    "2-fast\n1\n",
  );
  const before = run("exec two -c a -- date +%s").stdout;
  const after = run("exec two -c a -- sh -c 'sleep 5; date +%s'").stdout;
  assert.equal(Number(after) - Number(before), 5);
  assert.deepEqual(run("exec two -c a -- sh -c 'exit 3'"), {
    stdout: "",
    stderr: "command terminated with exit code 3\n",
    exitCode: 3,
  });
});

test("a script that never ends is cut off where its output is piped, and what cannot be run says so", () => {
  const { type, run } = started();
  assert.equal(type("exec two -c a -- sh -c 'while true; do echo x; done | head -2'"), "x\nx\n");
  assert.match(run("exec two -c a -- vi").stderr, /^vi: not simulated in busybox; what can be run: cat, /);
  assert.match(run("exec two -c a -- sh -c 'echo $(echo'").stderr, /^sh: unterminated command substitution\n/);
  assert.equal(
    type("exec two ls"),
    "error: exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' for help and examples\n",
  );
});

test("logs say what commands print, of one container or of all", () => {
  const { type, run } = started();
  assert.deepEqual(run("logs two"), {
    stdout: "hello from two\n",
    stderr: 'Defaulted container "a" out of: a, b, prepare (init)\n',
    exitCode: 0,
  });
  assert.match(
    type("logs two --all-containers --prefix"),
    /^\[pod\/two\/prepare\] preparing\n\[pod\/two\/a\] hello from two\n/,
  );
  assert.equal(type("logs two -c a --since=1s"), "");
  assert.equal(
    type("logs none"),
    'error: error from server (NotFound): pods "none" not found in namespace "default"\n',
  );
  assert.match(type("logs deploy/web"), /^nginx started\n$/);
});

test("what somebody may do is told by roles and bindings", () => {
  const { run, type } = started();
  assert.equal(type("auth can-i delete deployments"), "yes\n");
  const robot = "--as=system:serviceaccount:default:robot";
  assert.equal(run(`auth can-i list pods ${robot}`).stdout, "yes\n");
  assert.deepEqual(run(`auth can-i delete pods ${robot}`), { stdout: "no\n", stderr: "", exitCode: 1 });
});

test("without a load nothing is measured; with one, top tells of it", () => {
  const { server, type } = started();
  assert.equal(type("top pods"), "error: metrics not available yet\n");
  server.cluster.metrics.add({ selects: (pod) => pod.name.startsWith("web"), usage: { cpu: "250m", memory: "64Mi" } });
  assert.match(type("top pods"), /^NAME +CPU\(cores\) +MEMORY\(bytes\) +\nweb-\S+ +250m +64Mi +\n$/);
  assert.match(
    type("top nodes"),
    /^NAME +CPU\(cores\) +CPU\(%\) +MEMORY\(bytes\) +MEMORY\(%\) +\nworker-\d +250m +\d+% +64Mi +\d+% +\n/,
  );
});

test("what is run can be looked at before it is made", () => {
  const { type } = started();
  assert.equal(
    type("run job --image=busybox --restart=Never --env=A=1 --dry-run=client -o yaml -- sleep 1"),
    `apiVersion: v1
kind: Pod
metadata:
  labels:
    run: job
  name: job
spec:
  containers:
  - args:
    - sleep
    - "1"
    env:
    - name: A
      value: "1"
    image: busybox
    name: job
    resources: {}
  dnsPolicy: ClusterFirst
  restartPolicy: Never
status: {}
`,
  );
  assert.equal(type("run x --image=Bad/Image"), 'error: Invalid image name "Bad/Image": invalid reference format\n');
  assert.equal(
    type("run x --image=nginx --rm"),
    "error: --rm should only be used for attached containers\nSee 'kubectl run -h' for help and examples\n",
  );
});
