import assert from "node:assert/strict";
import { test } from "node:test";
import { cursorAt } from "../../../server/yaml/cursor.ts";

/** The cursor is where the bar is. */
function at(text: string): string | null {
  const offset = text.indexOf("|");
  const found = cursorAt(text.replace("|", ""), offset);
  if (found === null) return null;
  const { path, writes, key, prefix } = found;
  return `${path.join(".")} ${writes} ${key ?? ""} <${prefix}>`;
}

const head = "apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n";

test("a cursor is in the map that its line stands in", () => {
  assert.equal(at("ki|"), " key  <ki>");
  assert.equal(at("kind: Dep|"), " value kind <Dep>");
  assert.equal(at("spec:\n  rep|\n"), "spec key  <rep>");
  assert.equal(at("spec:\n  a: 1\n  |\nstatus: {}\n"), "spec key  <>");
  assert.equal(at("spec:\n  template:\n    metadata: {}\n  rep|"), "spec key  <rep>");
  assert.equal(at("metadata:\n  labels:\n    app: we|\n"), "metadata.labels value app <we>");
});

test("a cursor in a list is in the entry that it belongs to, wherever the list stands", () => {
  assert.equal(at(`${head}        - na|`), "spec.template.spec.containers.0 key  <na>");
  assert.equal(at(`${head}        - name: a\n          im|`), "spec.template.spec.containers.0 key  <im>");
  assert.equal(
    at(`${head}        - name: a\n        - name: b\n          image: ng|`),
    "spec.template.spec.containers.1 value image <ng>",
  );
  // A list may stand no further in than its key.
  assert.equal(
    at(`${head}      - name: a\n        env:\n        - name: X\n        - val|`),
    "spec.template.spec.containers.0.env.1 key  <val>",
  );
  assert.equal(at(`${head}      - name: a\n      vol|`), "spec.template.spec key  <vol>");
});

test("text that cannot be parsed does not hide where a cursor is", () => {
  assert.equal(
    at(`a: [\nb: "\n${head}        - name: a\n          ports:\n            - cont|`),
    "spec.template.spec.containers.0.ports.0 key  <cont>",
  );
  assert.equal(at("spec:\n  # a comment|\n"), null);
});
