/** Volumes of a pod as `kubectl describe` shows them. Models describeVolumes of kubectl/pkg/describe/describe.go. */
import { asObject, isTrue, type JsonObject, listAt, numberAt, stringAt } from "../../api/json.ts";
import { line, valueText } from "./writer.ts";

type Source = (source: JsonObject) => string;

/** A source with what it is and fields of it, each with the title it is shown by and its zero. */
function plain(what: string, ...fields: readonly (readonly [string, string, string?])[]): Source {
  return (source) => {
    const lines = fields.map(([title, field, zero = ""]) => line(2, `${title}:\t${valueText(source[field], zero)}`));
    return line(2, `Type:\t${what}`) + lines.join("");
  };
}

const sources: Readonly<Record<string, Source>> = {
  hostPath: plain("HostPath (bare host directory volume)", ["Path", "path"], ["HostPathType", "type", "<none>"]),
  emptyDir: (source) => {
    const text = plain("EmptyDir (a temporary directory that shares a pod's lifetime)", ["Medium", "medium"])(source);
    return text + line(2, `SizeLimit:\t${valueText(source["sizeLimit"], "<unset>")}`);
  },
  secret: plain(
    "Secret (a volume populated by a Secret)",
    ["SecretName", "secretName"],
    ["Optional", "optional", "false"],
  ),
  configMap: plain(
    "ConfigMap (a volume populated by a ConfigMap)",
    ["Name", "name"],
    ["Optional", "optional", "false"],
  ),
  nfs: plain(
    "NFS (an NFS mount that lasts the lifetime of a pod)",
    ["Server", "server"],
    ["Path", "path"],
    ["ReadOnly", "readOnly", "false"],
  ),
  persistentVolumeClaim: plain(
    "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)",
    ["ClaimName", "claimName"],
    ["ReadOnly", "readOnly", "false"],
  ),
  downwardAPI: downward,
  projected,
  csi,
  image: plain("Image (a container image or OCI artifact)", ["Reference", "reference"], ["PullPolicy", "pullPolicy"]),
};

function downward(source: JsonObject): string {
  const items = listAt(source, "items")
    .map(asObject)
    .flatMap((item) => {
      const path = stringAt(item, "path");
      const field = stringAt(asObject(item["fieldRef"]), "fieldPath");
      const resource = stringAt(asObject(item["resourceFieldRef"]), "resource");
      return [field, resource].filter((one) => one !== "").map((one) => line(3, `${one} -> ${path}`));
    });
  const head = line(2, "Type:\tDownwardAPI (a volume populated by information about the pod)");
  return [head, line(2, "Items:"), ...items].join("");
}

function projected(source: JsonObject): string {
  const lines = listAt(source, "sources")
    .map(asObject)
    .map((one) => {
      const named = (title: string, ref: JsonObject) =>
        line(2, `${title}:\t${stringAt(ref, "name")}`) + line(2, `Optional:\t${isTrue(ref, "optional")}`);
      if (one["secret"]) return named("SecretName", asObject(one["secret"]));
      if (one["downwardAPI"]) return line(2, "DownwardAPI:\ttrue");
      if (one["configMap"]) return named("ConfigMapName", asObject(one["configMap"]));
      const token = asObject(one["serviceAccountToken"]);
      return one["serviceAccountToken"]
        ? line(2, `TokenExpirationSeconds:\t${numberAt(token, "expirationSeconds") ?? 0}`)
        : "";
    });
  return line(2, "Type:\tProjected (a volume that contains injected data from multiple sources)") + lines.join("");
}

function csi(source: JsonObject): string {
  const attributes = asObject(source["volumeAttributes"]);
  const entries = Object.keys(attributes)
    .sort()
    .map((key) => `${key}=${String(attributes[key])}`);
  const first = plain(
    "CSI (a Container Storage Interface (CSI) volume source)",
    ["Driver", "driver"],
    ["FSType", "fsType"],
    ["ReadOnly", "readOnly", "false"],
  )(source);
  return (
    first + line(2, `VolumeAttributes:\t${entries.length === 0 ? "<none>" : entries.join(`\n${" ".repeat(10)}\t`)}`)
  );
}

/** The volumes below their heading, each with what it comes from. */
export function volumesText(volumes: readonly JsonObject[], space: string): string {
  if (volumes.length === 0) return `${space}Volumes:\t<none>\n`;
  const each = volumes.map((volume) => {
    const kind = Object.keys(sources).find((one) => volume[one] !== undefined);
    const text = kind === undefined ? line(1, "<unknown>") : sources[kind]!(asObject(volume[kind]));
    return line(1, `${space === "" ? "" : " "}${stringAt(volume, "name")}:`) + text;
  });
  return `${space}Volumes:\n${each.join("")}`;
}
