/**
 * What the configuration of a pod refers to and does not find. Models pkg/kubelet/kubelet_pods.go (makeEnvironmentVariables),
 * pkg/kubelet/kuberuntime/security_context.go and the set-up of volumes in pkg/volume.
 */
import type { Container, EnvVar, Reference } from "../../api/objects.ts";
import type { Pod } from "../../cluster/objects.ts";
import type { Store } from "../../cluster/store.ts";
import type { ContainerBehaviour } from "../../scenario/behaviour.ts";

type Kind = "ConfigMap" | "Secret";

export interface Configuration {
  /** The keys of such an object; null when nothing is known of it, but it is taken to be there. */
  keys(kind: Kind, namespace: string, name: string): readonly string[] | null | undefined;
  /** Whether files and devices of a node that volumes speak of are taken to be there. */
  readonly hasFiles: boolean;
}

const resources: Readonly<Record<Kind, string>> = { ConfigMap: "configmaps", Secret: "secrets" };

/** What the objects of the cluster give; of others nothing is known, or they are missing. */
export function createConfiguration(store: Store, elsewhere: "there" | "missing"): Configuration {
  return {
    keys(kind, namespace, name) {
      // The cluster puts the certificates of its server into every namespace.
      if (kind === "ConfigMap" && name === "kube-root-ca.crt") return null;
      const object = store.getStored(resources[kind], namespace, name);
      if (!object) return elsewhere === "there" ? null : undefined;
      const parts = ["data", "binaryData", "stringData"].map((part) => object.content[part] as object | undefined);
      return parts.flatMap((part) => Object.keys(part ?? {}));
    },
    hasFiles: elsewhere === "there",
  };
}

/** Whether the pod speaks of something that may be missing. */
export function refersTo(configuration: Configuration, pod: Pod): boolean {
  const { spec, namespace } = pod;
  const isUnsure = (kind: Kind, name: string) => configuration.keys(kind, namespace, name) !== null;
  const ofContainers = spec.containers.some(
    ({ env, envFrom, volumeMounts }) =>
      envFrom?.some(({ configMapRef, secretRef }) =>
        isUnsure(configMapRef ? "ConfigMap" : "Secret", (configMapRef ?? secretRef)?.name ?? ""),
      ) ||
      env?.some(({ valueFrom }) => {
        const reference = valueFrom?.configMapKeyRef ?? valueFrom?.secretKeyRef;
        return reference && isUnsure(valueFrom?.configMapKeyRef ? "ConfigMap" : "Secret", reference.name ?? "");
      }) ||
      volumeMounts?.some((one) => one.subPathExpr !== undefined),
  );
  return ofContainers || volumeProblem(configuration, pod) !== null;
}

const nouns: Readonly<Record<Kind, string>> = { ConfigMap: "configmap", Secret: "secret" };

/** Why a container cannot be made, in the kubelet's words; null when it can. */
export function configurationProblem(
  configuration: Configuration,
  pod: Pod,
  container: Container,
  does: ContainerBehaviour,
): string | null {
  const names = new Set<string>();
  return (
    environmentProblem(configuration, pod, container, names) ??
    pathProblem(container, names) ??
    userProblem(pod, container, does)
  );
}

function environmentProblem(
  configuration: Configuration,
  { namespace }: Pod,
  { envFrom = [], env = [] }: Container,
  names: Set<string>,
): string | null {
  for (const source of envFrom) {
    const kind = source.configMapRef ? "ConfigMap" : "Secret";
    const { name = "", optional } = source.configMapRef ?? source.secretRef ?? {};
    const keys = configuration.keys(kind, namespace, name);
    if (keys === undefined && !optional) return `${nouns[kind]} "${name}" not found`;
    for (const key of keys ?? []) names.add(`${source.prefix ?? ""}${key}`);
  }
  for (const variable of env) {
    const problem = variableProblem(configuration, namespace, variable);
    if (problem) return problem;
    names.add(variable.name);
  }
  return null;
}

