import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesOf } from "../../client/terminal/output.ts";
import { sharedKey } from "../../client/terminal/shared.ts";

test("a panel and its terminal play the same whatever the order of keys and steps, and however long", () => {
  const one = {
    seed: 1,
    horizon: 5,
    steps: [
      { at: 1, action: { do: "scale", name: "a" } },
      { at: 2, action: {} },
    ],
  };
  const same = {
    horizon: 9,
    steps: [
      { action: {}, at: 2 },
      { at: 1, action: { name: "a", do: "scale" } },
    ],
    seed: 1,
  };
  assert.equal(sharedKey(one), sharedKey(same));
  assert.notEqual(sharedKey(one), sharedKey({ ...one, seed: 2 }));
  assert.notEqual(sharedKey(one), sharedKey({ ...one, steps: one.steps.slice(1) }));
});

test("states in tables have the colours of the theme, words in texts have not", () => {
  assert.equal(
    bytesOf({ out: "web-1   1/1   Running            0   3s\n" }),
    "web-1   1/1   \x1b[32mRunning\x1b[39m            0   3s\r\n",
  );
  assert.equal(
    bytesOf({ out: "web-1   0/1   CrashLoopBackOff   4   9m\n" }),
    "web-1   0/1   \x1b[31mCrashLoopBackOff\x1b[39m   4   9m\r\n",
  );
  assert.equal(bytesOf({ out: "  phase: Running\n" }), "  phase: Running\r\n");
  assert.equal(bytesOf({ err: "error: no such thing\n" }), "\x1b[31merror:\x1b[39m no such thing\r\n");
});
