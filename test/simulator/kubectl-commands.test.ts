/** kubectl command lines on a running cluster: what is typed, and what is printed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { doorOf } from "../../simulator/kubectl/command/door.ts";
import { runKubectl } from "../../simulator/kubectl/command/run.ts";
import { newCluster, newServer } from "./apiserver/help.ts";

function terminal(): (line: string) => string {
  const cluster = newCluster();
  const server = newServer(cluster);
  return (line) => {
    const { stdout, stderr } = runKubectl(doorOf(server, "default"), line.split(" ")) ?? assert.fail(line);
    cluster.rest();
    return stdout + stderr;
  };
}

test("a Deployment is created, changed, rolled back and deleted by command lines alone", () => {
  const type = terminal();
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
  const type = terminal();
  const text = type("create job once --image=busybox --dry-run=client -o yaml -- sleep 10 yes a:b *");
  assert.match(text, / {6}- command:\n {8}- sleep\n {8}- "10"\n {8}- "yes"\n {8}- a:b\n {8}- '\*'\n/);
});

test("a dry run of the server changes nothing", () => {
  const type = terminal();
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
  const type = terminal();
  assert.equal(type("delete thing x"), 'error: the server doesn\'t have a resource type "thing"\n');
  assert.equal(type("delete deploy"), "error: resource(s) were provided, but no name was specified\n");
});

test("a command line that chooses objects by labels or files is not answered rather than applied to all of them", () => {
  const door = doorOf(newServer(newCluster()), "default");
  for (const line of [
    "delete pods --all -l app=web",
    "delete -f web.yaml",
    "scale deploy --selector=app=web --replicas=0",
  ]) {
    assert.equal(runKubectl(door, line.split(" ")), undefined, line);
  }
});
