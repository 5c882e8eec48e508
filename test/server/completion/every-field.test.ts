/** Every field of every kind, wherever it may stand and however the text is laid out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fieldTable } from "#field-table";
import { isKnown } from "../../../server/service/completion/shape.ts";
import { openManifest } from "../../../server/service/manifest.ts";
import { parseSlice, valueAt } from "../../../server/service/parse.ts";
import type { Path } from "../../../simulator/api/problem.ts";
import { newestTarget } from "../../../simulator/api/target.ts";
import { runs } from "../../runs.ts";
import { offeredAt } from "./at-cursor.ts";

interface Target {
  readonly apiVersion: string;
  readonly kind: string;
  /** To the object that the field is one of. */
  readonly path: Path;
  readonly field: string;
}

/** Each field of each type, by a short way from a kind to it. */
const everyField: readonly Target[] = Object.entries(fieldTable.kinds).flatMap(([served, root]) => {
  const cut = served.lastIndexOf("/");
  const [apiVersion, kind] = [served.slice(0, cut), served.slice(cut + 1)];
  if (kind === "List") return [];
  const found: Target[] = [];
  const seen = new Set<string>();
  const queue: { readonly type: string; readonly path: Path }[] = [{ type: root, path: [] }];
  for (const { type, path } of queue) {
    if (seen.has(type)) continue;
    seen.add(type);
    for (const [field, given] of Object.entries(fieldTable.types[type]?.fields ?? {})) {
      if (!isKnown(given, newestTarget)) continue;
      // What is said at the root is there already.
      if (path.length > 0 || !["apiVersion", "kind"].includes(field)) found.push({ apiVersion, kind, path, field });
      let inner = given;
      const below: (string | number)[] = [...path, field];
      while ((inner.kind === "list" || inner.kind === "map") && inner.of) {
        below.push(inner.kind === "list" ? 0 : "any");
        inner = inner.of;
      }
      if (inner.kind === "object" && inner.type) queue.push({ type: inner.type, path: below });
    }
  }
  return found.filter(
    ({ path, field }) => kind === "Pod" || (field !== "ephemeralContainers" && !path.includes("ephemeralContainers")),
  );
});

interface Layout {
  readonly step: number;
  readonly listIndent: number;
  /** How much of the field is typed already, and whether other text that cannot be read follows. */
  readonly typed: number;
  readonly broken: boolean;
  readonly breaks: "\n" | "\r\n";
}

/** The text up to the field, with the cursor at its end. */
function textTo({ apiVersion, kind, path, field }: Target, { step, listIndent, typed, broken, breaks }: Layout) {
  const lines = [`apiVersion: ${apiVersion}`, `kind: ${kind}`];
  let column = 0;
  let lead = "";
  for (const part of path) {
    if (typeof part === "number") {
      lead += "- ";
      column += 2;
    } else {
      lines.push(`${lead || " ".repeat(column)}${part}:`);
      lead = "";
      const isList = typeof path[path.indexOf(part) + 1] === "number";
      column += isList ? listIndent : step;
    }
    if (lead.trim() === "-") lead = " ".repeat(column - 2) + lead.trimStart();
  }
  const head = [...lines, (lead || " ".repeat(column)) + field.slice(0, typed)].join(breaks);
  return { text: broken ? `${head}${breaks}oops: [1, { a` : head, offset: head.length };
}

function accepted(target: Target, layout: Layout): void {
  const { text, offset } = textTo(target, layout);
  const written = offeredAt(text, offset, { target: newestTarget }).accept(target.field);
  const readable = layout.broken ? written.slice(0, written.lastIndexOf("oops: [")) : written;
  const [slice] = openManifest("file:///a.yaml", "yaml", readable).slices;
  const parsed = parseSlice(slice!);
  assert.deepEqual(parsed.problems, [], written);
  const holder = valueAt(parsed.value, target.path);
  assert.ok(typeof holder === "object" && holder !== null && Object.hasOwn(holder, target.field), written);
}

const layouts: fc.Arbitrary<Layout> = fc
  .record({
    step: fc.constantFrom(2, 3, 4),
    isIndented: fc.boolean(),
    typed: fc.constantFrom(0, 1, 3),
    broken: fc.boolean(),
    breaks: fc.constantFrom<"\n" | "\r\n">("\n", "\r\n"),
  })
  .map(({ isIndented, ...rest }) => ({ ...rest, listIndent: isIndented ? rest.step : 0 }));

test("accepting a field puts it where it is meant, at every indentation and style of lists", () => {
  fc.assert(fc.property(fc.constantFrom(...everyField), layouts, accepted), { numRuns: runs(400) });
});

test("every field of every kind is offered", () => {
  const layout: Layout = { step: 2, listIndent: 2, typed: 0, broken: false, breaks: "\n" };
  const seen = new Set<string>();
  for (const target of everyField) {
    // The pods of one workload are as those of the others.
    const key = `${target.path.at(-1)} ${target.path.at(-2)} ${target.field}`;
    if (seen.has(key)) continue;
    seen.add(key);
    accepted(target, layout);
  }
});
