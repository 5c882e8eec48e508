/**
 * What default admission adds to every pod: the service account with its token, the tolerations of nodes that fail for a while,
 * the priority. Pure and done once: what is there already stays. Models plugin/pkg/admission/{serviceaccount,
 * defaulttolerationseconds,priority}.
 */
import type { JsonObject } from "../../api/json.ts";
import type { Json } from "../../api/objects.ts";

/** Stands for the name of the token volume, whose end the server draws: of other letters than these. */
export const tokenVolume = "kube-api-access-00000";
const tokenPath = "/var/run/secrets/kubernetes.io/serviceaccount";

const tokenSource: Json = {
  name: tokenVolume,
  projected: {
    defaultMode: 420,
    sources: [
      { serviceAccountToken: { expirationSeconds: 3607, path: "token" } },
      { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
      {
        downwardAPI: {
          items: [{ path: "namespace", fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" } }],
        },
      },
    ],
  },
};

type Container = { readonly volumeMounts?: readonly { readonly mountPath: string }[] } & JsonObject;

const lacksToken = ({ volumeMounts }: Container) => !(volumeMounts ?? []).some((one) => one.mountPath === tokenPath);

function mounted(container: Container): Container {
  if (!lacksToken(container)) return container;
  const mount = { name: tokenVolume, readOnly: true, mountPath: tokenPath };
  return { ...container, volumeMounts: [...(container.volumeMounts ?? []), mount] };
}

function withServiceAccount(spec: JsonObject): JsonObject {
  const name = spec["serviceAccountName"] || "default";
  const named = { ...spec, serviceAccountName: name, serviceAccount: name };
  if (spec["automountServiceAccountToken"] === false) return named;
  const containers = (spec["containers"] ?? []) as readonly Container[];
  const initContainers = (spec["initContainers"] ?? []) as readonly Container[];
  if (![...containers, ...initContainers].some(lacksToken)) return named;
  return {
    ...named,
    containers: containers.map(mounted),
    ...(initContainers.length > 0 ? { initContainers: initContainers.map(mounted) } : {}),
    volumes: [...((spec["volumes"] ?? []) as readonly Json[]), tokenSource],
  };
}

const bornForAWhile = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

function withTolerations(spec: JsonObject): JsonObject {
  const own = (spec["tolerations"] ?? []) as readonly JsonObject[];
  const missing = bornForAWhile
    .filter(
      (key) =>
        !own.some((one) => (!one["key"] || one["key"] === key) && (!one["effect"] || one["effect"] === "NoExecute")),
    )
    .map((key) => ({ key, operator: "Exists", effect: "NoExecute", tolerationSeconds: 300 }));
  return missing.length === 0 ? spec : { ...spec, tolerations: [...own, ...missing] };
}

/** The spec of a pod with all of it. */
export function admitPodSpec(spec: JsonObject): JsonObject {
  return { priority: 0, preemptionPolicy: "PreemptLowerPriority", ...withTolerations(withServiceAccount(spec)) };
}
