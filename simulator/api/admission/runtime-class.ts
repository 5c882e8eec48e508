/** What a RuntimeClass adds to the pods that name it. Models plugin/pkg/admission/runtimeclass/admission.go. */
import { type Draft, draftsAt, ensure } from "../defaults-pod.ts";
import { semanticEqual } from "../equality.ts";
import { FieldPath } from "../field-path.ts";
import { asObject, type JsonObject } from "../json.ts";
import { type Refused, refusedFor } from "../registry/answer.ts";
import type { ClusterFacts, RuntimeClass } from "./facts.ts";
import { mergedTolerations } from "./tolerations.ts";

const root = FieldPath.root.child("spec");

/** Gives a new Pod, in place, the overhead of its class and keeps it to the nodes of the class. */
export function admitRuntimeClass(spec: Draft, { runtimeClass }: ClusterFacts): Refused | undefined {
  const name = spec["runtimeClassName"];
  const at = root.child("runtimeClassName");
  if (name === "") return refusedFor("InternalError", "runtime-class-empty", {}, at);
  if (typeof name !== "string") return undefined;
  const found = runtimeClass?.(name);
  if (found === null) return refusedFor("Forbidden", "runtime-class-missing", { value: name }, at);
  // The classes of the cluster are not known: what the Pod would get is not, either.
  if (found === undefined) return undefined;
  return withOverhead(spec, found) ?? withScheduling(spec, found);
}

function withOverhead(spec: Draft, { overhead }: RuntimeClass): Refused | undefined {
  if (!overhead) return undefined;
  const given = asObject(spec["overhead"]);
  const fixed: JsonObject = { ...overhead.podFixed };
  if (Object.keys(given).length > 0 && !semanticEqual({ overhead: given }, { overhead: fixed })) {
    return refusedFor("Forbidden", "runtime-overhead-differs", {}, root.child("overhead"));
  }
  spec["overhead"] = fixed;
  return undefined;
}

function withScheduling(spec: Draft, { scheduling }: RuntimeClass): Refused | undefined {
  const { nodeSelector = {}, tolerations = [] } = scheduling ?? {};
  const own = asObject(spec["nodeSelector"]);
  for (const [key, computed] of Object.entries(nodeSelector)) {
    const value = own[key];
    if (value === undefined || value === computed) continue;
    const params = { key, value: String(value), computed };
    return refusedFor("Forbidden", "runtime-selector-conflict", params, root.child("nodeSelector").key(key));
  }
  if (Object.keys(nodeSelector).length > 0) Object.assign(ensure(spec, "nodeSelector"), nodeSelector);
  if (tolerations.length > 0) {
    spec["tolerations"] = [...mergedTolerations(draftsAt(spec, "tolerations"), tolerations)];
  }
  return undefined;
}
