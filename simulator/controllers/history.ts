/**
 * ControllerRevisions: the past templates of StatefulSets and DaemonSets. Models pkg/controller/history/controller_history.go
 * and the history parts of pkg/controller/statefulset and pkg/controller/daemon/update.go.
 */

import { semanticEqual } from "../api/equality.ts";
import type { LabelMap } from "../api/objects.ts";
import { templateHash } from "../cluster/names.ts";
import { type ControllerRevision, controllerOf, type DaemonSet, type StatefulSet } from "../cluster/objects.ts";
import { controllerReference } from "../cluster/pods.ts";
import type { Store } from "../cluster/store.ts";

/** Carries the hash on a ControllerRevision; on pods the hash (DaemonSet) or the whole name (StatefulSet). */
export const revisionLabel = "controller-revision-hash";

type RevisionedSet = StatefulSet | DaemonSet;

function inOrder(a: ControllerRevision, b: ControllerRevision): number {
  return a.revision - b.revision || a.sequence - b.sequence;
}

/** The revisions that the set controls, oldest number first. */
export function revisionsOf(store: Store, set: RevisionedSet): readonly ControllerRevision[] {
  const revisions: ControllerRevision[] = [];
  for (const owned of store.owned(set.uid)) {
    if (owned.kind === "ControllerRevision" && controllerOf(owned)?.uid === set.uid) revisions.push(owned);
  }
  return revisions.sort(inOrder);
}

/** Adopts revisions without a controller that the selector matches, e.g. those of a set that was deleted with orphan. */
export function adoptRevisions(store: Store, set: RevisionedSet, matches: (labels: LabelMap) => boolean): void {
  if (set.deleted !== null) return;
  for (const revision of store.all("ControllerRevision")) {
    if (revision.namespace !== set.namespace || revision.deleted !== null || controllerOf(revision)) continue;
    if (matches(revision.labels)) {
      store.update(revision, { owners: [...revision.owners, controllerReference(set)] });
    }
  }
}

export interface History {
  /** The revision of the set's template. */
  readonly update: ControllerRevision;
  /** All revisions of the set, oldest number first, with `update` among them. */
  readonly revisions: readonly ControllerRevision[];
  /** How often a new name was taken already, over the life of the set. */
  readonly collisionCount: number;
}

/**
 * Makes the history hold the set's template: an equal revision is kept, or gets the highest number when it is not the newest (1 2
 * becomes 2 3 on the way back to the first template); without one a new revision is created with the annotations (the
 * change cause among them) that the set has at this moment.
 */
export function syncHistory(store: Store, set: RevisionedSet): History {
  const revisions = revisionsOf(store, set);
  const { template } = set.spec;
  const collisionCount = set.status.collisionCount;
  const next = (revisions.at(-1)?.revision ?? 0) + 1;
  const equal = revisions.findLast((one) => one.template === template || semanticEqual(one.template, template));
  if (equal) {
    // Another revision of the same number as the newest counts as newest too.
    if (equal !== revisions.at(-1)) store.update(equal, { revision: next });
    return { update: equal, revisions: [...revisions].sort(inOrder), collisionCount };
  }
  const created = createRevision(store, set, next, collisionCount);
  return { ...created, revisions: [...revisions, created.update].sort(inOrder) };
}

/** Creates a revision of the template; an equal one that has the name already is taken instead. */
export function createRevision(
  store: Store,
  set: RevisionedSet,
  number: number,
  collisions: number,
): Pick<History, "update" | "collisionCount"> {
  const { template } = set.spec;
  for (let collisionCount = collisions; ; collisionCount++) {
    const hash = templateHash(template, collisionCount);
    const name = `${set.name}-${hash}`;
    const taken = store.get("ControllerRevision", set.namespace, name);
    if (taken && !semanticEqual(taken.template, template)) continue;
    const update =
      taken ??
      store.create<"ControllerRevision">({
        kind: "ControllerRevision",
        namespace: set.namespace,
        name,
        labels: { ...template.metadata?.labels, [revisionLabel]: hash },
        annotations: set.annotations,
        owners: [controllerReference(set)],
        finalizers: [],
        revision: number,
        template,
      });
    return { update, collisionCount };
  }
}

/** The hash by which a revision is known on the pods of a DaemonSet. */
export function revisionHash(revision: ControllerRevision): string {
  return revision.labels[revisionLabel] ?? revision.name;
}

/**
 * Deletes the oldest `count` of the revisions that nothing needs any more; `live` says which ones are needed.
 */
export function trimHistory(
  store: Store,
  revisions: readonly ControllerRevision[],
  live: (revision: ControllerRevision) => boolean,
  count: number,
): void {
  let left = count;
  for (const revision of revisions) {
    if (left <= 0) return;
    if (live(revision)) continue;
    store.remove(revision);
    left--;
  }
}
