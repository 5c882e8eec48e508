/** Golden traces: the simulator played in lockstep with the recorded runs of the real controllers. */
import { difference } from "../lockstep/compare.ts";
import { play } from "../lockstep/player.ts";
import { readScenario, scenarioNames } from "../lockstep/scenario.ts";
import type { Outcome, Suite } from "../suite.ts";

function score(dir: string, id: string): Outcome {
  const { recording, trace } = readScenario(dir, id);
  try {
    const got = play(
      recording,
      trace.trace.map((entry) => entry.clock),
    );
    const detail = difference(got, trace.trace, recording.steps);
    return detail === undefined ? { id, pass: true } : { id, pass: false, detail };
  } catch (error) {
    return { id, pass: false, detail: String((error as Error).stack ?? error) };
  }
}

export const suite: Suite = {
  name: "traces",
  run: (dir) => scenarioNames(dir).map((name) => score(dir, name)),
};
