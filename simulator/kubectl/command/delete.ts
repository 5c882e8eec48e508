/** `kubectl delete`. Models kubectl/pkg/cmd/delete/delete.go. */
import { resourceName } from "../../api/kind.ts";
import type { Propagation } from "../../cluster/deletion.ts";
import type { Printed } from "../get.ts";
import type { Door } from "./door.ts";
import { ended, type Failure } from "./failure.ts";
import { operationText } from "./output.ts";
import { pick } from "./pick.ts";
import { dryRunOf, flag, isOn, type Words } from "./words.ts";

const propagations: readonly Propagation[] = ["background", "foreground", "orphan"];

/** Deletes each object that is named; names that are not there are told at the end. */
export function remove(door: Door, words: Words): Printed {
  const output = flag(words, "output") ?? "";
  const all = isOn(words, "all");
  const picked = pick(door, words.args, { everyOf: all });
  if (picked.unasked) return ended("", picked.failures);
  if (output !== "" && output !== "name") {
    return ended("", [`unexpected -o output mode: ${output}. We only support '-o name'`]);
  }
  const cascade = flag(words, "cascade") ?? "background";
  const propagation = propagations.find((one) => one === cascade) ?? "background";
  const dryRun = dryRunOf(words);
  const forced = isOn(words, "force") && Number(flag(words, "grace-period") ?? 0) === 0;
  const failures: Failure[] = isOn(words, "ignore-not-found", all) ? [] : [...picked.failures];
  let stdout = "";
  for (const { place } of picked.infos) {
    const { row, name, namespace } = place;
    const answer = dryRun === "client" ? undefined : door.remove(place, propagation, dryRun === "server");
    if (answer?.ok === false) {
      failures.push(answer.status);
      continue;
    }
    const from = row.namespaced ? ` from ${namespace} namespace` : "";
    const operation = operationText(`${forced ? "force deleted" : "deleted"}${from}`, words);
    stdout += output === "name" ? `${resourceName(row)}/${name}\n` : `${resourceName(row)} "${name}" ${operation}\n`;
  }
  return ended(picked.infos.length === 0 && failures.length === 0 ? "No resources found\n" : stdout, failures);
}
