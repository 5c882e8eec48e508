import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../../server/messages/en.ts";
import { diagnose } from "../../server/service/diagnose.ts";
import { fixesAt } from "../../server/service/fixes.ts";
import { openManifest } from "../../server/service/manifest.ts";
import { documentObjects } from "../../server/service/objects.ts";
import { hover } from "../../server/service/requests/hover.ts";
import { defaultSettings } from "../../server/service/settings.ts";

const head = "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec:\n";
/** Anchors `b` to `j`, each made of nine aliases of the one before it. */
function grown(first: string, make: (aliases: string) => string): string {
  const names = [..."bcdefghij"];
  const lines = names.map((name, index) => {
    const aliases = Array(9).fill(`*${"abcdefghi"[index]}`).join(", ");
    return `  ${name}: &${name} ${make(aliases)}\n`;
  });
  return `${head}  a: &a ${first}\n${lines.join("")}`;
}

const bytes = String.fromCharCode(...Array.from({ length: 2000 }, (_, index) => (index * 7919) % 256));
const many = 100_000;

/** Texts, and what is found in them among others; null: nothing need be. */
const texts: Readonly<Record<string, readonly [text: string, code: string | null]>> = {
  "an alias bomb": [grown("[x, x, x, x, x, x, x, x, x]", (aliases) => `[${aliases}]`), "yaml-too-many-aliases"],
  "a bomb of merge keys": [grown("{ p: 1 }", (aliases) => `{ <<: [${aliases}] }`), "yaml-too-many-aliases"],
  "100,000 deep lists": [`${head}  x: ${"[".repeat(many)}`, "yaml-too-deep"],
  "100,000 deep lists that end": [`${head}  x: ${"[".repeat(many)}${"]".repeat(many)}`, "yaml-too-deep"],
  "100,000 deep maps": [`${head}  x: ${"{ a: ".repeat(many)}`, "yaml-too-deep"],
  "100,000 deep dashes": [`${head}  x:\n    ${"- ".repeat(many)}`, "yaml-too-deep"],
  "100,000 deep questions": [`${head}  x:\n    ${"? ".repeat(many)}`, "yaml-too-deep"],
  "100,000 deep JSON": [
    `{ "apiVersion": "apps/v1", "kind": "Deployment", "spec": ${'{ "a": '.repeat(many)}`,
    "yaml-too-deep",
  ],
  "1,500 deep indentation": [
    `${head}${Array.from({ length: 1500 }, (_, depth) => `${" ".repeat(2 + depth)}a:\n`).join("")}`,
    "yaml-syntax",
  ],
  "a line of 50 MB": [`${head}  x: ${"a".repeat(50_000_000)}`, "yaml-too-large"],
  "a quoted line of 50 MB": [`${head}  x: "${"a".repeat(50_000_000)}"`, "yaml-too-large"],
  "a comment of 50 MB": [`${head}  # ${"a".repeat(50_000_000)}\n`, "yaml-too-large"],
  "50 MB of lines": [`${head}${`  x: ${"a".repeat(95)}\n`.repeat(500_000)}`, "yaml-too-large"],
  binary: [`${head}  x: ${bytes}`, "yaml-unprintable"],
  "lone surrogates": [`${head}  x: \ud800 \udc00\n`, "yaml-unprintable"],
  "a cyclic anchor": [`${head}  x: &x { y: *x }\n`, "yaml-cyclic-anchor"],
  "a cyclic merge key": [`${head}  x: &x\n    <<: *x\n`, "yaml-cyclic-anchor"],
  "a template inside itself": [`${head}  template: &t { metadata: { labels: *t } }\n`, "yaml-cyclic-anchor"],
  "100,000 markers": ["---\n".repeat(many), null],
  "100,000 unknown keys": [
    `${head}${Array.from({ length: many }, (_, at) => `  k${at}: 1\n`).join("")}`,
    "unknown-field",
  ],
  "a key 20,000 times": [`${head}${"  replicas: 1\n".repeat(20_000)}`, "yaml-duplicate-key"],
  "a number of a million digits": [`${head}  replicas: ${"9".repeat(1_000_000)}\n`, "wrong-type"],
  "a key of a million letters": [`${head}  ${"a".repeat(1_000_000)}: 1\n`, "yaml-syntax"],
  "20,000 lines of a tab": [`${head}${"\t\n".repeat(20_000)}`, "yaml-syntax"],
  "20,000 escapes that YAML does not know": [`${head}  x: [${'"\\/", '.repeat(20_000)}]\n`, "yaml-syntax"],
  "20,000 tags": [`${head}  x: ${"!a ".repeat(20_000)}\n`, "yaml-syntax"],
  "100,000 stars": [`${head}  x: ${"*".repeat(many)}\n`, "yaml-syntax"],
  "a million quotes": [`${head}  x: ${"'".repeat(1_000_001)}\n`, "yaml-syntax"],
  "a million braces": [`${head}  x: "${"{{".repeat(500_000)}"\n`, null],
  "a number for everything": ["apiVersion: 1\nkind: 2\nmetadata: 3\nspec: 4\n", null],
  "prototype keys": [`${head}  __proto__: { polluted: yes }\n  constructor: 1\n  hasOwnProperty: 2\n`, "unknown-field"],
};

for (const [name, [text, code]] of Object.entries(texts)) {
  test(`${name}: bounded, told of, and the next document is still judged`, () => {
    const begin = performance.now();
    const bad = `\n---\napiVersion: apps/v1\nkind: Deploymnt\n`;
    const manifest = openManifest("file:///a.yaml", "yaml", text + bad);
    const context = { settings: defaultSettings, words: en, structureElsewhere: false, others: [], now: 0 };
    const found = diagnose(manifest, context);
    const codes = found.map((one) => one.code);
    assert.ok(codes.includes("unserved-kind"));
    if (code !== null) assert.ok(codes.includes(code), [...new Set(codes)].join());
    assert.ok(found.length < 1000 && found.every(({ message }) => message.length < 1000));
    documentObjects(manifest, found);
    const position = { line: 4, character: 4 };
    hover(manifest, position, { words: en, docs: {}, now: 0, timeZone: "UTC" });
    fixesAt(manifest, { start: position, end: position });
    // No claim of speed: what grows faster than the text does takes many minutes.
    assert.ok(performance.now() - begin < 60_000);
    assert.equal(({} as { polluted?: boolean }).polluted, undefined);
  });
}
