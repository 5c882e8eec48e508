/**
 * What default admission makes of a Pod: its service account with the token, its priority, the tolerations of nodes that fail
 * for a while. Models plugin/pkg/admission/{serviceaccount,priority,defaulttolerationseconds,runtimeclass}.
 */
import { type Draft, draftsAt, ensure } from "../defaults-pod.ts";
import { type JsonObject, stringAt } from "../json.ts";
import type { Json } from "../objects.ts";
import { type Refused, refusedFor } from "../registry/answer.ts";
import type { Surroundings } from "../registry/surroundings.ts";
import { metadataOf } from "../workload-checks.ts";
import { systemPriorityClass } from "./lookup.ts";

const tokenPath = "/var/run/secrets/kubernetes.io/serviceaccount";

/** Stands for the name of the token volume, whose end the server draws: of other letters than these. */
export const tokenVolume = "kube-api-access-00000";

const tokenSources: Json = [
  { serviceAccountToken: { expirationSeconds: 3607, path: "token" } },
  { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
  {
    downwardAPI: { items: [{ path: "namespace", fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" } }] },
  },
];

/** Admits a new Pod, in place; the first plugin that objects is the answer. */
export function admitNewPod(pod: Draft, surroundings: Surroundings): Refused | undefined {
  const spec = ensure(pod, "spec");
  const namespace = stringAt(metadataOf(pod), "namespace") || "default";
  return (
    admitServiceAccount(spec, namespace, surroundings) ??
    admitPriority(spec, surroundings) ??
    admitRuntimeClass(spec, surroundings) ??
    addTolerations(spec)
  );
}

/** Gives a Pod that replaces another, in place, what admission had given to that one. */
export function admitChangedPod(pod: Draft, old: JsonObject): void {
  const spec = ensure(pod, "spec");
  const before = old["spec"] as JsonObject | undefined;
  for (const key of ["priority", "preemptionPolicy"]) {
    const value = before?.[key];
    if (spec[key] === undefined && value !== undefined) spec[key] = value;
  }
  addTolerations(spec);
}

function admitServiceAccount(spec: Draft, namespace: string, { hasServiceAccount }: Surroundings): Refused | undefined {
  // Of the two names of the service account the newer counts, where it is there.
  const name = stringAt(spec, "serviceAccountName") || stringAt(spec, "serviceAccount") || "default";
  spec["serviceAccountName"] = name;
  spec["serviceAccount"] = name;
  if (hasServiceAccount?.(namespace, name) === false) {
    return refusedFor("Forbidden", "service-account-missing", { value: name, namespace });
  }
  if (spec["automountServiceAccountToken"] !== false) mountToken(spec);
  return undefined;
}

/** Every container gets the token but where something else is mounted at its place. */
function mountToken(spec: Draft): void {
  const hasOwn = (container: Draft) =>
    draftsAt(container, "volumeMounts").some((one) => one["mountPath"] === tokenPath);
  const containers = [...draftsAt(spec, "initContainers"), ...draftsAt(spec, "containers")];
  const open = containers.filter((container) => !hasOwn(container));
  if (open.length === 0) return;
  const mount = { name: tokenVolume, readOnly: true, mountPath: tokenPath };
  for (const container of open) container["volumeMounts"] = [...draftsAt(container, "volumeMounts"), mount];
  const volume = { name: tokenVolume, projected: { sources: tokenSources, defaultMode: 420 } };
  spec["volumes"] = [...draftsAt(spec, "volumes"), volume];
}

function admitPriority(spec: Draft, { priorityClass }: Surroundings): Refused | undefined {
  const name = stringAt(spec, "priorityClassName");
  const known = name === "" ? { value: 0 } : (systemPriorityClass(name) ?? priorityClass?.(name));
  if (known === null) return refusedFor("Forbidden", "priority-class-missing", { value: name });
  // The classes of the cluster are not known: what the Pod would get is not, either.
  if (known === undefined) return undefined;
  const { value, preemptionPolicy = "PreemptLowerPriority" } = known;
  const given = spec["priority"];
  if (typeof given === "number" && given !== value) {
    return refusedFor("Forbidden", "priority-not-of-class", { value: given, computed: value });
  }
  const policy = spec["preemptionPolicy"];
  if (typeof policy === "string" && policy !== preemptionPolicy) {
    return refusedFor("Forbidden", "preemption-policy-not-of-class", { value: policy, computed: preemptionPolicy });
  }
  spec["priority"] = value;
  spec["preemptionPolicy"] = preemptionPolicy;
  return undefined;
}

function admitRuntimeClass(spec: Draft, { hasRuntimeClass }: Surroundings): Refused | undefined {
  const name = spec["runtimeClassName"];
  if (typeof name !== "string") return undefined;
  if (name === "") return refusedFor("InternalError", "runtime-class-empty");
  return hasRuntimeClass?.(name) === false
    ? refusedFor("Forbidden", "runtime-class-missing", { value: name })
    : undefined;
}

const failures = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

/** A node may be away for five minutes, unless the Pod says otherwise. */
function addTolerations(spec: Draft): undefined {
  const own = draftsAt(spec, "tolerations");
  const isBorne = (key: string) =>
    own.some((one) => {
      const [ownKey, effect] = [stringAt(one, "key"), stringAt(one, "effect")];
      return (ownKey === "" || ownKey === key) && (effect === "" || effect === "NoExecute");
    });
  const missing = failures.filter((key) => !isBorne(key));
  if (missing.length === 0) return;
  const added = missing.map((key) => ({ key, operator: "Exists", effect: "NoExecute", tolerationSeconds: 300 }));
  spec["tolerations"] = [...own, ...added];
}
