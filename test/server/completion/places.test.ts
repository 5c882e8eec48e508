/** The places at which the benchmark sets the server beside others: all of them are completed rightly. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import { places } from "../../bench/completion-places.ts";
import { offeredAt } from "./at-cursor.ts";

test("every place of the benchmark is completed as it is meant", () => {
  for (const { text, offset, label, path, value, present } of places) {
    const { labels, accept } = offeredAt(text, offset, {
      uri: text.startsWith("{") ? "file:///a.json" : "file:///a.yaml",
    });
    assert.deepEqual(
      present.filter((key) => labels.includes(key)),
      [],
      text,
    );
    const written = accept(label);
    const readable = text.includes("\nmore: [") ? written.slice(0, written.lastIndexOf("\nmore: [")) : written;
    let found: unknown = parse(readable);
    for (const step of path) found = (found as Record<string | number, unknown>)[step];
    if (value !== undefined) assert.equal(String(found), value, written);
    else assert.ok(Object.hasOwn(found as object, label), written);
  }
});
