/** Objects brought to what files, patches and editors say. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { terminal } from "./terminal.ts";

const web = (replicas: number, image: string) =>
  `{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: ${replicas}, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: ${image}}]}}}}`;
const files = { "one.yaml": web(2, "nginx"), "two.yaml": web(3, "nginx:2"), "bad.yaml": web(-2, "nginx") };

test("an apply creates, leaves or changes an object, and says which", () => {
  const { type } = terminal({ files });
  assert.equal(type("apply -f one.yaml"), "deployment.apps/web created\n");
  assert.equal(type("apply -f one.yaml"), "deployment.apps/web unchanged\n");
  assert.equal(type("apply -f two.yaml --dry-run=server"), "deployment.apps/web configured (server dry run)\n");
  assert.equal(type("apply -f two.yaml"), "deployment.apps/web configured\n");
  assert.equal(type("get deploy web -o jsonpath={.spec.replicas}"), "3");
  assert.equal(
    type("apply -f bad.yaml"),
    'The Deployment "web" is invalid: spec.replicas: Invalid value: -2: must be greater than or equal to 0\n',
  );
  assert.match(type("apply view-last-applied deploy/web"), / {2}replicas: 3\n/);
});

test("who applies what was created otherwise is warned", () => {
  const { type } = terminal({ files });
  type("create -f one.yaml");
  assert.match(type("apply -f one.yaml"), /\nWarning: resource deployments\/web is missing the .* annotation/);
});

test("the server tells of conflicts, and of the ways out of them", () => {
  const { type } = terminal({ files });
  type("apply -f one.yaml --server-side");
  type("scale deploy web --replicas=5");
  assert.match(
    type("apply -f one.yaml --server-side"),
    /^error: Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using apps\/v1: \.spec\.replicas\nPlease review/,
  );
  assert.equal(type("apply -f one.yaml --server-side --force-conflicts"), "deployment.apps/web serverside-applied\n");
});

test("a diff shows what an apply would change, and ends with 1", () => {
  const { type, run } = terminal({ files });
  type("apply -f one.yaml");
  assert.deepEqual(run("diff -f one.yaml"), { stdout: "", stderr: "", exitCode: 0 });
  const { stdout, exitCode } = run("diff -f two.yaml");
  assert.match(stdout, /^diff -u -N \S+\/apps\.v1\.Deployment\.default\.web \S+\n---/);
  assert.match(stdout, /\n- {2}replicas: 2\n\+ {2}replicas: 3\n/);
  assert.equal(exitCode, 1);
});

test("a patch says whether it changed anything", () => {
  const { type } = terminal({ files });
  type("apply -f one.yaml");
  const patch = 'patch deploy web -p \'{"spec":{"replicas":4}}\'';
  assert.equal(type(patch), "deployment.apps/web patched\n");
  assert.equal(type(patch), "deployment.apps/web patched (no change)\n");
  assert.equal(type(`${patch} --type=odd`), 'error: --type must be one of [json merge strategic], not "odd"\n');
});

test("an editor is opened again with what is wrong until the text is right or left as it is", () => {
  const texts: string[] = [];
  const { type } = terminal({
    files,
    edit(text) {
      texts.push(text);
      return texts.length === 1
        ? text.replace("replicas: 2", "replicas: -4")
        : text.replace("replicas: -4", "replicas: 4");
    },
  });
  type("apply -f one.yaml");
  assert.match(type("edit deploy/web"), /^deployment\.apps\/web edited\n/);
  assert.match(texts[1]!, /^# deployments\.apps "web" was not valid:\n# \* spec\.replicas: Invalid value: -4/m);
  assert.equal(type("get deploy web -o jsonpath={.spec.replicas}"), "4");
  assert.match(terminal({ edit: (text) => text }).type("edit node/worker-1"), /^Edit cancelled, no changes made\.\n$/);
});

test("a deletion waits until what is deleted is gone, or as long as it may", () => {
  const { type } = terminal({ files });
  type("apply -f one.yaml");
  type("rollout status deploy/web");
  const pods = type("delete pods -l app=web").trimEnd().split("\n");
  assert.match(pods[0]!, /^pod "web-.*" deleted from default namespace$/);
  assert.equal(type("get pods --field-selector=status.phase=Failed"), "No resources found in default namespace.\n");
  assert.match(type("delete pods --all --force"), / force deleted from default namespace\nWarning: Immediate deletion/);
  type("rollout status deploy/web");
  assert.match(
    type("delete pods --all --timeout=1s"),
    /\nerror: timed out|\ntimed out waiting for the condition on pods\/web/,
  );
});

test("objects are replaced, by force when they have to be made anew", () => {
  const { type } = terminal({ files });
  assert.match(
    type("replace -f one.yaml"),
    /^Error from server \(NotFound\): error when replacing "one\.yaml": deployments/,
  );
  type("apply -f one.yaml");
  assert.equal(type("replace -f two.yaml"), "deployment.apps/web replaced\n");
  assert.equal(
    type("replace --force -f one.yaml"),
    'deployment.apps "web" deleted from default namespace\ndeployment.apps/web replaced\n',
  );
});
