/** The lives of pods: played on a simulated node and compared with what a real kubelet did. */
import { caseNames, readCase } from "../podlife/case.ts";
import { differences } from "../podlife/compare.ts";
import { play } from "../podlife/player.ts";
import type { Outcome, Suite } from "../suite.ts";

function score(dir: string, id: string): Outcome {
  try {
    const { recorded, timeline } = readCase(dir, id);
    const found = differences(timeline, play(recorded), recorded.until);
    return found.length === 0 ? { id, pass: true } : { id, pass: false, detail: found.join("\n  ") };
  } catch (error) {
    return { id, pass: false, detail: String((error as Error).stack ?? error) };
  }
}

export const suite: Suite = {
  name: "podlife",
  run: (dir) => caseNames(dir).map((name) => score(dir, name)),
};
