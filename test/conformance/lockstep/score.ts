/** One recorded scenario played and compared with its trace. */
import type { Target } from "../../../simulator/api/target.ts";
import type { Outcome } from "../suite.ts";
import { difference } from "./compare.ts";
import { play } from "./player.ts";
import { readScenario } from "./scenario.ts";

/** Whether the scenario of `DIR/traces` gives the trace in the folder, by default its own; `kubernetes`: in another version. */
export function scoreTrace(dir: string, id: string, folder = "traces", kubernetes?: Target): Outcome {
  try {
    const { recording: recorded, trace } = readScenario(dir, id, folder);
    const recording = kubernetes === undefined ? recorded : { ...recorded, kubernetes };
    const clocks = trace.trace.map((entry) => entry.clock);
    const detail = difference(play(recording, clocks), trace.trace, recording.steps);
    return detail === undefined ? { id, pass: true } : { id, pass: false, detail };
  } catch (error) {
    return { id, pass: false, detail: String((error as Error).stack ?? error) };
  }
}
