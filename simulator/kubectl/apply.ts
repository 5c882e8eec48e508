/** Server-side apply and strategic merge patch. */
import type { LabelMap, ManifestObject } from "../api/objects.ts";
import { strategicMergePatch } from "../api/patch/strategic.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { isWorkloadKind, newBarePod, newNode, newWorkload } from "../cluster/initial.ts";
import type { LiveObject } from "../cluster/objects.ts";
import type { Action } from "../scenario/scenario.ts";
import { admitNew, refusedUpdate } from "./admission.ts";
import { defaultSpec } from "./defaulting.ts";
import { applyMerge } from "./merge.ts";
import { defaultNamespace, findTarget, isKind, isResult, isWorkload, resourceNames } from "./resources.ts";
import { type ActResult, actionProblem } from "./result.ts";
import { type ObjectChange, writeMetadata, writeWorkload } from "./write.ts";

type Fields = Readonly<Record<string, unknown>>;

interface Patchable {
  readonly metadata: { readonly labels: LabelMap; readonly annotations: LabelMap };
  readonly spec: Fields;
}

/** What each object was last applied with: the fields that belong to the applying manager. */
const applied = new WeakMap<LiveObject, Fields>();

/** Creates the object, or sets the given fields of the live one. */
export function apply(cluster: Cluster, manifest: ManifestObject): ActResult {
  const { kind } = manifest;
  if (!isKind(kind)) return actionProblem("unknown-kind", "object.kind", { kind });
  const { name } = manifest.metadata;
  if (name === undefined || name === "") return actionProblem("name-required", "object.metadata.name", { kind });
  const namespace = kind === "Node" ? "" : (manifest.metadata.namespace ?? defaultNamespace);
  const live = cluster.store.get(kind, namespace, name);
  const given = patchable(manifest);
  if (live) {
    const next = applyMerge(patchable(live), applied.get(live) ?? {}, given) as Patchable;
    const refused = refusedUpdate(live, patchable(live), { ...next }, "object", cluster.target);
    if (refused) return refused;
    const changed = write(cluster, live, next);
    applied.set(live, given);
    return { output: `${resourceNames[kind]}/${name} ${changed ? "configured" : "unchanged"}` };
  }
  const admitted = admitNew(manifest, cluster.target);
  if ("problem" in admitted) return admitted;
  const created = create(cluster, admitted, namespace, name);
  if (!created) return actionProblem("not-creatable", "object.kind", { kind });
  applied.set(created, given);
  return { output: `${resourceNames[kind]}/${name} created` };
}

/** The labels, annotations and spec of a manifest or a live object, and nothing else. */
function patchable(object: ManifestObject | LiveObject): Fields {
  const spec = "spec" in object ? (object.spec as Fields) : undefined;
  const { labels, annotations } = "metadata" in object ? object.metadata : object;
  return { metadata: { labels: labels ?? {}, annotations: annotations ?? {} }, spec: spec ?? {} };
}

function write(cluster: Cluster, live: LiveObject, next: Patchable): boolean {
  const change: ObjectChange = {
    labels: next.metadata.labels ?? {},
    annotations: next.metadata.annotations ?? {},
    spec: defaultSpec(live.kind, next.spec, cluster.target),
  };
  return isWorkload(live) ? writeWorkload(cluster, live, change) : writeMetadata(cluster, live, change);
}

function create(cluster: Cluster, manifest: ManifestObject, namespace: string, name: string): LiveObject | undefined {
  const { store } = cluster;
  const { kind, metadata } = manifest;
  const meta = { labels: metadata.labels ?? {}, annotations: metadata.annotations ?? {} };
  const rest = { namespace, name, ...meta, owners: [], finalizers: [] };
  if (isWorkloadKind(kind)) {
    return store.create<typeof kind>(
      newWorkload(
        kind,
        namespace,
        name,
        defaultSpec(kind, manifest.spec ?? {}, cluster.target) as never,
        meta,
      ) as never,
    );
  }
  switch (kind) {
    case "Pod":
      return store.create<"Pod">(newBarePod(manifest, namespace));
    case "Service":
      return store.create<"Service">({ kind, ...rest, spec: manifest.spec ?? {} });
    case "PersistentVolumeClaim":
      return store.create<"PersistentVolumeClaim">({ kind, ...rest, phase: "Pending", spec: manifest.spec ?? {} });
    case "Node": {
      const spec = (manifest.spec ?? {}) as { taints?: never; unschedulable?: boolean };
      return store.create<"Node">(newNode({ name, labels: meta.labels, ...spec }));
    }
    default:
      return undefined;
  }
}

/** `kubectl patch` with a strategic merge patch of labels, annotations and spec. */
export function patch(cluster: Cluster, action: Extract<Action, { do: "patch" }>): ActResult {
  const live = findTarget(cluster, action);
  if (isResult(live)) return live;
  const patched = strategicMergePatch(patchable(live) as never, action.patch as never, live.kind);
  if (!patched.ok) return actionProblem("bad-patch", "patch", { kind: live.kind, name: live.name });
  const next = patched.value as unknown as Patchable;
  const refused = refusedUpdate(live, patchable(live), { ...next }, "patch", cluster.target);
  if (refused) return refused;
  const changed = write(cluster, live, next);
  return { output: `${resourceNames[live.kind]}/${live.name} patched${changed ? "" : " (no change)"}` };
}
