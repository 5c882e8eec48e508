/** What the client announces to the language server. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ClientCapabilities } from "vscode-languageclient";
import { simulateFeature } from "../../client/simulate-feature.ts";

test("the client announces that it can simulate, beside what others announce", () => {
  const capabilities: ClientCapabilities = { experimental: { other: 1 } };
  simulateFeature.fillClientCapabilities(capabilities);
  assert.deepEqual(capabilities.experimental, { other: 1, seatrialSimulate: true });
  const empty: ClientCapabilities = {};
  simulateFeature.fillClientCapabilities(empty);
  assert.deepEqual(empty.experimental, { seatrialSimulate: true });
});
