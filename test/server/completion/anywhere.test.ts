/** Whatever stands in a text and wherever the cursor is: an answer, quickly. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cronText, deploymentText, statefulText } from "../../../server/rules/examples.ts";
import { runs } from "../../runs.ts";
import { offeredAt } from "./at-cursor.ts";

const pieces = fc.constantFrom(
  ...[
    "- ",
    "-",
    ": ",
    ":",
    "{",
    "}",
    "[",
    "]",
    ",",
    '"',
    "'",
    "|",
    ">",
    "#",
    "\n",
    "\r\n",
    "  ",
    "\t",
    "---\n",
    "...",
    "&a ",
    "*a",
  ],
  ...[
    "!!str ",
    "<<: ",
    "kind: Pod",
    "spec:",
    "containers:",
    "name",
    "? ",
    "%",
    "@",
    "`",
    "\u0000",
    "\ufeff",
    "가",
    "\\",
  ],
);

test("any heap of what YAML is made of is completed anywhere", () => {
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 40 }),
      fc.nat(9999),
      fc.constantFrom("yaml", "json"),
      (parts, part, end) => {
        const text = parts.join("");
        const offset = Math.floor((part / 10_000) * (text.length + 1));
        const offered = offeredAt(text, offset, { uri: `file:///a.${end}` });
        for (const { span } of offered.items) assert.ok(span[0] <= offset && span[1] >= span[0]);
      },
    ),
    { numRuns: runs(300) },
  );
});

test("at every place of a manifest accepting an item changes its line and nothing before it", () => {
  for (const text of [cronText('  schedule: "0 0 * * *"\n'), deploymentText("  replicas: 3\n"), statefulText("")]) {
    for (let offset = 0; offset <= text.length; offset += 3) {
      const offered = offeredAt(text, offset, {});
      const [first] = offered.items.filter(({ also }) => (also ?? []).length === 0);
      if (first === undefined) continue;
      const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
      assert.ok(first.span[0] >= lineStart, `${offset} of ${text}`);
    }
  }
});

test("texts that are long or deep take no longer than their length", () => {
  const long = [
    "[".repeat(50_000),
    "- ".repeat(20_000),
    `a: "${"x".repeat(200_000)}`,
    "a:\n".repeat(30_000),
    Array.from({ length: 2_000 }, (_, depth) => `${" ".repeat(depth)}a:\n`).join(""),
    `${"{a: ".repeat(20_000)}`,
  ];
  for (const text of long) assert.ok(offeredAt(text, text.length, {}).items.length >= 0);
});