function variableProblem(configuration: Configuration, namespace: string, { valueFrom }: EnvVar): string | null {
  const kind = valueFrom?.configMapKeyRef ? "ConfigMap" : "Secret";
  const reference: (Reference & { readonly key: string }) | undefined =
    valueFrom?.configMapKeyRef ?? valueFrom?.secretKeyRef;
  if (!reference || reference.optional) return null;
  const { name = "", key } = reference;
  const keys = configuration.keys(kind, namespace, name);
  if (keys === undefined) return `${nouns[kind]} "${name}" not found`;
  return keys === null || keys.includes(key) ? null : `couldn't find key ${key} in ${kind} ${namespace}/${name}`;
}

function pathProblem({ volumeMounts = [] }: Container, names: ReadonlySet<string>): string | null {
  for (const { subPathExpr = "" } of volumeMounts) {
    for (const [, name = ""] of subPathExpr.matchAll(/(?<!\$)\$\(([^)]+)\)/g)) {
      if (!names.has(name)) return `missing value for ${name}`;
    }
  }
  return null;
}

function userProblem(
  { name, namespace, uid, spec }: Pod,
  container: Container,
  does: ContainerBehaviour,
): string | null {
  const context = { ...spec.securityContext, ...container.securityContext };
  if (!context.runAsNonRoot) return null;
  const where = `(pod: "${name}_${namespace}(${uid})", container: ${container.name})`;
  if (context.runAsUser === 0) return `container's runAsUser breaks non-root policy ${where}`;
  if (context.runAsUser === undefined && does.user === 0)
    return `container has runAsNonRoot and image will run as root ${where}`;
  return null;
}

interface FileSource extends Reference {
  readonly secretName?: string;
  readonly items?: readonly { readonly key: string }[];
}

/** Why a volume of the pod cannot be set up, and which; null when all can. */
export function volumeProblem(configuration: Configuration, pod: Pod): string | null {
  for (const volume of pod.spec.volumes ?? []) {
    const problem = sourceProblem(configuration, pod.namespace, volume);
    if (problem) return `MountVolume.SetUp failed for volume "${volume.name}" : ${problem}`;
  }
  return null;
}

function sourceProblem(configuration: Configuration, namespace: string, source: object): string | null {
  const { configMap, secret, projected, hostPath } = source as {
    readonly configMap?: FileSource;
    readonly secret?: FileSource;
    readonly projected?: { readonly sources?: readonly object[] };
    readonly hostPath?: { readonly path: string; readonly type?: string };
  };
  if (configMap) return fileProblem(configuration, namespace, "ConfigMap", configMap.name ?? "", configMap);
  if (secret) return fileProblem(configuration, namespace, "Secret", secret.secretName ?? secret.name ?? "", secret);
  for (const one of projected?.sources ?? []) {
    const problem = sourceProblem(configuration, namespace, one);
    if (problem) return problem;
  }
  return hostPath && !configuration.hasFiles ? hostPathProblem(hostPath.path, hostPath.type ?? "") : null;
}

function fileProblem(
  configuration: Configuration,
  namespace: string,
  kind: Kind,
  name: string,
  { optional, items = [] }: FileSource,
): string | null {
  const keys = configuration.keys(kind, namespace, name);
  if (optional || keys === null) return null;
  if (keys === undefined) return `${nouns[kind]} "${name}" not found`;
  const missing = items.find(({ key }) => !keys.includes(key));
  if (!missing) return null;
  return kind === "ConfigMap"
    ? `configmap references non-existent config key: ${missing.key}`
    : `references non-existent secret key: ${missing.key}`;
}

/** What a path has to be already; the other types are made. */
const pathTypes: Readonly<Record<string, string>> = {
  File: "a file",
  Directory: "a directory",
  Socket: "a socket file",
  CharDevice: "a character device",
  BlockDevice: "a block device",
};
/** Folders that every node has. */
const folders = new Set([
  "/",
  "/dev",
  "/etc",
  "/home",
  "/opt",
  "/proc",
  "/run",
  "/sys",
  "/tmp",
  "/usr",
  "/var",
  "/var/lib",
  "/var/log",
]);

function hostPathProblem(path: string, type: string): string | null {
  const wanted = pathTypes[type];
  if (wanted === undefined || (type === "Directory" && folders.has(path))) return null;
  return `hostPath type check failed: ${path} is not ${wanted}`;
}
