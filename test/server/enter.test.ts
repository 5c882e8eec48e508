// Enter and paste: a list goes on, a block is indented; a paste offers more than the text as it is, and changes nothing by itself.
import assert from "node:assert/strict";
import { test } from "node:test";
import { onTypeFormatting } from "../../server/service/requests/on-type-formatting.ts";
import { paste } from "../../server/service/requests/paste.ts";
import { applyEdits } from "../../server/service/text.ts";
import { ask, mark, opened } from "./lib/asked.ts";

const kind = "apiVersion: apps/v1\nkind: Deployment\n";

/** What stands there after Enter at the mark; the editor itself keeps the indentation of the line. */
async function entered(marked: string, before = kind): Promise<string> {
  const at = marked.indexOf(mark);
  const indent = /^ */.exec(marked.slice(marked.lastIndexOf("\n", at - 1) + 1))?.[0] ?? "";
  const asked = opened(`${before}${marked.slice(0, at)}\n${indent}${mark}${marked.slice(at + mark.length)}`);
  return applyEdits(asked.text, await ask(onTypeFormatting, asked)).slice(before.length);
}

test("a list of values goes on, and ends with an entry that stays empty", async () => {
  assert.equal(await entered("args:\n  - a¦\nb: 1\n"), "args:\n  - a\n  - \nb: 1\n");
  assert.equal(await entered("args:\n- a¦"), "args:\n- a\n- ");
  assert.equal(await entered("args:\n  - a\n  -¦"), "args:\n  - a\n\n");
});

test("an entry with fields goes on with its next field", async () => {
  assert.equal(await entered("ports:\n  - name: http¦\n"), "ports:\n  - name: http\n    \n");
  assert.equal(await entered("  - name: http\n    port: 1¦\n"), "  - name: http\n    port: 1\n    \n");
});

test("what a key opens is indented, as a list where the field is one", async () => {
  assert.equal(await entered("spec:¦\n"), "spec:\n  \n");
  assert.equal(
    await entered("spec:\n  template:\n    spec:\n      containers:¦\n"),
    "spec:\n  template:\n    spec:\n      containers:\n        - \n",
  );
  const flush = "spec:\n  template:\n    spec:\n      volumes:\n      - name: a\n      containers:¦\n";
  assert.equal(await entered(flush), flush.replace("¦", "\n      - "));
  assert.equal(await entered("metadata: # of it¦\n"), "metadata: # of it\n  \n");
});

test("in a text, between braces, behind a comment and before words nothing is touched", async () => {
  for (const [text, rest] of [
    ["data:\n  a: |\n    - x¦\n", "\n    "],
    ["args: [\n  - a¦\n", "\n  "],
    ["  # - a¦\n", "\n  "],
    ["  - a¦b\n", "\n  "],
  ] as const) {
    assert.equal(await entered(text), text.replace("¦", rest));
  }
});

async function offered(marked: string, text: string) {
  const asked = opened(marked);
  return ask(paste, asked, { uri: asked.uri, text });
}

test("a paste is offered fitted to the block, never done so unasked", async () => {
  const block = "- name: side\n          image: side:1\n";
  assert.equal((await offered("spec:\n  containers:\n    ¦", block)).fitted, "- name: side\n      image: side:1\n");
  assert.equal(
    (await offered("spec:\n  containers:\n    - ¦", "  - name: a\n    image: b\n")).fitted,
    "name: a\n      image: b\n",
  );
  assert.equal((await offered("a:\n  ¦", "b:\n  c: 1\n")).fitted, "b:\n    c: 1\n");
  assert.equal((await offered("¦", "b:\n  c: 1\n")).fitted, null);
  assert.equal((await offered("a: ¦", "one\ntwo\n")).fitted, null);
});

test("and without the fields that only the server writes", async () => {
  const exported = `apiVersion: v1
kind: Service
metadata:
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: |
      {"a":1}
  creationTimestamp: "2026-01-01T00:00:00Z"
  name: web # mine
  resourceVersion: "1"
  uid: 5
spec:
  clusterIP: 10.0.0.1
  clusterIPs:
  - 10.0.0.1
  ports:
  - port: 80
status:
  loadBalancer: {}
`;
  assert.equal(
    (await offered("¦", exported)).cleaned,
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: web # mine\nspec:\n  ports:\n  - port: 80\n",
  );
  const headless = "apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { clusterIP: None }\n";
  assert.equal((await offered("¦", headless)).cleaned, null);
  assert.equal((await offered("¦", "status: 1\nuid: {\n")).cleaned, null);
});
