/**
 * The spec of a pod as the API shows it: what admission and the server's defaults added to the template, the node, and what
 * is the pod's own. Pods of one template share all of it but that.
 */
import { admitPodSpec } from "../../api/admission/pod.ts";
import { tokenVolume } from "../../api/admission/service-account.ts";
import { defaultPod } from "../../api/defaults.ts";
import type { Draft } from "../../api/defaults-pod.ts";
import type { JsonObject } from "../../api/json.ts";
import type { Json, PodSpec } from "../../api/objects.ts";
import type { Pod } from "../../cluster/objects.ts";

type Volume = { readonly name: string } & JsonObject;

const completed = new WeakMap<PodSpec, JsonObject>();

/** The spec with what every pod made of it gets on creation; made once for all of them. */
export function completedSpec(spec: PodSpec): JsonObject {
  let known = completed.get(spec);
  if (!known) {
    const draft = structuredCopy({ spec }) as Draft;
    defaultPod(draft);
    known = draft["spec"] as JsonObject;
    admitPodSpec(known as Draft, "", {});
    completed.set(spec, known);
  }
  return known;
}

function structuredCopy(value: object): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** The last letters of the name of a pod's token volume; the server draws them. */
function tokenEnd(pod: Pod): string {
  const letters = "bcdfghjklmnpqrstvwxz2456789";
  let rest = Number.parseInt(pod.uid.slice(0, 8), 16);
  let end = "";
  for (let i = 0; i < 5; i++) {
    end += letters[rest % letters.length];
    rest = Math.trunc(rest / letters.length);
  }
  return end;
}

/** The spec with the placeholder for the name of the token volume replaced. */
function withTokenName(spec: JsonObject, pod: Pod): JsonObject {
  const volumes = (spec["volumes"] ?? []) as readonly Volume[];
  if (!volumes.some((one) => one.name === tokenVolume)) return spec;
  const name = `kube-api-access-${tokenEnd(pod)}`;
  const named = <T extends { readonly name: string }>(one: T): T => (one.name === tokenVolume ? { ...one, name } : one);
  const mounted = (containers: Json | undefined): Json[] =>
    ((containers ?? []) as readonly JsonObject[]).map((one) => {
      const mounts = one["volumeMounts"] as readonly Volume[] | undefined;
      return mounts ? { ...one, volumeMounts: mounts.map(named) } : one;
    });
  return {
    ...spec,
    volumes: volumes.map(named),
    containers: mounted(spec["containers"]),
    ...(spec["initContainers"] ? { initContainers: mounted(spec["initContainers"]) } : {}),
  };
}

/** The claims of a StatefulSet's pod stand in for volumes of the same name. */
function withClaims(volumes: readonly Volume[], claims: Pod["claims"]): Json[] {
  const own: Volume[] = claims.map(({ volume, claimName }) => ({
    name: volume,
    persistentVolumeClaim: { claimName },
  }));
  return [...own, ...volumes.filter((one) => !claims.some((claim) => claim.volume === one.name))];
}

/** A daemon pod asks for its node by name. Models ReplaceDaemonSetPodNodeNameNodeAffinity of pkg/controller/daemon/util. */
function pinned(affinity: JsonObject | undefined, node: string): JsonObject {
  const matchFields = [{ key: "metadata.name", operator: "In", values: [node] }];
  const nodeAffinity = (affinity?.["nodeAffinity"] ?? {}) as JsonObject;
  const requirement = "requiredDuringSchedulingIgnoredDuringExecution";
  const terms = ((nodeAffinity[requirement] as JsonObject | undefined)?.["nodeSelectorTerms"] ?? []) as JsonObject[];
  const nodeSelectorTerms = terms.length > 0 ? terms.map((one) => ({ ...one, matchFields })) : [{ matchFields }];
  return { ...affinity, nodeAffinity: { ...nodeAffinity, [requirement]: { nodeSelectorTerms } } };
}

/** The spec of a live pod. */
export function podSpecOut(pod: Pod): JsonObject {
  const spec = withTokenName(completedSpec(pod.spec), pod);
  return {
    ...spec,
    ...(pod.claims.length > 0 ? { volumes: withClaims((spec["volumes"] ?? []) as readonly Volume[], pod.claims) } : {}),
    ...(pod.pinnedNode === null
      ? {}
      : { affinity: pinned(spec["affinity"] as JsonObject | undefined, pod.pinnedNode) }),
    ...(pod.hostname === "" ? {} : { hostname: pod.hostname }),
    ...(pod.subdomain === "" ? {} : { subdomain: pod.subdomain }),
    ...(pod.node === "" ? {} : { nodeName: pod.node }),
  };
}
