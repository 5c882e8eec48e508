/**
 * Merging of manifests: strategic merge patch and server-side apply. Lists of the pod template are merged by the keys
 * of the API's own declarations (`patchMergeKey` in staging/src/k8s.io/api), all others are replaced as a whole.
 */
import { semanticEqual } from "../cluster/equality.ts";

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

/** Models apimachinery/pkg/util/strategicpatch: null removes, `$patch: delete` and `replace`, lists by merge key. */
export function strategicMerge(live: Value, patch: Value, field = ""): Value {
  if (Array.isArray(patch)) {
    return Array.isArray(live) ? mergeList(live, patch, field) : patch.filter((item) => !isDirective(item)).map(bare);
  }
  if (!isFields(patch)) return patch;
  if (patch["$patch"] === "replace" || !isFields(live)) return bare(patch);
  const merged: Record<string, Value> = { ...live };
  const retain = patch["$retainKeys"];
  if (Array.isArray(retain)) for (const key in merged) if (!retain.includes(key)) delete merged[key];
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith("$")) continue;
    if (value === null || (isFields(value) && value["$patch"] === "delete")) delete merged[key];
    else merged[key] = strategicMerge(live[key], value, key);
  }
  return merged;
}

function mergeList(live: readonly Value[], patch: readonly Value[], field: string): Value {
  const key = mergeKeyOf(field, [...live, ...patch]);
  if (key === undefined || patch.some((item) => isFields(item) && item["$patch"] === "replace")) {
    return patch.filter((item) => !isDirective(item)).map(bare);
  }
  const merged = [...live];
  for (const item of patch) {
    if (!isFields(item)) continue;
    const at = merged.findIndex((one) => isFields(one) && one[key] === item[key]);
    if (item["$patch"] === "delete") {
      if (at >= 0) merged.splice(at, 1);
    } else if (at < 0) merged.push(bare(item));
    else merged[at] = strategicMerge(merged[at], item);
  }
  return merged;
}

function isDirective(item: Value): boolean {
  return isFields(item) && "$patch" in item;
}

/** The value without directives and nulls, as a patch creates what was not there. */
function bare(value: Value): Value {
  if (Array.isArray(value)) return value.filter((item) => !isDirective(item)).map(bare);
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => inner !== null && !key.startsWith("$"))
      .map(([key, inner]) => [key, bare(inner)]),
  );
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
