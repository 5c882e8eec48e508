/** delete and deletecollection. Models apiserver/pkg/registry/rest/delete.go and pkg/registry/core/pod/strategy.go. */
import type { KindRow } from "../api/kind.ts";
import { apiVersionOf } from "../api/kind.ts";
import { deleteObject, type Propagation } from "../cluster/deletion.ts";
import type { LiveObject } from "../cluster/objects.ts";
import { deletePod } from "../cluster/pods.ts";
import { admitted } from "./admission/chain.ts";
import { liveAt, liveOf } from "./find.ts";
import { isNamespace, removeNamespace } from "./namespaces.ts";
import { objectOut } from "./out/object.ts";
import { type ListOptions, testsOf } from "./read.ts";
import { conflict, deletedStatus, forbidden, notFound, type Status } from "./status.ts";
import { type Answer, type ApiList, type ApiObject, type ApiServer, done, type Place, refused } from "./types.ts";

export interface DeleteOptions {
  readonly propagation?: Propagation;
  readonly gracePeriodSeconds?: number;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  readonly dryRun?: boolean;
}

function unmet(row: KindRow, { metadata }: ApiObject, { preconditions = {} }: DeleteOptions): Status | undefined {
  const { uid, resourceVersion } = preconditions;
  const { name } = metadata;
  const mismatch = (what: string, wanted: string, is: string | undefined) =>
    conflict(row, name, `Precondition failed: ${what} in precondition: ${wanted}, ${what} in object meta: ${is}`);
  if (uid !== undefined && uid !== metadata.uid) return mismatch("UID", uid, metadata.uid);
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion) {
    return mismatch("ResourceVersion", resourceVersion, metadata.resourceVersion);
  }
  return undefined;
}

/**
 * Asks for the deletion of the object at a place. Gives the object as long as it is still there (its pod has a grace period, a
 * finalizer holds it), else a status that says what went.
 */
export function remove(server: ApiServer, place: Place, options: DeleteOptions = {}): Answer<ApiObject | Status> {
  const live = liveAt(place, server);
  if (!live) return refused(notFound(place.row, place.name));
  return removeLive(server, place, live, options);
}

/** Namespaces that nobody can delete. */
const keptForEver: ReadonlySet<string> = new Set(["default", "kube-public", "kube-system"]);

function removeLive(
  server: ApiServer,
  place: Place,
  live: LiveObject,
  options: DeleteOptions,
): Answer<ApiObject | Status> {
  const { row } = place;
  const before = objectOut(live, server);
  const status = unmet(row, before, options);
  if (status) return refused(status);
  if (isNamespace(live) && keptForEver.has(live.name)) {
    return refused(forbidden(row, live.name, "this namespace may not be deleted"));
  }
  const dryRun = options.dryRun === true;
  const steps = admitted({ ...place, verb: "delete", subresource: "", object: before, old: before, dryRun }, server);
  if (!steps.ok) return steps;
  if (!dryRun) deleteLive(server, live, options);
  if (!dryRun && server.store.has(live)) return done(objectOut(live, server));
  return done(deletedStatus(row, live.name, before.metadata.uid ?? ""));
}

function deleteLive(server: ApiServer, live: LiveObject, options: DeleteOptions): void {
  const { cluster, store } = server;
  const { propagation = "background", gracePeriodSeconds } = options;
  if (isNamespace(live)) removeNamespace(server, live);
  else if (live.kind === "Pod" && propagation === "background")
    deletePod(store, live, cluster.now(), gracePeriodSeconds);
  else deleteObject(store, live, cluster.now(), propagation);
}

/** Deletes all objects of a kind in a namespace that pass the selectors, and gives them as they were. */
export function removeAll(
  server: ApiServer,
  place: Place,
  selection: ListOptions,
  options: DeleteOptions = {},
): Answer<ApiList> {
  const tests = testsOf(place, selection);
  if (!tests.ok) return tests;
  const { row, namespace } = place;
  const items: ApiObject[] = [];
  for (const live of [...liveOf(row, server)]) {
    if (namespace !== "" && live.namespace !== namespace) continue;
    const object = objectOut(live, server);
    if (!tests.object.every((test) => test(object))) continue;
    const gone = removeLive(server, { row, namespace: live.namespace, name: live.name }, live, options);
    if (!gone.ok) return gone;
    items.push(object);
  }
  const metadata = { resourceVersion: String(server.store.version()) };
  return done({ apiVersion: apiVersionOf(row), kind: `${row.kind}List`, metadata, items });
}
