/** What volumes come from, in words. Models the print…VolumeSource functions of kubectl/pkg/describe/describe.go. */
import { asObject, isTrue, type JsonObject, listAt, numberAt, stringAt } from "../../api/json.ts";
import type { Json } from "../../api/objects.ts";
import { amountOf } from "../../api/quota/amounts.ts";
import { line, row, shortened, valueText, widest } from "./writer.ts";

type Source = (source: JsonObject) => string;

/** A title, the field that stands behind it, and its zero. */
type Shown = readonly [title: string, field: string, zero?: string];

const no = "false";
const readOnly: Shown = ["ReadOnly", "readOnly", no];
const fsType: Shown = ["FSType", "fsType"];
const secretRef: Shown = ["SecretRef", "secretRef", "nil"];

/** References are shown as Go writes their structures. */
function shown(value: Json | undefined, zero: string): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return valueText(value, zero);
  const { name, namespace } = value as JsonObject;
  if (name === undefined) return valueText(value);
  return namespace === undefined
    ? `&LocalObjectReference{Name:${name},}`
    : `&SecretReference{Name:${name},Namespace:${namespace},}`;
}

function plain(what: string, ...fields: readonly Shown[]): Source {
  return (source) => {
    const lines = fields.map(([title, field, zero = ""]) => row(title, shown(source[field], zero), 2));
    return row("Type", what, 2) + lines.join("");
  };
}

const claim = "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)";
const iscsiIs =
  "ISCSI (an ISCSI Disk resource that is attached to a kubelet's host machine and then exposed to the pod)";
const flexIs = "FlexVolume (a generic volume resource that is provisioned/attached using an exec based plugin)";

function emptyDir(source: JsonObject): string {
  const isLimited = amountOf(source["sizeLimit"]).nanos > 0n;
  const text = plain("EmptyDir (a temporary directory that shares a pod's lifetime)", ["Medium", "medium"])(source);
  return text + row("SizeLimit", isLimited ? amountOf(source["sizeLimit"]).text : "<unset>", 2);
}

function downward(source: JsonObject): string {
  const items = listAt(source, "items")
    .map(asObject)
    .flatMap((item) => {
      const path = stringAt(item, "path");
      const field = stringAt(asObject(item["fieldRef"]), "fieldPath");
      const resource = stringAt(asObject(item["resourceFieldRef"]), "resource");
      return [field, resource].filter((one) => one !== "").map((one) => line(3, `${one} -> ${path}`));
    });
  const head = row("Type", "DownwardAPI (a volume populated by information about the pod)", 2);
  return [head, line(2, "Items:"), ...items].join("");
}

function projected(source: JsonObject): string {
  const lines = listAt(source, "sources")
    .map(asObject)
    .map((one) => {
      const named = (title: string, ref: JsonObject) =>
        row(title, stringAt(ref, "name"), 2) + row("Optional", isTrue(ref, "optional"), 2);
      if (one["secret"]) return named("SecretName", asObject(one["secret"]));
      if (one["downwardAPI"]) return row("DownwardAPI", true, 2);
      if (one["configMap"]) return named("ConfigMapName", asObject(one["configMap"]));
      const token = asObject(one["serviceAccountToken"]);
      return one["serviceAccountToken"]
        ? row("TokenExpirationSeconds", numberAt(token, "expirationSeconds") ?? 0, 2)
        : "";
    });
  return row("Type", "Projected (a volume that contains injected data from multiple sources)", 2) + lines.join("");
}

function csi(source: JsonObject): string {
  const attributes = asObject(source["volumeAttributes"]);
  const entries = Object.keys(attributes)
    .sort()
    .map((key) => shortened(`${key}=${String(attributes[key])}`, widest));
  const handle: readonly Shown[] = source["volumeHandle"] === undefined ? [] : [["VolumeHandle", "volumeHandle"]];
  const what = "CSI (a Container Storage Interface (CSI) volume source)";
  const first = plain(what, ["Driver", "driver"], fsType, ...handle, readOnly)(source);
  // Every entry is indented as the titles are, also behind them.
  const indent = " ".repeat(4);
  const text = entries.length === 0 ? "<none>" : indent + entries.join(`\n${indent}${indent}\t${indent}`);
  return first + row("VolumeAttributes", text, 2);
}

function fc(source: JsonObject): string {
  const names = listAt(source, "targetWWNs").map(String).join(", ");
  return (
    row("Type", "FC (a Fibre Channel disk)", 2) +
    row("TargetWWNs", names, 2) +
    row("LUN", numberAt(source, "lun") ?? "<none>", 2) +
    row("FSType", stringAt(source, "fsType"), 2) +
    row("ReadOnly", isTrue(source, "readOnly"), 2)
  );
}

function iscsi(source: JsonObject): string {
  const rest = plain(
    "",
    fsType,
    readOnly,
    ["Portals", "portals", "[]"],
    ["DiscoveryCHAPAuth", "chapAuthDiscovery", no],
    ["SessionCHAPAuth", "chapAuthSession", no],
    secretRef,
    ["InitiatorName", "initiatorName", "<none>"],
  )(source);
  const head = plain(iscsiIs, ["TargetPortal", "targetPortal"], ["IQN", "iqn"], ["Lun", "lun", "0"])(source);
  return head + line(2, `ISCSIInterface\t${stringAt(source, "iscsiInterface")}`) + rest.slice(rest.indexOf("\n") + 1);
}

