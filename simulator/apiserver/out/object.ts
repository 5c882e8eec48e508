/** Live objects as the API objects that the server would give. Made on reading. */

import { asObject, type JsonObject, listAt } from "../../api/json.ts";
import { apiVersionOf, type KindRow } from "../../api/kind.ts";
import type { Json } from "../../api/objects.ts";
import type { Kinds, LiveObject } from "../../cluster/objects.ts";
import { fnv32a } from "../../engine/random.ts";
import type { ApiObject, Parts, Surroundings } from "../types.ts";
import { uuidOf } from "../uid.ts";
import { serviceAddress } from "./addresses.ts";
import { jobLabels, jobSpecOut } from "./job.ts";
import { metadataOut } from "./metadata.ts";
import { nodeOut } from "./node.ts";
import { podSpecOut } from "./pod-spec.ts";
import { podStatusOut } from "./pod-status.ts";
import { workloadStatusOut } from "./workload-status.ts";

/** The row of a live object; undefined when the table in use does not have its kind. */
export function rowOf(object: LiveObject, { kinds }: Pick<Surroundings, "kinds">): KindRow | undefined {
  return object.kind === "Stored" ? kinds.resource(object.resource) : kinds.named(object.kind);
}

/** What was made of a pod, and of what. */
interface Made {
  readonly version: number;
  readonly node: unknown;
  readonly object: ApiObject;
}

/** Pods are many and are asked for again and again; what is made of one holds until it changes, or its node goes. */
const madeOfPods = new WeakMap<LiveObject, Made>();

/** The API object of a live one. Whoever is given it changes nothing in it. */
export function objectOut(object: LiveObject, surroundings: Surroundings, parts: Parts = "all"): ApiObject {
  if (object.kind !== "Pod" || parts === "all") return made(object, surroundings, parts);
  const node = surroundings.store.get("Node", "", object.node);
  const known = madeOfPods.get(object);
  if (known && known.version === object.version && known.node === node) return known.object;
  const anew = made(object, surroundings, parts);
  madeOfPods.set(object, { version: object.version, node, object: anew });
  return anew;
}

function made(object: LiveObject, surroundings: Surroundings, parts: Parts): ApiObject {
  const row = rowOf(object, surroundings);
  const metadata = metadataOut(
    object.kind === "Job" ? { ...object, labels: jobLabels(object) } : object,
    row?.counted ?? false,
    surroundings,
    parts,
  );
  const apiVersion = row ? apiVersionOf(row) : "v1";
  return { apiVersion, kind: row?.kind ?? object.kind, metadata, ...bodyOut(object, surroundings) };
}

const plain = (value: unknown) => value as JsonObject;

function bodyOut(object: LiveObject, surroundings: Surroundings): JsonObject {
  const { start } = surroundings;
  switch (object.kind) {
    case "ReplicaSet": {
      // Zero is not written.
      const { minReadySeconds, ...rest } = object.spec;
      const spec = minReadySeconds === 0 ? rest : object.spec;
      return { spec: plain(spec), status: { ...object.kept?.status, ...workloadStatusOut(object, start) } };
    }
    case "Deployment":
    case "StatefulSet":
    case "DaemonSet":
    case "CronJob":
      return { spec: plain(object.spec), status: { ...object.kept?.status, ...workloadStatusOut(object, start) } };
    case "Job":
      return { spec: jobSpecOut(object), status: { ...object.kept?.status, ...workloadStatusOut(object, start) } };
    case "Pod":
      return { spec: podSpecOut(object), status: podStatusOut(object, surroundings) };
    case "ControllerRevision":
      return revisionOut(object);
    case "PersistentVolumeClaim":
      return claimOut(object);
    case "Service":
      return serviceOut(object);
    case "Node":
      return nodeOut(object, surroundings);
    case "Stored":
      return object.content;
  }
}

function revisionOut({ template, revision }: Kinds["ControllerRevision"]): JsonObject {
  return { data: { spec: { template: { ...plain(template), $patch: "replace" } } }, revision };
}

function claimOut(claim: Kinds["PersistentVolumeClaim"]): JsonObject {
  const { phase, kept } = claim;
  const spec = plain(claim.spec);
  const bound = phase === "Bound";
  const capacity = (spec["resources"] as JsonObject | undefined)?.["requests"];
  return {
    spec: {
      ...spec,
      ...(bound && spec["volumeName"] === undefined ? { volumeName: `pvc-${uuidOf(claim.uid)}` } : {}),
    },
    status: {
      phase,
      ...(bound ? { accessModes: spec["accessModes"] ?? [], ...(capacity ? { capacity } : {}) } : {}),
      ...kept?.status,
    },
  };
}

/** Ports of nodes are taken from this range where a Service asks for one and names none. */
const nodePorts = { first: 30_000, count: 2768 };

function withNodePorts(service: Kinds["Service"], spec: JsonObject): JsonObject {
  const { type, allocateLoadBalancerNodePorts } = spec;
  if (type !== "NodePort" && (type !== "LoadBalancer" || allocateLoadBalancerNodePorts === false)) return {};
  const ports = listAt(spec, "ports").map((entry) => {
    const one = asObject(entry);
    const drawn = fnv32a(`${service.uid}/${String(one["port"])}/${String(one["protocol"])}`) % nodePorts.count;
    return { ...one, nodePort: one["nodePort"] || nodePorts.first + drawn };
  });
  return ports.length > 0 ? { ports } : {};
}

function serviceOut(service: Kinds["Service"]): JsonObject {
  const spec = plain(service.spec);
  const external = spec["type"] === "ExternalName";
  const clusterIP = spec["clusterIP"] || serviceAddress(service);
  const own: JsonObject = external
    ? {}
    : {
        clusterIP,
        clusterIPs: spec["clusterIPs"] ?? [clusterIP],
        ipFamilies: spec["ipFamilies"] ?? ["IPv4"],
        ipFamilyPolicy: spec["ipFamilyPolicy"] ?? "SingleStack",
      };
  return {
    spec: { ...spec, ...withNodePorts(service, spec), ...own },
    status: { loadBalancer: {}, ...(service.kept?.status as Json as JsonObject) },
  };
}
