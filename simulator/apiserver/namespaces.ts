/**
 * What comes and goes with a namespace. Models pkg/controller/{namespace,serviceaccount} and the publisher of the root
 * certificate: a new one is furnished at once, a deleted one goes when nothing is left in it.
 */
import type { JsonObject } from "../api/json.ts";
import { deleteObject } from "../cluster/deletion.ts";
import type { LiveObject, Stored } from "../cluster/objects.ts";
import { liveOf } from "./find.ts";
import type { ApiServer } from "./types.ts";

const resource = "namespaces";
/** The namespaces that every cluster has. */
const systemNamespaces = ["default", "kube-node-lease", "kube-public", "kube-system"];

function keep(
  server: ApiServer,
  kept: { resource: string; namespace: string; name: string; content: JsonObject },
): void {
  if (server.store.getStored(kept.resource, kept.namespace, kept.name)) return;
  server.store.create<"Stored">({
    kind: "Stored",
    labels: kept.resource === resource ? { "kubernetes.io/metadata.name": kept.name } : {},
    annotations: {},
    owners: [],
    finalizers: [],
    ...kept,
  });
}

/** Puts the default service account and the root certificate into a namespace. */
export function furnish(server: ApiServer, namespace: string): void {
  keep(server, { resource: "serviceaccounts", namespace, name: "default", content: {} });
  keep(server, { resource: "configmaps", namespace, name: "kube-root-ca.crt", content: { data: { "ca.crt": "" } } });
}

/** Makes the namespaces of every cluster, where they are not there yet; for servers that are asked what there is. */
export function furnishCluster(server: ApiServer): void {
  for (const name of systemNamespaces) {
    const content = { spec: { finalizers: ["kubernetes"] }, status: { phase: "Active" } };
    keep(server, { resource, namespace: "", name, content });
    furnish(server, name);
  }
}

/** What is in a namespace, of whatever kind. */
function* inside(server: ApiServer, namespace: string): Generator<LiveObject> {
  for (const row of server.kinds.rows) {
    if (!row.namespaced) continue;
    for (const live of liveOf(row, server)) if (live.namespace === namespace) yield live;
  }
}

/** Deletes a namespace: it is terminating until everything in it is gone. */
export function removeNamespace(server: ApiServer, namespace: Stored): void {
  const { store, cluster } = server;
  if (namespace.deleted !== null) return;
  const { name, content } = namespace;
  const status = { ...(content["status"] as JsonObject), phase: "Terminating" };
  store.update(namespace, { deleted: cluster.now(), content: { ...content, status } });
  for (const live of [...inside(server, name)]) deleteObject(store, live, cluster.now());
  const isEmpty = () => inside(server, name).next().done === true;
  if (isEmpty()) {
    store.remove(namespace);
    return;
  }
  const stop = cluster.watch((change) => {
    if (change.type !== "deleted" || change.object.namespace !== name || !isEmpty()) return;
    stop();
    store.remove(namespace);
  });
}

/** Whether an object is a namespace. */
export function isNamespace(live: LiveObject): live is Stored {
  return live.kind === "Stored" && live.resource === resource;
}

/** The namespace of that name; undefined when nobody made it. */
export function namespaceAt(server: Pick<ApiServer, "store">, name: string): Stored | undefined {
  return server.store.getStored(resource, "", name);
}
