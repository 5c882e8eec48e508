/** API objects as live ones: what is created of them, and what a changed one changes. */

import { semanticEqual } from "../../api/equality.ts";
import { asObject, type JsonObject, listAt, numberAt, without } from "../../api/json.ts";
import type { KindRow } from "../../api/kind.ts";
import { resourcePlural } from "../../api/kind.ts";
import type { Json, PodSpec, PodTemplateSpec, Taint } from "../../api/objects.ts";
import { cordonTaint, initialStatus, isWorkloadKind, newNode } from "../../cluster/initial.ts";
import type { Kept, Kind, LiveObject, Node, Pod } from "../../cluster/objects.ts";
import { podFromTemplate } from "../../cluster/pods.ts";
import type { Creation } from "../../cluster/store.ts";
import type { ApiObject } from "../types.ts";
import { keptIn, type LiveMetadata, labelsIn, metadataIn, ownersIn } from "./metadata.ts";
import { podStatusIn, workloadStatusIn } from "./status.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What is stored of a new object; its status is the empty one of its kind. */
export function creationOf(row: KindRow, object: ApiObject, namespace: string): Creation<Kind> {
  const meta = metadataIn(object.metadata, namespace);
  const spec = asObject(object["spec"]);
  const made = (rest: Fields) => ({ ...meta, ...rest }) as unknown as Creation<Kind>;
  if (row.is !== "simulated") {
    const content = { ...contentOf(object), ...(row.emptyStatus ? { status: row.emptyStatus } : {}) };
    return made({ kind: "Stored", resource: resourcePlural(row), content });
  }
  if (isWorkloadKind(row.kind)) return made({ kind: row.kind, spec, status: initialStatus[row.kind] });
  switch (row.kind) {
    case "Pod":
      return made({
        ...podFromTemplate(namespace, meta.name, { metadata: meta, spec: spec as unknown as PodSpec }, null),
        owners: meta.owners,
        finalizers: meta.finalizers,
      });
    case "PersistentVolumeClaim":
      return made({ kind: row.kind, phase: "Pending", spec });
    case "Node":
      return made(nodeOf(object, meta));
    case "ControllerRevision":
      return made({ kind: row.kind, ...revisionIn(object) });
    default:
      return made({ kind: row.kind, spec });
  }
}

function contentOf(object: ApiObject): JsonObject {
  return without(object, ["apiVersion", "kind", "metadata"]);
}

/** What is wanted of a node; its kubelet and the node controller add what they always do. */
function nodeOf(object: ApiObject, { name, kept: meta }: LiveMetadata): Fields {
  const { taints, unschedulable, kept } = nodeSpecIn(asObject(object["spec"]));
  const allocatable = asObject(object["status"])["allocatable"] as Readonly<Record<string, string>> | undefined;
  const own = taints.filter((one) => one.key !== cordonTaint.key);
  const given = { name, taints: own, unschedulable, labels: object.metadata.labels ?? {} };
  const node = newNode({ ...given, ...(allocatable ? { allocatable } : {}) });
  const { kind, labels, ready } = node;
  const images = listAt(asObject(object["status"]), "images");
  const more = {
    taints: node.taints,
    unschedulable,
    allocatable: node.allocatable,
    ...(images.length > 0 ? { images } : {}),
  };
  return { kind, labels, ready, ...more, kept: kept || meta ? { ...meta, ...kept } : null };
}

function nodeSpecIn(spec: JsonObject): Pick<Node, "taints" | "unschedulable"> & { readonly kept?: Node["kept"] } {
  const { taints, unschedulable, ...rest } = spec;
  return {
    taints: (taints ?? []) as unknown as readonly Taint[],
    unschedulable: unschedulable === true,
    ...(Object.keys(rest).length > 0 ? { kept: { spec: rest } } : {}),
  };
}

function revisionIn(object: ApiObject): Fields {
  const template = asObject(asObject(asObject(object["data"])["spec"])["template"]);
  const { $patch: _, ...rest } = template;
  return { template: rest as unknown as PodTemplateSpec, revision: numberAt(object, "revision") ?? 0 };
}

