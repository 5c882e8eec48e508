import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../../server/messages/en.ts";
import { diagnose } from "../../server/service/diagnose.ts";
import { fixesAt } from "../../server/service/fixes.ts";
import { hover } from "../../server/service/hover.ts";
import { openManifest } from "../../server/service/manifest.ts";
import { documentObjects } from "../../server/service/objects.ts";
import { defaultSettings } from "../../server/service/settings.ts";

const head = "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec:\n";
const bomb = `${head}  a: &a [x, x, x, x, x, x, x, x, x]\n${[..."bcdefghij"]
  .map((name, index) => `  ${name}: &${name} [${Array(9).fill(`*${"abcdefghi"[index]}`).join(", ")}]\n`)
  .join("")}`;

const texts: Readonly<Record<string, string>> = {
  "alias bomb": bomb,
  "100,000 deep lists": `${head}  x: ${"[".repeat(100_000)}`,
  "100,000 deep dashes": `${head}  x:\n    ${"- ".repeat(100_000)}`,
  "a line of 50 MB": `${head}  x: ${"a".repeat(50_000_000)}`,
  binary: `${head}  x: ${String.fromCharCode(...Array.from({ length: 2000 }, (_, index) => (index * 7919) % 256))}`,
  "lone surrogates": `${head}  x: \ud800 \udc00\n`,
  "cyclic anchor": `${head}  x: &x { y: *x }\n`,
  "100,000 markers": "---\n".repeat(100_000),
  "a number for everything": "apiVersion: 1\nkind: 2\nmetadata: 3\nspec: 4\n",
  "prototype keys": `${head}  __proto__: { polluted: yes }\n  constructor: 1\n  hasOwnProperty: 2\n`,
};

for (const [name, text] of Object.entries(texts)) {
  test(`${name}: bounded, and the next document is still judged`, () => {
    const begin = performance.now();
    const bad = `\n---\napiVersion: apps/v1\nkind: Deploymnt\n`;
    const manifest = openManifest("file:///a.yaml", "yaml", text + bad);
    const context = { settings: defaultSettings, words: en, structureElsewhere: false, others: [], now: 0 };
    const found = diagnose(manifest, context);
    assert.ok(found.some(({ code }) => code === "unserved-kind"));
    documentObjects(manifest, found);
    const position = { line: 4, character: 4 };
    hover(manifest, position, { words: en, docs: {}, now: 0, timeZone: "UTC" });
    fixesAt(manifest, { start: position, end: position });
    assert.ok(performance.now() - begin < 10_000);
    assert.equal(({} as { polluted?: boolean }).polluted, undefined);
  });
}
