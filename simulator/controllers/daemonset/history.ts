/** The revisions of a DaemonSet. Models constructHistory, dedupCurHistories and cleanupHistory of pkg/controller/daemon/update.go. */
import { semanticEqual } from "../../api/equality.ts";
import type { ControllerRevision, DaemonSet } from "../../cluster/objects.ts";
import type { Store } from "../../cluster/store.ts";
import { createRevision, type History, revisionHash, revisionLabel, revisionsOf, trimHistory } from "../history.ts";

const defaultHistoryLimit = 10;

/**
 * Makes the history hold the set's template under the highest number. Of several revisions of that template, adopted from other
 * sets, the one of the highest number stays, and all pods of the set get its hash.
 */
export function constructHistory(store: Store, set: DaemonSet): History {
  const { template } = set.spec;
  const current: ControllerRevision[] = [];
  const old: ControllerRevision[] = [];
  for (const one of revisionsOf(store, set)) {
    (one.template === template || semanticEqual(one.template, template) ? current : old).push(one);
  }
  const next = (old.at(-1)?.revision ?? 0) + 1;
  const kept = current.pop();
  if (!kept) {
    const created = createRevision(store, set, next, set.status.collisionCount);
    return { ...created, revisions: [...old, created.update] };
  }
  for (const duplicate of current) {
    relabelPods(store, set, revisionHash(kept));
    store.remove(duplicate);
  }
  if (kept.revision < next) store.update(kept, { revision: next });
  return { update: kept, revisions: [...old, kept], collisionCount: set.status.collisionCount };
}

function relabelPods(store: Store, set: DaemonSet, hash: string): void {
  for (const pod of [...store.pods(set.uid).pods]) {
    if (pod.labels[revisionLabel] !== hash) store.update(pod, { labels: { ...pod.labels, [revisionLabel]: hash } });
  }
}

/** Deletes the oldest revisions beyond the limit that no pod was made from. */
export function cleanupHistory(store: Store, set: DaemonSet, { revisions, update }: History): void {
  const old = revisions.filter((one) => one !== update);
  const excess = old.length - (set.spec.revisionHistoryLimit ?? defaultHistoryLimit);
  if (excess <= 0) return;
  const live = new Set<string | undefined>();
  for (const pod of store.pods(set.uid).pods) live.add(pod.labels[revisionLabel]);
  trimHistory(store, old, (one) => live.has(revisionHash(one)), excess);
}
