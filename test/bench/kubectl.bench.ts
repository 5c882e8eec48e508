/** How long kubectl's commands take on a cluster of thousands of pods. */

import type { Environment } from "../../simulator/kubectl/command/command.ts";
import { runKubectl, runToEnd } from "../../simulator/kubectl/command/run.ts";
import { defaultScenario } from "../../simulator/scenario/defaults.ts";
import { createSession } from "../../simulator/session.ts";
import { doorOf } from "../../simulator/session-door.ts";
import { line } from "./side.ts";

const short = process.argv.includes("--short");
const pods = short ? 500 : 5000;

/** The best of some runs of a command line, in milliseconds. */
function best(environment: Environment, words: readonly string[]): number {
  let found = Number.POSITIVE_INFINITY;
  for (let run = 0; run < (short ? 3 : 10); run++) {
    const begin = performance.now();
    runToEnd(runKubectl(environment, words), { pass: () => false });
    found = Math.min(found, performance.now() - begin);
  }
  return found;
}

/** Command lines in process, on a session that stands still. */
export async function bench(): Promise<void> {
  const session = createSession(defaultScenario([], 1));
  if ("problems" in session) throw new Error("the session cannot begin");
  const environment: Environment = {
    door: doorOf(() => session),
    files: { read: () => undefined, list: () => undefined },
    readDocuments: () => [],
    config: {},
    variables: {},
  };
  const run = (words: string) => runToEnd(runKubectl(environment, words.split(" ")), { pass: () => false }).stdout;
  run(`create deployment web --image=nginx --replicas=${pods}`);
  session.advanceTo(session.now() + 60_000);
  const pod = run("get pods -o name").split("\n")[0]!;
  for (const words of [
    `get ${pod}`,
    "get deploy",
    "scale deploy web --replicas=1 --dry-run=server",
    `get ${pod} -o yaml`,
  ]) {
    line(`${words.replace(pod, "POD")} among ${pods} pods`, best(environment, words.split(" ")), "ms", ["at most", 20]);
  }
  for (const words of ["get pods", "get pods -l app=web -o name"]) {
    line(`${words}: all ${pods} of them`, best(environment, words.split(" ")), "ms");
  }
}
