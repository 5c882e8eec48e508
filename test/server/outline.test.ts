// The shape of a text: its outline, what folds, how selections grow, and the files that a kustomization names.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { openManifest } from "../../server/service/manifest.ts";
import { foldsIn } from "../../server/service/outline/folding.ts";
import { selectionAt } from "../../server/service/outline/selection.ts";
import type { DocumentSymbol } from "../../server/service/outline/symbols.ts";
import { documentLink } from "../../server/service/requests/document-link.ts";
import { documentSymbol } from "../../server/service/requests/document-symbol.ts";
import { workspaceSymbol } from "../../server/service/requests/workspace-symbol.ts";
import { lineStarts, offsetAt, positionAt } from "../../server/service/text.ts";
import { runs } from "../runs.ts";
import { ask, linesAt, mark, opened } from "./lib/asked.ts";

const text = `# The shop.
# It sells.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: { app: web }
spec:
  replicas: 3
  template:
    spec:
      containers:
      - name: main
        image: "nginx:1.27"
        args: [
          "a", # b
          c ]
        command:
          - sh
          - -c
          - |
            # no comment
            run: this
      - name: side

---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data:
  a.txt: |
    line: 1

    - line: 2
  b: >-
    folded
immutable: true
`;

function lines(symbols: readonly DocumentSymbol[], indent = ""): readonly string[] {
  return symbols.flatMap(({ name, detail, kind, range, children = [] }) => [
    `${indent}${name}${detail === "" ? "" : ` (${detail})`} ${kind} ${range.start.line + 1}-${range.end.line + 1}`,
    ...lines(children, `${indent}  `),
  ]);
}

test("the outline has the objects with their kinds, and in them their fields and entries by name", async () => {
  assert.deepEqual(lines(await ask(documentSymbol, opened(text))), [
    "web (Deployment) 5 3-24",
    "  apiVersion (apps/v1) 15 3-3",
    "  kind (Deployment) 15 4-4",
    "  metadata 19 5-7",
    "    name (web) 15 6-6",
    "    labels ({ app: web }) 19 7-7",
    "  spec 19 8-24",
    "    replicas (3) 16 9-9",
    "    template 19 10-24",
    "      spec 19 11-24",
    "        containers 18 12-24",
    "          main 19 13-23",
    "            name (main) 15 13-13",
    '            image ("nginx:1.27") 15 14-14',
    "            args ([) 18 15-17",
    "            command 18 18-23",
    "              sh (sh) 15 19-19",
    "              -c (-c) 15 20-20",
    "              2 15 21-23",
    "          side 19 24-24",
    "            name (side) 15 24-24",
    "settings (ConfigMap) 23 27-37",
    "  apiVersion (v1) 15 27-27",
    "  kind (ConfigMap) 15 28-28",
    "  metadata ({ name: settings }) 19 29-29",
    "  data 19 30-36",
    "    a.txt 15 31-34",
    "    b 15 35-36",
    "  immutable (true) 17 37-37",
  ]);
});

test("the items of a List are objects of their own, and so are those of JSON", async () => {
  const list = `apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Service
    metadata: { name: a }
  - apiVersion: v1
    kind: ConfigMap
    metadata: { name: b }
`;
  assert.deepEqual(lines(await ask(documentSymbol, opened(list))), [
    "a (Service) 11 4-6",
    "  apiVersion (v1) 15 4-4",
    "  kind (Service) 15 5-5",
    "  metadata ({ name: a }) 19 6-6",
    "b (ConfigMap) 23 7-9",
    "  apiVersion (v1) 15 7-7",
    "  kind (ConfigMap) 15 8-8",
    "  metadata ({ name: b }) 19 9-9",
  ]);
  const json = '{ "apiVersion": "v1", "kind": "Service", "metadata": { "name": "a" } }';
  assert.deepEqual(lines(await ask(documentSymbol, opened(json))), ["a (Service) 11 1-1"]);
});

test("documents, blocks, texts, lists over lines and comments fold, each once", () => {
  const folds = foldsIn(openManifest("file:///a.yaml", "yaml", text));
  assert.deepEqual(
    folds.map(({ startLine, endLine, kind = "" }) => `${startLine + 1}-${endLine + 1} ${kind}`.trim()),
    [
      "1-2 comment",
      "5-7",
      "8-24",
      "10-24",
      "11-24",
      "12-24",
      "13-23",
      "15-17",
      "18-23",
      "21-23",
      "26-37 region",
      "30-36",
      "31-34",
      "35-36",
    ],
  );
});

