/** The real helm on a served session: releases are Secrets, and what it waits for comes to be. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { begun, type Served, served, withoutTools } from "./help.ts";

const chart = join(import.meta.dirname, "chart");

let one: Served;
before(async () => {
  one = await served(begun("", 10), 100);
});
after(() => one.close());

async function run(tool: string, line: string): Promise<string> {
  const { stdout, stderr, exitCode } = await one.run(tool, line.split(" "));
  return `${exitCode} ${stdout}${stderr}`;
}

const shop = (field: string) => run("kubectl", `get deploy shop -o jsonpath={${field}}`);

test("a chart is installed, upgraded, rolled back and taken away again", { skip: withoutTools }, async () => {
  assert.match(await run("helm", `install shop ${chart} --wait --timeout 100s`), /STATUS: deployed\nREVISION: 1/);
  assert.equal(await shop(".status.readyReplicas"), "0 2");
  assert.match(await run("helm", "list"), /shop\s+default\s+1\s.*deployed\s+shop-1\.0\.0\s+1\.27/);
  assert.match(await run("kubectl", "get secrets -o name"), /secret\/sh\.helm\.release\.v1\.shop\.v1/);

  const upgrade = `upgrade shop ${chart} --set replicas=3,image=nginx:1.28,colour=red --wait --timeout 100s`;
  assert.match(await run("helm", upgrade), /REVISION: 2/);
  assert.equal(await shop(".spec.template.spec.containers[0].image"), "0 nginx:1.28");
  assert.equal(await shop(".status.readyReplicas"), "0 3");
  assert.match(await run("kubectl", "get cm shop-settings -o jsonpath={.data.colour}"), /^0 red$/);
  assert.match(await run("kubectl", "get job shop-migrate -o jsonpath={.status.succeeded}"), /^0 1$/);

  assert.match(await run("helm", "rollback shop 1 --wait --timeout 100s"), /Rollback was a success/);
  assert.equal(await shop(".spec.template.spec.containers[0].image"), "0 nginx:1.27");
  assert.match(await run("helm", "history shop"), /1\s.*superseded[\s\S]*2\s.*superseded[\s\S]*3\s.*deployed/);
  assert.match(await run("helm", "get manifest shop"), /kind: Deployment/);

  assert.match(await run("helm", "uninstall shop --wait --timeout 100s"), /release "shop" uninstalled/);
  assert.match(await run("kubectl", "get deploy,svc,cm -l app=shop"), /No resources found/);
  assert.match(await run("helm", "list"), /^0 NAME\s+NAMESPACE.*\n$/);
});

test("what the server would refuse fails the release in its words", { skip: withoutTools }, async () => {
  assert.match(await run("helm", `install Shop ${chart}`), /^1 .*/);
  assert.match(await run("helm", `install bad ${chart} --set replicas=-1`), /spec\.replicas: Invalid value: -1/);
  assert.match(await run("helm", `template shop ${chart}`), /kind: Deployment/);
  assert.match(await run("helm", `install dry ${chart} --dry-run=server`), /MANIFEST/);
});
