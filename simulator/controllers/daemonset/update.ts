/**
 * Replaces pods of an older template. Models rollingUpdate of pkg/controller/daemon/update.go. Where the real one takes candidates
 * in random order, this takes them by the name of their node.
 */
import type { ControllerContext } from "../../cluster/controller.ts";
import type { DaemonSet, Pod } from "../../cluster/objects.ts";
import { surgeOf, unavailableOf } from "./limits.ts";
import { act } from "./manage.ts";
import type { Entry, SetState } from "./state.ts";
import type { Version } from "./template.ts";

function firstByName(entries: ReadonlySet<Entry>, count: number): readonly Entry[] {
  if (count <= 0) return [];
  return [...entries].sort((a, b) => (a.name < b.name ? -1 : 1)).slice(0, count);
}

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
  const [desired = 0] = state.sums;
  if (surgeOf(set, desired) > 0) return surge(context, set, state, version);
  replace(context, set, state, version);
  return true;
}

/** Old pods go first; the manage loop makes the new ones. */
function replace(context: ControllerContext, set: DaemonSet, state: SetState, version: Version): void {
  const [desired = 0, , , , , , unavailable = 0] = state.sums;
  // A percentage of no nodes is no surge, although the nodes were looked at for one: a pod with company is left to that.
  const lost = [...state.steps.lost].filter((entry) => !entry.state!.available);
  const free = [...state.steps.replace, ...lost].filter((entry) => !hasCompany(entry));
  const room = unavailableOf(set, desired) - unavailable;
  const taken = [...free, ...firstByName(state.steps.candidate, room)].map(oldOf);
  if (taken.length > 0) act(context, set, state, version, [], taken);
}

/** New pods come first; the old one goes when the new one is available. */
function surge(context: ControllerContext, set: DaemonSet, state: SetState, version: Version): boolean {
  const { steps, sums } = state;
  if (steps.lost.size > 0) return false;
  const [desired = 0, , , , , , , surging = 0, available = 0] = sums;
  const creates: string[] = [];
  const deletes: Pod[] = [];
  for (const entry of steps.replace) {
    if (hasCompany(entry) || !entry.shouldRun) deletes.push(oldOf(entry));
    else creates.push(entry.name);
  }
  deletes.push(...firstByName(steps.sunset, available - desired).map(oldOf));
  creates.push(...firstByName(steps.candidate, surgeOf(set, desired) - surging).map((entry) => entry.name));
  return creates.length + deletes.length === 0 || act(context, set, state, version, creates, deletes);
}