test("a selection grows from the word to the value, its entry, its block and so on", () => {
  const marked = text.replace("nginx:1.27", `ngi${mark}nx:1.27`);
  const at = positionAt(lineStarts(text), text.length, marked.indexOf(mark));
  const grown: string[] = [];
  const starts = lineStarts(text);
  for (let one = selectionAt(openManifest("file:///a.yaml", "yaml", text), at), depth = 0; depth < 6; depth++) {
    const { start, end } = one.range;
    grown.push(text.slice(offsetAt(text, starts, start), offsetAt(text, starts, end)));
    if (!one.parent) break;
    one = one.parent;
  }
  assert.deepEqual(grown.slice(0, 4), ["nginx", "nginx:1.27", '"nginx:1.27"', 'image: "nginx:1.27"']);
  assert.match(grown[4] ?? "", /^name: main\n[\s\S]*run: this$/);
  assert.match(grown[5] ?? "", /^- name: main\n[\s\S]*- name: side$/);
});

test("whatever is written, folds and outlines stay inside the text, and each selection holds the one before", async () => {
  const piece = fc.constantFrom(
    "a:",
    " ",
    "\n",
    "  ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    '"',
    "'",
    "|",
    "#",
    "kind: Pod",
    "---",
    "\r\n",
    "\t",
    "x",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
      const written = pieces.join("");
      const count = written.split(/\r\n|\n|\r/).length;
      const manifest = openManifest("file:///a.yaml", "yaml", written);
      for (const { startLine, endLine } of foldsIn(manifest)) assert.ok(startLine < endLine && endLine < count);
      await ask(documentSymbol, opened(written));
      for (let one = selectionAt(manifest, { line: 0, character: 1 }); one.parent; one = one.parent) {
        assert.notDeepEqual(one.range, one.parent.range);
        assert.ok(
          one.range.start.line >= one.parent.range.start.line && one.range.end.line <= one.parent.range.end.line,
        );
      }
    }),
    { numRuns: runs(200) },
  );
});

test("objects of the workspace are found by the letters of their kind and name", async () => {
  const beside = { "b.yaml": "apiVersion: v1\nkind: Service\nmetadata: { name: front, namespace: shop }\n" };
  const asked = opened(text, { beside });
  const found = async (query: string) =>
    (await ask(workspaceSymbol, asked, { query })).map(({ name, containerName, location }) => [
      name,
      containerName,
      ...linesAt([location], { ...beside, "a.yaml": text }),
    ]);
  assert.deepEqual(await found("front"), [
    ["front", "Service, shop", "b.yaml:3 metadata: { name: [front], namespace: shop }"],
  ]);
  assert.deepEqual(
    (await found("")).map(([name]) => name),
    ["web", "settings", "front"],
  );
  assert.deepEqual(
    (await found("depl web")).map(([name]) => name),
    ["web"],
  );
});

test("a kustomization leads to the files and folders that it names, where they are there", async () => {
  const kustomization = `resources:
  - deploy.yaml
  - ../base
  - https://example.com/a.yaml
  - gone.yaml
patches:
  - path: 'patch one.yaml'
configMapGenerator:
  - name: settings
    files: [key=app.conf]
`;
  const files = ["/shop/deploy.yaml", "/base/kustomization.yaml", "/shop/patch%20one.yaml", "/shop/app.conf"];
  const asked = opened("", {
    surroundings: { readFile: async (uri) => (files.includes(uri.slice("file://".length)) ? "" : null) },
  });
  const uri = "file:///shop/kustomization.yaml";
  asked.service.open({ manifest: openManifest(uri, "yaml", kustomization), version: 1 });
  const links = await ask(documentLink, { ...asked, uri });
  assert.deepEqual(
    links.map(({ range: { start, end }, target }) => [
      kustomization.split("\n")[start.line]?.slice(start.character, end.character),
      target.slice("file://".length),
    ]),
    [
      ["deploy.yaml", "/shop/deploy.yaml"],
      ["../base", "/base/kustomization.yaml"],
      ["patch one.yaml", "/shop/patch%20one.yaml"],
      ["app.conf", "/shop/app.conf"],
    ],
  );
});
