/** kubectl command lines on a running cluster: what is typed, and what is printed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { terminal } from "./terminal.ts";

test("a Deployment is created, changed, rolled back and deleted by command lines alone", () => {
  const { type } = terminal();
  assert.equal(type("create deploy web --image=nginx:1.27 --replicas=2"), "deployment.apps/web created\n");
  assert.equal(type("set image deploy/web nginx=nginx:1.28"), "deployment.apps/web image updated\n");
  assert.equal(type("annotate deploy web kubernetes.io/change-cause=newer"), "deployment.apps/web annotated\n");
  assert.equal(
    type("rollout history deploy/web"),
    "deployment.apps/web \nREVISION  CHANGE-CAUSE\n1         <none>\n2         newer\n\n",
  );
  assert.equal(type("rollout undo deploy/web"), "deployment.apps/web rolled back\n");
  assert.match(type("rollout history deploy/web --revision=3"), / {4}Image:\tnginx:1\.27\n/);
  assert.equal(type("scale deploy web --replicas=3"), "deployment.apps/web scaled\n");
  assert.equal(type("delete deploy web"), 'deployment.apps "web" deleted from default namespace\n');
  assert.equal(type("delete deploy web"), 'Error from server (NotFound): deployments.apps "web" not found\n');
});

test("text in YAML is quoted where it would be read as something else", () => {
  const { type } = terminal();
  const text = type("create job once --image=busybox --dry-run=client -o yaml -- sleep 10 yes a:b *");
  assert.match(text, / {6}- command:\n {8}- sleep\n {8}- "10"\n {8}- "yes"\n {8}- a:b\n {8}- '\*'\n/);
});

test("a dry run of the server changes nothing", () => {
  const { type } = terminal();
  assert.equal(
    type("create deployment web --image=nginx --dry-run=server"),
    "deployment.apps/web created (server dry run)\n",
  );
  assert.equal(
    type("scale deploy web --replicas=1"),
    'Error from server (NotFound): deployments.apps "web" not found\n',
  );
});

test("an unknown kind and a missing name are told before anything is asked", () => {
  const { type } = terminal();
  assert.equal(type("delete thing x"), 'error: the server doesn\'t have a resource type "thing"\n');
  assert.equal(type("delete deploy"), "error: resource(s) were provided, but no name was specified\n");
});

const pod = (name: string) =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, labels: {app: ${name}}}, spec: {containers: [{name: c, image: nginx}]}}`;

test("objects come from files, and are chosen by labels", () => {
  const { type } = terminal({
    files: { "pods/a.yaml": pod("a"), "pods/b.yaml": pod("b"), "pods/notes.txt": "no pod" },
  });
  assert.equal(type("create -f pods"), "pod/a created\npod/b created\n");
  assert.equal(type("get pods -l app=b -o name"), "pod/b\n");
  assert.equal(type("delete -f pods/a.yaml"), 'pod "a" deleted from default namespace\n');
  assert.equal(type("create -f c.yaml"), 'error: the path "c.yaml" does not exist\n');
});

test("a rollout is watched until it is done, as long as time is given", () => {
  const { type, run } = terminal();
  type("create deployment web --image=nginx");
  assert.equal(
    type("rollout status deploy/web --timeout=1ms"),
    'Waiting for deployment "web" rollout to finish: 0 of 1 updated replicas are available...\nerror: timed out waiting for the condition\n',
  );
  const { stdout, exitCode } = run("rollout status deploy/web");
  assert.equal(stdout.trimEnd().split("\n").at(-1), 'deployment "web" successfully rolled out');
  assert.equal(exitCode, 0);
});

test("what is no command, no flag or no value is told as kubectl tells it, with the commands that were meant", () => {
  const { run } = terminal();
  assert.deepEqual(run("gett pods"), {
    stdout: "",
    stderr: 'error: unknown command "gett" for "kubectl"\n\nDid you mean this?\n\tset\n\tget\n',
    exitCode: 1,
  });
  const refusals: readonly (readonly [string, string])[] = [
    ["get pods --colour", "error: unknown flag: --colour\nSee 'kubectl get --help' for usage.\n"],
    ["get pods -z", "error: unknown shorthand flag: 'z' in -z\nSee 'kubectl get --help' for usage.\n"],
    ["get -o", "error: flag needs an argument: 'o' in -o\nSee 'kubectl get --help' for usage.\n"],
    [
      "create deployment a --image=x --replicas 1.5",
      'error: invalid argument "1.5" for "-r, --replicas" flag: strconv.ParseInt: parsing "1.5": invalid syntax\nSee \'kubectl create deployment --help\' for usage.\n',
    ],
    [
      "create deployment a --image=x --dry-run=foo",
      'error: Invalid dry-run value (foo). Must be "none", "server", or "client".\n',
    ],
    ["rollout foo", "error: unknown command \"foo\"\nSee 'kubectl rollout -h' for help and examples\n"],
    [
      "cp a b",
      "error: cp is not available here: containers of a simulated cluster run no processes that could be reached\n",
    ],
  ];
  for (const [line, error] of refusals) assert.deepEqual(run(line), { stdout: "", stderr: error, exitCode: 1 }, line);
});

test("each command tells how it is used", () => {
  const { run } = terminal();
  const { stdout, exitCode } = run("scale -h");
  assert.match(stdout, /^Usage:\n {2}kubectl scale --replicas=COUNT/m);
  assert.match(stdout, /^ {4}--current-replicas=-1:$/m);
  assert.equal(exitCode, 0);
});