/** What differs between two forms of an object, as fields of the live one; empty when nothing does. */
export function changesOf(live: LiveObject, before: ApiObject, after: ApiObject, start: number): Fields {
  const differs = (key: string) => !semanticEqual(before[key], after[key]);
  const parts: readonly Fields[] =
    live.kind === "Stored"
      ? [metadataChanges(live, before, after), storedChanges(before, after)]
      : [
          metadataChanges(live, before, after),
          differs("spec") || differs("data") || differs("revision") ? specChanges(live, before, after) : {},
          differs("status") ? statusChanges(live, after, start) : {},
        ];
  const kept = parts.flatMap((part) => (part["kept"] ? [part["kept"] as Kept] : []));
  const changes: Fields = Object.assign({}, ...parts);
  return kept.length > 1 ? { ...changes, kept: Object.assign({}, ...kept) } : changes;
}

function metadataChanges(live: LiveObject, before: ApiObject, after: ApiObject): Fields {
  const [old, next] = [before.metadata, after.metadata];
  const differs = (key: string) => !semanticEqual(old[key], next[key]);
  return {
    ...(differs("labels") ? { labels: labelsIn(next.labels) } : {}),
    ...(differs("annotations") ? { annotations: next.annotations ?? {} } : {}),
    ...(differs("ownerReferences") ? { owners: ownersIn(next["ownerReferences"]) } : {}),
    ...(differs("finalizers") ? { finalizers: next.finalizers ?? [] } : {}),
    ...(differs("managedFields") ? { kept: keptIn(next, live.kept) } : {}),
  };
}

function storedChanges(before: ApiObject, after: ApiObject): Fields {
  const content = contentOf(after);
  return semanticEqual(contentOf(before), content) ? {} : { content };
}

function specChanges(live: LiveObject, before: ApiObject, after: ApiObject): Fields {
  const spec = asObject(after["spec"]);
  switch (live.kind) {
    case "Pod":
      return podSpecIn(live, spec);
    case "Node": {
      const { taints, ...rest } = nodeSpecIn(spec);
      return { ...rest, ...(semanticEqual(taints, live.taints) ? {} : { taints }) };
    }
    case "ControllerRevision":
      return revisionIn(after);
    case "CronJob":
    case "Deployment":
    case "ReplicaSet":
    case "StatefulSet":
    case "DaemonSet":
    case "Job":
      return { spec: sharing(live.spec as unknown as JsonObject, asObject(before["spec"]), spec) };
    default:
      return { spec };
  }
}

/** The new spec with what is equal in both taken from the live one, so that caches by identity hold. */
function sharing(live: JsonObject, before: JsonObject, after: JsonObject): JsonObject {
  const shared: Record<string, Json> = {};
  for (const [key, value] of Object.entries(after)) {
    const own = live[key];
    if (own !== undefined && semanticEqual(before[key], value)) shared[key] = own;
    else if (key === "jobTemplate" || (key === "spec" && "template" in asObject(value))) {
      shared[key] = sharing(asObject(own), asObject(before[key]), asObject(value));
    } else shared[key] = value;
  }
  return shared;
}

function podSpecIn(pod: Pod, spec: JsonObject): Partial<Pod> {
  const { nodeName, hostname, subdomain } = spec;
  const volumes = (spec["volumes"] ?? []) as readonly JsonObject[];
  const own = volumes.filter((one) => !pod.claims.some((claim) => claim.volume === one["name"]));
  return {
    spec: {
      ...without(spec, ["nodeName", "volumes"]),
      ...(own.length > 0 ? { volumes: own } : {}),
    } as unknown as PodSpec,
    node: typeof nodeName === "string" ? nodeName : "",
    hostname: typeof hostname === "string" ? hostname : "",
    subdomain: typeof subdomain === "string" ? subdomain : "",
  };
}

function statusChanges(live: LiveObject, after: ApiObject, start: number): Fields {
  const status = asObject(after["status"]);
  switch (live.kind) {
    case "Pod":
      return podStatusIn(status, live, start) as Fields;
    case "PersistentVolumeClaim":
      return { phase: status["phase"] ?? "Pending", kept: { ...live.kept, status: without(status, ["phase"]) } };
    case "Service":
      return { kept: { ...live.kept, status } };
    case "Node":
      return nodeStatusIn(status);
    case "ControllerRevision":
    case "Stored":
      return {};
    default:
      return { status: workloadStatusIn(live.kind, status, live.status as never, start) };
  }
}

function nodeStatusIn(status: JsonObject): Fields {
  const conditions = (status["conditions"] ?? []) as readonly JsonObject[];
  const ready = conditions.find((one) => one["type"] === "Ready");
  const images = listAt(status, "images");
  return {
    ready: ready?.["status"] === "True",
    allocatable: status["allocatable"] ?? null,
    ...(images.length > 0 ? { images } : {}),
  };
}
