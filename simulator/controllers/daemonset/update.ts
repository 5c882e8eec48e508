/**
 * Replaces pods of an older template. Models rollingUpdate of pkg/controller/daemon/update.go. Where the real one takes candidates
 * in random order, this takes them by the name of their node.
 */
import type { ControllerContext } from "../../cluster/controller.ts";
import type { DaemonSet, Pod } from "../../cluster/objects.ts";
import { surgeOf, unavailableOf } from "./limits.ts";
import { act } from "./manage.ts";
import type { Entry, SetState } from "./state.ts";
import { sums } from "./sums.ts";
import type { Version } from "./template.ts";

function oldOf(entry: Entry): Pod {
  return entry.state!.old!;
}

/** Whether another pod of the set is there beside the old one. */
function hasCompany(entry: Entry): boolean {
  const old = oldOf(entry);
  for (const pod of entry.pods) if (pod.deleted === null && pod !== old) return true;
  return false;
}

/** One step of the update, within the limits of the set. False when a pod could not be created or a node not be found. */
export function rollingUpdate(context: ControllerContext, set: DaemonSet, state: SetState, version: Version): boolean {
  const desired = state.totals[sums.desired]!;
  if (surgeOf(set, desired) > 0) return surge(context, set, state, version);
  replace(context, set, state, version);
  return true;
}

/** Old pods go first; the manage loop makes the new ones. */
function replace(context: ControllerContext, set: DaemonSet, state: SetState, version: Version): void {
  const { totals, steps } = state;
  // A percentage of no nodes is no surge, although the nodes were looked at for one: a pod with company is left to that.
  const lost = [...steps.lost].filter((entry) => !entry.state!.available);
  const free = [...steps.replace, ...lost].filter((entry) => !hasCompany(entry));
  const room = unavailableOf(set, totals[sums.desired]!) - totals[sums.unavailable]!;
  const taken = [...free, ...steps.candidate.first(room)].map(oldOf);
  if (taken.length > 0) act(context, set, state, version, [], taken);
}

/** New pods come first; the old one goes when the new one is available. */
function surge(context: ControllerContext, set: DaemonSet, state: SetState, version: Version): boolean {
  const { steps, totals } = state;
  if (steps.lost.size > 0) return false;
  const desired = totals[sums.desired]!;
  const creates: string[] = [];
  const deletes: Pod[] = [];
  for (const entry of steps.replace) {
    if (hasCompany(entry) || !entry.placement?.shouldRun) deletes.push(oldOf(entry));
    else creates.push(entry.name);
  }
  deletes.push(...steps.sunset.first(totals[sums.stillAvailable]! - desired).map(oldOf));
  const room = surgeOf(set, desired) - totals[sums.surging]!;
  creates.push(...steps.candidate.first(room).map((entry) => entry.name));
  return creates.length + deletes.length === 0 || act(context, set, state, version, creates, deletes);
}
