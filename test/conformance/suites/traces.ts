/** Golden traces: the simulator played in lockstep with the recorded runs of the real controllers. */
import { scenarioNames } from "../lockstep/scenario.ts";
import { scoreTrace } from "../lockstep/score.ts";
import type { Suite } from "../suite.ts";

export const suite: Suite = {
  name: "traces",
  run: (dir) => scenarioNames(dir).map((name) => scoreTrace(dir, name)),
};
