/** Commands of kubectl that cannot be had on a simulated cluster, each with why. */
import type { Command } from "./command.ts";
import { fail } from "./failure.ts";

const noProcess = "containers of a simulated cluster run no processes that could be reached";
const noNetwork = "a simulated cluster has no network that could be reached";

const reasons: readonly (readonly [name: string, says: string, why: string])[] = [
  ["certificate", "Approve or deny requests for certificates", "a simulated cluster signs no certificates"],
  ["attach", "Attach to a running container", noProcess],
  ["port-forward", "Forward local ports to a pod", noNetwork],
  ["proxy", "Run a proxy to the API server", "'seatrial serve' lets other tools talk to the simulated cluster"],
  ["cp", "Copy files from and to containers", noProcess],
  ["debug", "Look into a workload with a container of one's own", noProcess],
  [
    "kustomize",
    "Build a kustomization",
    "the simulated kubectl builds no kustomizations; 'seatrial check --render' has your own tool do it",
  ],
  ["kuberc", "Manage preferences", "the simulated kubectl has no preferences"],
  ["plugin", "Work with plugins", "the simulated kubectl has no plugins"],
];

/** There are none of these at present. */
export const alpha: Command = {
  name: "alpha",
  says: "Commands that are tried out",
  anyFlags: true,
  *run() {
    yield { err: "No alpha commands are available in this version of kubectl\n" };
    return 0;
  },
};

/** Each says in one line why it cannot be had. */
export const unavailable: readonly Command[] = reasons.map(([name, says, why]) => ({
  name,
  says,
  anyFlags: true,
  run: () => fail(`${name} is not available here: ${why}`),
}));
