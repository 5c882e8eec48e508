/**
 * Merging of manifests by server-side apply. Lists of the pod template are merged by the keys
 * of the API's own declarations (`patchMergeKey` in staging/src/k8s.io/api), all others are replaced as a whole.
 */
import { semanticEqual } from "../api/equality.ts";

type Value = unknown;
type Fields = Readonly<Record<string, Value>>;

const mergeKeys: Readonly<Record<string, string>> = {
  containers: "name",
  initContainers: "name",
  ephemeralContainers: "name",
  env: "name",
  volumes: "name",
  volumeMounts: "mountPath",
  volumeDevices: "devicePath",
  imagePullSecrets: "name",
  hostAliases: "ip",
  topologySpreadConstraints: "topologyKey",
  resourceClaims: "name",
  schedulingGates: "name",
  ownerReferences: "uid",
};

function isFields(value: Value): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The key by which items of the list in `field` are told apart; undefined for a list that is replaced as a whole. */
function mergeKeyOf(field: string, items: readonly Value[]): string | undefined {
  if (field !== "ports") return mergeKeys[field];
  return items.some((item) => isFields(item) && "containerPort" in item) ? "containerPort" : "port";
}

/**
 * Server-side apply by one manager: what the manifest gives is set; what an earlier apply gave and this one leaves out
 * is removed, unless somebody else has changed it since. Models sigs.k8s.io/structured-merge-diff in outline.
 */
export function applyMerge(live: Value, before: Value, next: Value, field = ""): Value {
  if (Array.isArray(next)) return Array.isArray(live) ? applyList(live, before, next, field) : next;
  if (!isFields(next) || !isFields(live)) return next;
  const merged: Record<string, Value> = { ...live };
  const earlier = isFields(before) ? before : {};
  for (const key in earlier) {
    if (key in next) continue;
    const left = withoutApplied(merged[key], earlier[key], key);
    if (left === undefined) delete merged[key];
    else merged[key] = left;
  }
  for (const [key, value] of Object.entries(next)) {
    if (value === null) delete merged[key];
    else merged[key] = applyMerge(live[key], earlier[key], value, key);
  }
  return merged;
}

function applyList(live: readonly Value[], before: Value, next: readonly Value[], field: string): Value {
  const key = mergeKeyOf(field, [...live, ...next]);
  if (key === undefined) return next;
  const earlier = Array.isArray(before) ? (before as readonly Value[]) : [];
  const same = (list: readonly Value[], item: Value) =>
    list.find((one) => isFields(one) && isFields(item) && one[key] === item[key]);
  const kept = live.filter((item) => same(next, item) === undefined && same(earlier, item) === undefined);
  return [...next.map((item) => applyMerge(same(live, item), same(earlier, item), item)), ...kept];
}

/** What stays of a live value once the fields that the manager had applied are taken away; undefined when nothing does. */
function withoutApplied(live: Value, applied: Value, field: string): Value {
  if (isFields(live) && isFields(applied)) {
    const left: Record<string, Value> = { ...live };
    for (const key in applied) {
      const inner = withoutApplied(live[key], applied[key], key);
      if (inner === undefined) delete left[key];
      else left[key] = inner;
    }
    return Object.keys(left).length === 0 ? undefined : left;
  }
  if (Array.isArray(live) && Array.isArray(applied)) {
    const key = mergeKeyOf(field, live);
    if (key !== undefined) {
      const left = live.filter(
        (item) => !applied.some((one) => isFields(one) && isFields(item) && one[key] === item[key]),
      );
      return left.length === 0 ? undefined : left;
    }
  }
  return semanticEqual(live, applied) ? undefined : live;
}
