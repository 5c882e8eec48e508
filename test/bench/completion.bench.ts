/**
 * Completion over the protocol, beside yaml-language-server that is given the same table of fields as a schema: how many places
 * of a list each of them completes rightly, and how long an answer takes.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parse } from "yaml";
import { jsonSchema, type Place, places } from "./completion-places.ts";
import { foreignPackage } from "./foreign.ts";
import { type Completing, type CompletionItem, startCompleting } from "./language-client.ts";
import { line, percentile } from "./side.ts";

const short = process.argv.includes("--short");

/** The text once an item is accepted and nothing is filled in. */
function accepted(
  { text, offset }: Place,
  { label, insertText, textEdit, additionalTextEdits = [] }: CompletionItem,
): string {
  const lines = text.split("\n");
  const offsetOf = ({ line, character }: { line: number; character: number }) =>
    lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character;
  const span = textEdit?.range ?? textEdit?.insert;
  const word = /[\w-]*$/.exec(text.slice(0, offset))?.[0].length ?? 0;
  const [start, end] = span ? [offsetOf(span.start), offsetOf(span.end)] : [offset - word, offset];
  const own = { start, end, text: textEdit?.newText ?? insertText ?? label };
  const others = additionalTextEdits.map(({ range, newText }) => ({
    start: offsetOf(range.start),
    end: offsetOf(range.end),
    text: newText,
  }));
  return [own, ...others]
    .sort((a, b) => b.start - a.start)
    .reduce((whole, edit) => whole.slice(0, edit.start) + plain(edit.text) + whole.slice(edit.end), text);
}

function plain(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|([^,|}]*)[^}]*\}/g, "$1")
    .replace(/\$\{\d+:([^}]*)\}/g, "$1")
    .replace(/\$\{?\d+\}?/g, "");
}

/** Whether the item is there, ends up where it is meant, leaves no made up value, and nothing is offered that is there. */
function isRight(place: Place, items: readonly CompletionItem[]): boolean {
  if (place.present.some((key) => items.some(({ label, kind }) => label === key && kind === 10))) return false;
  const item = items.find(({ label, kind }) => label === place.label && kind !== 15);
  if (item === undefined || /\$\{\d+:[^}]+\}/.test(item.textEdit?.newText ?? item.insertText ?? "")) return false;
  const text = accepted(place, item);
  // What cannot be read behind the place is cut off: it was there before.
  const readable = text.includes("\nmore: [") ? text.slice(0, text.lastIndexOf("\nmore: [")) : text;
  try {
    let found: unknown = parse(readable);
    for (const step of place.path) found = (found as Record<string | number, unknown>)[step];
    if (place.value !== undefined) return String(found) === place.value;
    return typeof found === "object" && found !== null && Object.hasOwn(found, place.label);
  } catch {
    return false;
  }
}

async function score(server: Completing): Promise<readonly Place[]> {
  const wrong: Place[] = [];
  for (const [index, place] of places.entries()) {
    const uri = `file:///place-${index}.${place.text.startsWith("{") ? "json" : "yaml"}`;
    await server.open(uri, place.text);
    const before = place.text.slice(0, place.offset).split("\n");
    const items = await server.complete(uri, { line: before.length - 1, character: (before.at(-1) ?? "").length });
    if (!isRight(place, items)) wrong.push(place);
  }
  return wrong;
}

function manifestOf(documents: number): string {
  const one = (index: number) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web-${index}
spec:
  selector:
    matchLabels:
      app: web-${index}
  template:
    metadata:
      labels:
        app: web-${index}
    spec:
      containers:
        - name: web
          image: nginx:1.27
          env:
${Array.from({ length: 30 }, (_, n) => `            - name: A${n}\n              value: "x"\n`).join("")}`;
  return Array.from({ length: documents }, (_, index) => one(index)).join("---\n");
}

/** Milliseconds that answers take in a file, each after a key that is typed. */
async function delays(server: Completing, documents: number): Promise<readonly number[]> {
  const uri = `file:///delay-${documents}.yaml`;
  const text = manifestOf(documents);
  const lines = text.split("\n");
  await server.open(uri, text);
  const found: number[] = [];
  const images = lines.flatMap((one, index) => (one.includes("image:") ? [index] : []));
  for (let stroke = 0; stroke < 60; stroke++) {
    const at = images[(stroke * 7) % images.length] as number;
    const begin = { line: at, character: 10 };
    await server.change(uri, begin, stroke % 2 === 0 ? "p" : "");
    const start = performance.now();
    await server.complete(uri, { line: at, character: 10 });
    found.push(performance.now() - start);
  }
  return found;
}

export async function bench(): Promise<void> {
  const ours = fileURLToPath(new URL("../../dist/server.mjs", import.meta.url));
  const begin = performance.now();
  const server = await startCompleting([ours, "--stdio"], {});
  await server.open("file:///first.yaml", "kind: D");
  await server.complete("file:///first.yaml", { line: 0, character: 7 });
  line("server start to first completion", performance.now() - begin, "ms", ["at most", 300]);
  const wrong = await score(server);
  line("places completed rightly", places.length - wrong.length, `of ${places.length}`, ["at least", places.length]);
  for (const { text, offset, label } of wrong.slice(0, 5))
    console.log(`    ${label} in ${JSON.stringify(`${text.slice(0, offset)}|`)}`);
  line("2,000 lines: completion, p95", percentile(await delays(server, 26), 0.95), "ms", ["at most", 10]);
  if (!short) line("48,000 lines: completion, p95", percentile(await delays(server, 620), 0.95), "ms", ["at most", 20]);
  server.stop();
  const place = short ? null : foreignPackage("yaml-language-server");
  if (place === null) return;
  const folder = mkdtempSync(join(tmpdir(), "seatrial-bench-"));
  try {
    const schema = join(folder, "kubernetes.json");
    writeFileSync(schema, JSON.stringify(jsonSchema()));
    const yaml = { completion: true, schemaStore: { enable: false }, schemas: { [pathToFileURL(schema).href]: "*" } };
    const theirs = await startCompleting([`${place}/bin/yaml-language-server`, "--stdio"], { yaml });
    line("  yaml-language-server: places", places.length - (await score(theirs)).length, `of ${places.length}`);
    line("  yaml-language-server, 2,000 lines: p95", percentile(await delays(theirs, 26), 0.95), "ms");
    theirs.stop();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
