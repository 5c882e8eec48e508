/** How a container is, and how it ended last. Models describeContainerState and describeStatus of kubectl/pkg/describe/describe.go. */
import { asObject, isTrue, type JsonObject, numberAt, objectAt, stringAt } from "../../api/json.ts";
import { dateText } from "./times.ts";
import { line, row, rowIf, switchText } from "./writer.ts";

/** State, last state, readiness and restarts of a container by its status. */
export function stateLines(status: JsonObject): string {
  const last = asObject(status["lastState"]);
  return [
    state("State", asObject(status["state"])),
    last["terminated"] ? state("Last State", last) : "",
    row("Ready", switchText(isTrue(status, "ready")), 2),
    row("Restart Count", numberAt(status, "restartCount") ?? 0, 2),
  ].join("");
}

function state(title: string, given: JsonObject): string {
  const running = objectAt(given, "running");
  if (running) return row(title, "Running", 2) + row("Started", dateText(running["startedAt"]), 3);
  const waiting = objectAt(given, "waiting");
  if (waiting) return row(title, "Waiting", 2) + rowIf("Reason", waiting["reason"], 3);
  const ended = objectAt(given, "terminated");
  return ended ? row(title, "Terminated", 2) + endLines(ended) : line(2, `${title}:\tWaiting`);
}

function endLines(ended: JsonObject): string {
  const signal = numberAt(ended, "signal") ?? 0;
  return [
    rowIf("Reason", stringAt(ended, "reason"), 3),
    rowIf("Message", stringAt(ended, "message"), 3),
    row("Exit Code", numberAt(ended, "exitCode") ?? 0, 3),
    signal > 0 ? row("Signal", signal, 3) : "",
    row("Started", dateText(ended["startedAt"]), 3),
    row("Finished", dateText(ended["finishedAt"]), 3),
  ].join("");
}
