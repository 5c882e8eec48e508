/** What kubectl tells of the cluster itself: kinds, fields, versions, contexts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { terminal } from "./terminal.ts";

test("the fields of a kind are explained, those below them too", () => {
  const { type, run } = terminal();
  assert.match(
    type("explain deploy.spec.replicas"),
    /^GROUP: {6}apps\nKIND: {7}Deployment\nVERSION: {4}v1\n\nFIELD: replicas <integer>\n/,
  );
  assert.match(
    type("explain deploy.spec.strategy --recursive"),
    /\n {2}rollingUpdate\t<RollingUpdateDeployment>\n {4}maxSurge\t<IntOrString>\n/,
  );
  assert.match(
    type("explain pods.spec.containers"),
    /\nFIELD: containers <\[\]Container>\n[\s\S]*\n {2}name\t<string> -required-\n/,
  );
  assert.equal(run("explain deploy.spec.colour").stderr, 'error: field "colour" does not exist\n');
  assert.equal(run("explain boat").stderr, 'the server doesn\'t have a resource type "boat"\n');
});

test("kinds are listed by group and name", () => {
  const { type } = terminal();
  assert.match(
    type("api-resources --api-group=apps"),
    /^NAME +SHORTNAMES +APIVERSION +NAMESPACED +KIND\ncontrollerrevisions +apps\/v1 +true +ControllerRevision\n/,
  );
  assert.match(type("api-resources -o name --namespaced=false"), /^namespaces\nnodes\npersistentvolumes\n/);
  assert.match(type("api-versions"), /\napps\/v1\n/);
  assert.match(type("version"), /^Client Version: v1\.36\.3\nKustomize Version: v5\.8\.1\nServer Version: v1\./);
});

test("the namespace of a context holds for the commands that follow", () => {
  const { type } = terminal();
  type("create ns other");
  assert.equal(type("config set-context here --namespace=other"), 'Context "here" created.\n');
  assert.equal(type("config use-context here"), 'Switched to context "here".\n');
  assert.equal(type("get pods"), "No resources found in other namespace.\n");
  assert.equal(type("config set-context --current --namespace=default"), 'Context "here" modified.\n');
  assert.match(type("config get-contexts"), /^CURRENT +NAME +CLUSTER +AUTHINFO +NAMESPACE\n\* +here +default\n$/);
  assert.equal(type("config use-context nowhere"), 'error: no context exists with the name: "nowhere"\n');
});
