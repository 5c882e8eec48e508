/** The service account of a Pod, and its token. Models plugin/pkg/admission/serviceaccount/admission.go. */
import { type Draft, draftsAt } from "../defaults-pod.ts";
import { FieldPath } from "../field-path.ts";
import { stringAt } from "../json.ts";
import type { Json } from "../objects.ts";
import { type Refused, refusedFor } from "../registry/answer.ts";
import type { ClusterFacts } from "./facts.ts";

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

const field = FieldPath.root.child("spec").child("serviceAccountName");

/** Names the account of a new Pod, in place, and mounts its token. */
export function admitServiceAccount(
  spec: Draft,
  namespace: string,
  { hasServiceAccount }: ClusterFacts,
): Refused | undefined {
  // Of the two names of the service account the newer counts, where it is there.
  const name = stringAt(spec, "serviceAccountName") || stringAt(spec, "serviceAccount") || "default";
  spec["serviceAccountName"] = name;
  spec["serviceAccount"] = name;
  if (hasServiceAccount?.(namespace, name) === false) {
    return refusedFor("Forbidden", "service-account-missing", { value: name, namespace }, field);
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