/** The words for a kind of source, by its field. */
export const volumeSources: Readonly<Record<string, Source>> = {
  hostPath: plain("HostPath (bare host directory volume)", ["Path", "path"], ["HostPathType", "type", "<none>"]),
  emptyDir,
  gcePersistentDisk: plain(
    "GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)",
    ["PDName", "pdName"],
    fsType,
    ["Partition", "partition", "0"],
    readOnly,
  ),
  awsElasticBlockStore: plain(
    "AWSElasticBlockStore (a Persistent Disk resource in AWS)",
    ["VolumeID", "volumeID"],
    fsType,
    ["Partition", "partition", "0"],
    readOnly,
  ),
  gitRepo: plain(
    "GitRepo (a volume that is pulled from git when the pod is created)",
    ["Repository", "repository"],
    ["Revision", "revision"],
  ),
  secret: plain("Secret (a volume populated by a Secret)", ["SecretName", "secretName"], ["Optional", "optional", no]),
  configMap: plain("ConfigMap (a volume populated by a ConfigMap)", ["Name", "name"], ["Optional", "optional", no]),
  nfs: plain("NFS (an NFS mount that lasts the lifetime of a pod)", ["Server", "server"], ["Path", "path"], readOnly),
  iscsi,
  glusterfs: plain(
    "Glusterfs (a Glusterfs mount on the host that shares a pod's lifetime)",
    ["EndpointsName", "endpoints"],
    ["Path", "path"],
    readOnly,
  ),
  persistentVolumeClaim: plain(claim, ["ClaimName", "claimName"], readOnly),
  rbd: plain(
    "RBD (a Rados Block Device mount on the host that shares a pod's lifetime)",
    ["CephMonitors", "monitors", "[]"],
    ["RBDImage", "image"],
    fsType,
    ["RBDPool", "pool"],
    ["RadosUser", "user"],
    ["Keyring", "keyring"],
    secretRef,
    readOnly,
  ),
  quobyte: plain(
    "Quobyte (a Quobyte mount on the host that shares a pod's lifetime)",
    ["Registry", "registry"],
    ["Volume", "volume"],
    readOnly,
  ),
  downwardAPI: downward,
  azureDisk: plain(
    "AzureDisk (an Azure Data Disk mount on the host and bind mount to the pod)",
    ["DiskName", "diskName"],
    ["DiskURI", "diskURI"],
    ["Kind", "kind"],
    fsType,
    ["CachingMode", "cachingMode"],
    readOnly,
  ),
  vsphereVolume: plain("vSphereVolume (a Persistent Disk resource in vSphere)", ["VolumePath", "volumePath"], fsType, [
    "StoragePolicyName",
    "storagePolicyName",
  ]),
  cinder: plain(
    "Cinder (a Persistent Disk resource in OpenStack)",
    ["VolumeID", "volumeID"],
    fsType,
    readOnly,
    secretRef,
  ),
  photonPersistentDisk: plain(
    "PhotonPersistentDisk (a Persistent Disk resource in photon platform)",
    ["PdID", "pdID"],
    fsType,
  ),
  portworxVolume: plain("PortworxVolume (a Portworx Volume resource)", ["VolumeID", "volumeID"]),
  scaleIO: plain(
    "ScaleIO (a persistent volume backed by a block device in ScaleIO)",
    ["Gateway", "gateway"],
    ["System", "system"],
    ["Protection Domain", "protectionDomain"],
    ["Storage Pool", "storagePool"],
    ["Storage Mode", "storageMode"],
    ["VolumeName", "volumeName"],
    fsType,
    readOnly,
  ),
  local: plain("LocalVolume (a persistent volume backed by local storage on a node)", ["Path", "path"]),
  cephfs: plain(
    "CephFS (a CephFS mount on the host that shares a pod's lifetime)",
    ["Monitors", "monitors", "[]"],
    ["Path", "path"],
    ["User", "user"],
    ["SecretFile", "secretFile"],
    secretRef,
    readOnly,
  ),
  storageos: plain(
    "StorageOS (a StorageOS Persistent Disk resource)",
    ["VolumeName", "volumeName"],
    ["VolumeNamespace", "volumeNamespace"],
    fsType,
    readOnly,
  ),
  fc,
  azureFile: plain(
    "AzureFile (an Azure File Service mount on the host and bind mount to the pod)",
    ["SecretName", "secretName"],
    ["ShareName", "shareName"],
    readOnly,
  ),
  flexVolume: plain(flexIs, ["Driver", "driver"], fsType, secretRef, readOnly, ["Options", "options", "map[]"]),
  flocker: plain(
    "Flocker (a Flocker volume mounted by the Flocker agent)",
    ["DatasetName", "datasetName"],
    ["DatasetUUID", "datasetUUID"],
  ),
  projected,
  csi,
  image: plain("Image (a container image or OCI artifact)", ["Reference", "reference"], ["PullPolicy", "pullPolicy"]),
};

/** The words for the source of a volume, as its first field that is one says; undefined for an unknown one. */
export function sourceLines(volume: JsonObject): string | undefined {
  const kind = Object.keys(volumeSources).find((one) => volume[one] !== undefined);
  return kind === undefined ? undefined : volumeSources[kind]!(asObject(volume[kind]));
}
