/** The table of pods. Models printPod of pkg/printers/internalversion/printers.go. */
import { asObject, isTrue, type JsonObject, listAt, numberAt, objectAt, stringAt } from "../json.ts";
import type { Printer } from "../kind.ts";
import { age, columns, isDeleted, nameOf, orNone, specOf, statusOf } from "./cells.ts";
import { humanDuration } from "./human-duration.ts";

interface Found {
  readonly reason: string;
  readonly ready: number;
  readonly restarts: number;
  /** When a container last ended; 0 when none did. */
  readonly last: number;
}

function conditionIs(pod: JsonObject, type: string): boolean {
  return listAt(statusOf(pod), "conditions")
    .map(asObject)
    .some((one) => one["type"] === type && one["status"] === "True");
}

const lastEnd = (status: JsonObject): number =>
  Date.parse(stringAt(objectAt(objectAt(status, "lastState"), "terminated"), "finishedAt")) || 0;

function endText(terminated: JsonObject): string {
  const signal = numberAt(terminated, "signal") ?? 0;
  return signal !== 0 ? `Signal:${signal}` : `ExitCode:${numberAt(terminated, "exitCode") ?? 0}`;
}

interface Init extends Found {
  readonly initializing: boolean;
  readonly sidecarRestarts: number;
  readonly sidecarLast: number;
}

/** What the init containers show: of the first that is not through, its own word. */
function initCells(pod: JsonObject, start: string): Init {
  const specs = listAt(specOf(pod), "initContainers").map(asObject);
  const sidecars = new Set(
    specs.filter((one) => one["restartPolicy"] === "Always").map((one) => stringAt(one, "name")),
  );
  const found = {
    reason: start,
    ready: 0,
    restarts: 0,
    last: 0,
    initializing: false,
    sidecarRestarts: 0,
    sidecarLast: 0,
  };
  for (const [index, entry] of listAt(statusOf(pod), "initContainerStatuses").entries()) {
    const status = asObject(entry);
    const isSidecar = sidecars.has(stringAt(status, "name"));
    const restarts = numberAt(status, "restartCount") ?? 0;
    found.restarts += restarts;
    found.last = Math.max(found.last, lastEnd(status));
    if (isSidecar) {
      found.sidecarRestarts += restarts;
      found.sidecarLast = Math.max(found.sidecarLast, lastEnd(status));
    }
    const state = objectAt(status, "state");
    const terminated = objectAt(state, "terminated");
    if (terminated && (numberAt(terminated, "exitCode") ?? 0) === 0) continue;
    if (isSidecar && isTrue(status, "started")) {
      if (isTrue(status, "ready")) found.ready++;
      continue;
    }
    const waiting = stringAt(objectAt(state, "waiting"), "reason");
    found.initializing = true;
    if (terminated) found.reason = `Init:${stringAt(terminated, "reason") || endText(terminated)}`;
    else if (waiting !== "" && waiting !== "PodInitializing") found.reason = `Init:${waiting}`;
    else found.reason = `Init:${index}/${specs.length}`;
    break;
  }
  return found;
}

/** What the containers show: the first that has a reason, as the last word. */
function containerCells(pod: JsonObject, init: Init): Found {
  let { reason, ready } = init;
  let restarts = init.sidecarRestarts;
  let last = init.sidecarLast;
  let running = false;
  for (const entry of listAt(statusOf(pod), "containerStatuses").toReversed()) {
    const status = asObject(entry);
    restarts += numberAt(status, "restartCount") ?? 0;
    last = Math.max(last, lastEnd(status));
    const state = objectAt(status, "state");
    const waiting = stringAt(objectAt(state, "waiting"), "reason");
    const terminated = objectAt(state, "terminated");
    if (waiting !== "") reason = waiting;
    else if (terminated) reason = stringAt(terminated, "reason") || endText(terminated);
    else if (isTrue(status, "ready") && objectAt(state, "running")) {
      running = true;
      ready++;
    }
  }
  if (reason === "Completed" && running) reason = conditionIs(pod, "Ready") ? "Running" : "NotReady";
  return { reason, ready, restarts, last };
}

function startingWord(pod: JsonObject): string {
  const status = statusOf(pod);
  const gated = listAt(status, "conditions")
    .map(asObject)
    .some((one) => one["type"] === "PodScheduled" && one["reason"] === "SchedulingGated");
  return stringAt(status, "reason") || (gated ? "SchedulingGated" : stringAt(status, "phase"));
}

function finalWord(pod: JsonObject, word: string): string {
  const status = statusOf(pod);
  if (!isDeleted(pod)) return word;
  if (stringAt(status, "reason") === "NodeLost") return "Unknown";
  const phase = stringAt(status, "phase");
  return phase === "Failed" || phase === "Succeeded" ? word : "Terminating";
}

/** `True/all` of the readiness gates. */
function gatesText(pod: JsonObject): string {
  const gates = listAt(specOf(pod), "readinessGates").map((one) => stringAt(asObject(one), "conditionType"));
  if (gates.length === 0) return "";
  return `${gates.filter((type) => conditionIs(pod, type)).length}/${gates.length}`;
}

export const podPrinter: Printer = {
  columns: columns("Ready", "Status", "Restarts", "Age", "IP*", "Node*", "Nominated Node*", "Readiness Gates*"),
  cells(pod, now) {
    const spec = specOf(pod);
    const init = initCells(pod, startingWord(pod));
    const found = init.initializing && !conditionIs(pod, "Initialized") ? init : containerCells(pod, init);
    const sidecars = listAt(spec, "initContainers").filter((one) => asObject(one)["restartPolicy"] === "Always");
    const total = listAt(spec, "containers").length + sidecars.length;
    const ago = found.restarts !== 0 && found.last !== 0 ? ` (${humanDuration(now - found.last)} ago)` : "";
    return [
      nameOf(pod),
      `${found.ready}/${total}`,
      finalWord(pod, found.reason),
      `${found.restarts}${ago}`,
      age(pod, now),
      orNone(stringAt(statusOf(pod), "podIP")),
      orNone(stringAt(spec, "nodeName")),
      orNone(stringAt(statusOf(pod), "nominatedNodeName")),
      orNone(gatesText(pod)),
    ];
  },
};
