// What the server would store of a text, in the style of the text; and what changes in meaning from one version to the next.
import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../../server/messages/en.ts";
import { compared, stored } from "../../server/service/requests/stored.ts";
import { ask, opened } from "./lib/asked.ts";

async function kept(text: string): Promise<string | null> {
  const asked = opened(text);
  return (await ask(stored, asked, { uri: asked.uri })).text;
}

test("defaults stand behind what is written, and nothing else changes", async () => {
  const text = `# The queue.
apiVersion: v1
kind: Service
metadata: { name: queue } # a name

spec:
  ports:
    - port: 80
      name: 'http'
  selector:
    app: queue
`;
  const whole = await kept(text);
  assert.equal(
    whole,
    `# The queue.
apiVersion: v1
kind: Service
metadata: { name: queue } # a name

spec:
  ports:
    - port: 80
      name: 'http'
      protocol: TCP
      targetPort: 80
  selector:
    app: queue
  sessionAffinity: None
  type: ClusterIP
  internalTrafficPolicy: Cluster
`,
  );
});

test("an object that would be refused, and what is nobody's, stay as they are", async () => {
  const text = "apiVersion: v1\nkind: Service\nmetadata: { name: UP }\nspec: {}\n---\nsome: { thing:  else }\n";
  assert.equal(await kept(text), text);
});

test("amounts are spelt as the server spells them, in lists and in JSON, too", async () => {
  const claim = (amount: string) =>
    `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: a }\nspec:\n  accessModes: [ ReadWriteOnce ]\n  resources: { requests: { storage: ${amount} } }\n`;
  assert.match((await kept(claim("1024Mi"))) ?? "", /storage: 1Gi /);
  const list = `apiVersion: v1\nkind: List\nitems:\n${claim("0.5Gi")
    .replace(/^(?=.)/gm, "    ")
    .replace("    api", "  - api")}`;
  assert.match((await kept(list)) ?? "", /storage: 512Mi .*\n {6}volumeMode: Filesystem\n$/);
  const json = '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}';
  assert.equal(await kept(json), json);
});

const head = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - { name: main, image: "web:1" }
        - { name: side, image: "side:1" }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: old }
`;

async function changes(text: string) {
  const asked = opened(text, { head, words: en });
  return ask(compared, asked, { uri: asked.uri });
}

test("another order, other quotes and spelt-out defaults change nothing", async () => {
  const same = head
    .replace("  replicas: 1\n", "")
    .replace(
      '{ name: main, image: "web:1" }',
      "{ image: web:1, name: main, terminationMessagePath: /dev/termination-log }",
    );
  assert.deepEqual((await changes(same))?.differences, []);
});

test("what changes is told by object and field, with what the server says against it", async () => {
  const text = `${head
    .slice(0, head.indexOf("---"))
    .replace("web:1", "web:2")
    .replace("matchLabels: { app: web }", "matchLabels: { app: shop }")
    .replace("labels: { app: web }", "labels: { app: shop }")
    .replace(
      '        - { name: side, image: "side:1" }\n',
      "",
    )}---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: new }\n`;
  const found = await changes(text);
  assert.deepEqual(
    found?.differences.map(({ kind, name, is }) => `${is} ${kind} ${name}`),
    ["changed Deployment web", "added ConfigMap new", "removed ConfigMap old"],
  );
  const [deployment] = found?.differences ?? [];
  assert.deepEqual(
    deployment?.changes.filter(({ path }) => !path.includes("side")).map(({ path, from, to }) => [path, from, to]),
    [
      ["spec.selector.matchLabels.app", "web", "shop"],
      ["spec.template.metadata.labels.app", "web", "shop"],
      ["spec.template.spec.containers[name=main].image", "web:1", "web:2"],
    ],
  );
  assert.ok(
    deployment?.changes.some(({ path, to }) => path === "spec.template.spec.containers[name=side]" && to === undefined),
  );
  assert.match(deployment?.refused[0] ?? "", /cannot be changed on the existing Deployment/);
  assert.match(found?.before ?? "", /image: web:1[\s\S]*---\n[\s\S]*name: old/);
  assert.match(found?.after ?? "", /image: web:2[\s\S]*---\n[\s\S]*name: new/);
});

test("without a committed version there is nothing to compare with", async () => {
  const asked = opened(head);
  assert.equal(await ask(compared, asked, { uri: asked.uri }), null);
});
