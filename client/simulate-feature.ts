/** Tells the language server that this client has the command `seatrial.simulate`, so that findings can lead to it. */
import type { StaticFeature } from "vscode-languageclient";

export const simulateFeature: StaticFeature = {
  fillClientCapabilities(capabilities) {
    const before = capabilities.experimental as Readonly<Record<string, unknown>> | undefined;
    capabilities.experimental = { ...before, seatrialSimulate: true };
  },
  initialize() {},
  getState: () => ({ kind: "static" }),
  clear() {},
};
