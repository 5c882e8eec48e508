import { defaultNodes, defaultScenario } from "../../simulator/scenario/defaults.ts";
import { view } from "../../simulator/view.ts";
import { valueAt } from "../service/parse.ts";
import { daemonText } from "./examples.ts";
import { advice, type RunRule } from "./rule.ts";
import { traceOf } from "./run.ts";

const pod = ["spec", "template", "spec"];

/** A DaemonSet whose selectors fit no node of an ordinary cluster: often a misspelt label. */
export const daemonNowhere: RunRule = {
  looks: "run",
  codes: ["daemon-nowhere"],
  examples: {
    "daemon-nowhere": {
      bad: daemonText("nodeSelector: { kubernetes.io/os: Linux }"),
      good: daemonText("nodeSelector: { kubernetes.io/os: linux }"),
    },
  },
  check({ kind, name, object, target }) {
    if (kind !== "DaemonSet" || object === null || name === "") return [];
    const trace = traceOf(defaultScenario([object]), target);
    if (trace === null) return [];
    const [daemon] = view(trace, trace.end).DaemonSet;
    if (daemon === undefined || daemon.state.desired > 0) return [];
    const written = [
      [...pod, "nodeSelector"],
      [...pod, "affinity", "nodeAffinity"],
    ].find((at) => valueAt(object, at) !== undefined);
    return [advice("daemon-nowhere", "information", written ?? pod, { nodes: defaultNodes.length, moment: 0 })];
  },
};
