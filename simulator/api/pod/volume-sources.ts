/** Every kind of volume, in the order in which the server looks for them. Models validateVolumeSource and its helpers. */
import { checkFormat } from "../check-format.ts";
import { type FieldPath, forbidden, invalid, notSupported, required, tooLong } from "../field-path.ts";
import { dnsSubdomain } from "../formats.ts";
import { type JsonObject, listAt, numberAt, objectAt, stringAt } from "../json.ts";
import type { Problem } from "../problem.ts";
import { since } from "../target.ts";
import { isNegative } from "./amounts.ts";
import {
  checkChoice,
  checkFileMode,
  checkOptionalChoice,
  checkOptionalFormat,
  checkRange,
  checkRequired,
  checkRequiredFormat,
} from "./check.ts";
import type { PodContext } from "./context.ts";
import { validateEphemeral } from "./ephemeral-claim.ts";
import { validateIscsi } from "./iscsi.ts";
import { checkDescendingPath, checkNoBackstep } from "./paths.ts";
import { validateDownwardItems, validateKeyItems, validateProjected } from "./projections.ts";

/** What the checks of volumes depend on beside the volume. */
export type VolumeContext = Pick<PodContext, "isPod" | "target">;

type Validate = (source: JsonObject, path: FieldPath, found: Problem[], context: VolumeContext) => void;

export interface SourceCheck {
  readonly key: string;
  /** The server's name of the field in problems of its contents, where it differs. */
  readonly spelling?: string;
  /** The server's name of the field where another source was there first. */
  readonly spellingOfSecond?: string;
  readonly validate: Validate;
}

/** A source of which only some fields must be there. */
const requires =
  (...keys: string[]): Validate =>
  (source, path, found) => {
    for (const key of keys) checkRequired(source, key, path, found);
  };

function checkSecretName(source: JsonObject, path: FieldPath, found: Problem[]): void {
  const secret = objectAt(source, "secretRef");
  if (secret !== undefined) checkRequired(secret, "name", path.child("secretRef"), found);
}

function checkList(source: JsonObject, key: string, path: FieldPath, found: Problem[]): void {
  if (listAt(source, key).length === 0) found.push(required("field-required", path.child(key), { field: key }));
}

const hostPathTypes = [
  "",
  "BlockDevice",
  "CharDevice",
  "Directory",
  "DirectoryOrCreate",
  "File",
  "FileOrCreate",
  "Socket",
];

const emptyDir: Validate = (source, path, found) => {
  const limit = source["sizeLimit"];
  if (isNegative(limit))
    found.push(forbidden("size-limit-negative", path.child("sizeLimit"), { value: String(limit) }));
};

const hostPath: Validate = (source, path, found) => {
  const file = checkRequired(source, "path", path, found);
  if (file === "") return;
  checkNoBackstep(file, path.child("path"), found);
  checkOptionalChoice(source, "type", hostPathTypes, path, found);
};

const gitRepo: Validate = (source, path, found) => {
  checkRequired(source, "repository", path, found);
  checkDescendingPath(stringAt(source, "directory"), path.child("directory"), found);
};

const disk =
  (nameKey: string): Validate =>
  (source, path, found) => {
    checkRequired(source, nameKey, path, found);
    checkRange(numberAt(source, "partition"), 0, 255, path.child("partition"), found);
  };

const secret: Validate = (source, path, found) => {
  checkRequired(source, "secretName", path, found);
  checkFileMode(source, "defaultMode", path, found);
  validateKeyItems(source, path, found);
};

const configMap: Validate = (source, path, found) => {
  checkRequired(source, "name", path, found);
  checkFileMode(source, "defaultMode", path, found);
  validateKeyItems(source, path, found);
};

const nfs: Validate = (source, path, found) => {
  checkRequired(source, "server", path, found);
  const file = checkRequired(source, "path", path, found);
  if (!file.startsWith("/")) found.push(invalid("path-not-absolute", path.child("path"), { value: file }));
};

const flocker: Validate = (source, path, found) => {
  const name = stringAt(source, "datasetName");
  const uuid = stringAt(source, "datasetUUID");
  if (name === "" && uuid === "") found.push(required("dataset-missing", path));
  if (name !== "" && uuid !== "") found.push(invalid("datasets-exclusive", path));
  if (name.includes("/")) found.push(invalid("text-with-slash", path.child("datasetName"), { value: name }));
};

const rbd: Validate = (source, path, found) => {
  checkList(source, "monitors", path, found);
  checkRequired(source, "image", path, found);
};

const cinder: Validate = (source, path, found) => {
  checkRequired(source, "volumeID", path, found);
  checkSecretName(source, path, found);
};

const maxTenant = 64;

const quobyte: Validate = (source, path, found) => {
  const registry = stringAt(source, "registry");
  const at = path.child("registry");
  if (registry === "") found.push(required("field-required", at, { field: "registry" }));
  else if (stringAt(source, "tenant").length > maxTenant) {
    found.push(required("tenant-too-long", path.child("tenant"), { limit: maxTenant }));
  } else if (!registry.split(",").every(isHostAndPort)) {
    found.push(invalid("registry-host-port", at, { value: registry }));
  }
  checkRequired(source, "volume", path, found);
};

/** `host:port`, `:port` or `[v6]:port`, as Go's net.SplitHostPort reads it. */
function isHostAndPort(text: string): boolean {
  return /^(?:\[[^[\]]*\]|[^:[\]]*):[^:[\]]*$/.test(text);
}

const downwardAPI: Validate = (source, path, found) => {
  checkFileMode(source, "defaultMode", path, found);
  validateDownwardItems(source, path, found);
};

const fc: Validate = (source, path, found) => {
  const names = listAt(source, "targetWWNs").length;
  const ids = listAt(source, "wwids").length;
  const at = path.child("targetWWNs");
  if (names === 0 && ids === 0) found.push(required("fc-target-missing", at));
  if (names > 0 && ids > 0) found.push(invalid("fc-targets-exclusive", at));
  if (names === 0) return;
  const lun = numberAt(source, "lun");
  if (lun === undefined) found.push(required("field-required", path.child("lun"), { field: "lun" }));
  else checkRange(lun, 0, 255, path.child("lun"), found);
};

const flexVolume: Validate = (source, path, found) => {
  checkRequired(source, "driver", path, found);
  for (const key of Object.keys(objectAt(source, "options") ?? {})) {
    const slash = key.indexOf("/");
    const namespace = `.${(slash < 0 ? key : key.slice(0, slash)).toLowerCase()}`;
    if (namespace.endsWith(".kubernetes.io") || namespace.endsWith(".k8s.io")) {
      found.push(invalid("flex-option-reserved", path.child("options").key(key), { value: key }));
    }
  }
};

const azureDisk: Validate = (source, path, found) => {
  checkRequired(source, "diskName", path, found);
  const uri = checkRequired(source, "diskURI", path, found);
  checkOptionalChoice(source, "cachingMode", ["None", "ReadOnly", "ReadWrite"], path, found);
  checkOptionalChoice(source, "kind", ["Dedicated", "Managed", "Shared"], path, found);
  const kind = source["kind"];
  if (typeof kind !== "string") return;
  const prefix = kind === "Managed" ? "/subscriptions/" : "https://";
  if (!uri.startsWith(prefix)) found.push(notSupported("disk-uri-of-kind", path.child("diskURI"), uri, [`${prefix}…`]));
};

const storageos: Validate = (source, path, found) => {
  checkRequiredFormat("invalid-dns-label", source, "volumeName", path, found);
  checkOptionalFormat("invalid-dns-label", source, "volumeNamespace", path, found);
  checkSecretName(source, path, found);
};

const maxDriver = 63;

const csi: Validate = (source, path, found, { target }) => {
  const driver = checkRequired(source, "driver", path, found);
  const at = path.child("driver");
  if (driver.length > maxDriver) found.push(tooLong("text-too-long", at, { actual: driver.length, limit: maxDriver }));
  // Up to 1.34 a missing name is judged as a name, too.
  const rules = driver === "" && since(target, "1.35") ? [] : dnsSubdomain(driver.toLowerCase());
  if (rules.length > 0) found.push(invalid("invalid-dns-subdomain", at, { value: driver, rules }));
  const reference = objectAt(source, "nodePublishSecretRef");
  if (reference === undefined) return;
  const secretPath = path.child("nodePublishSecretRef");
  const name = checkRequired(reference, "name", secretPath, found);
  if (name !== "") {
    // Reported at a field `name` that the source does not have.
    const spelled = path.silent("nodePublishSecretRef").child("name");
    checkFormat("invalid-dns-subdomain", name, spelled, found);
  }
};

const image: Validate = (source, path, found, { isPod, target }) => {
  if (isPod || since(target, "1.37")) checkRequired(source, "reference", path, found);
  checkChoice(stringAt(source, "pullPolicy"), ["Always", "IfNotPresent", "Never"], path.child("pullPolicy"), found);
};

export const volumeSources: readonly SourceCheck[] = [
  { key: "emptyDir", validate: emptyDir },
  { key: "hostPath", validate: hostPath },
  { key: "gitRepo", validate: gitRepo },
  { key: "gcePersistentDisk", spelling: "persistentDisk", validate: disk("pdName") },
  { key: "awsElasticBlockStore", validate: disk("volumeID") },
  { key: "secret", validate: secret },
  { key: "nfs", validate: nfs },
  { key: "iscsi", validate: validateIscsi },
  { key: "glusterfs", validate: requires("endpoints", "path") },
  { key: "flocker", validate: flocker },
  { key: "persistentVolumeClaim", validate: requires("claimName") },
  { key: "rbd", validate: rbd },
  { key: "cinder", validate: cinder },
  {
    key: "cephfs",
    spellingOfSecond: "cephFS",
    validate: (source, path, found) => checkList(source, "monitors", path, found),
  },
  { key: "quobyte", validate: quobyte },
  { key: "downwardAPI", spellingOfSecond: "downwarAPI", validate: downwardAPI },
  { key: "fc", validate: fc },
  { key: "flexVolume", validate: flexVolume },
  { key: "configMap", validate: configMap },
  { key: "azureFile", validate: requires("secretName", "shareName") },
  { key: "vsphereVolume", validate: requires("volumePath") },
  { key: "photonPersistentDisk", validate: requires("pdID") },
  { key: "portworxVolume", validate: requires("volumeID") },
  { key: "azureDisk", validate: azureDisk },
  { key: "storageos", validate: storageos },
  { key: "projected", validate: validateProjected },
  { key: "scaleIO", validate: requires("gateway", "system", "volumeName") },
  { key: "csi", validate: csi },
  { key: "ephemeral", validate: validateEphemeral },
  { key: "image", validate: image },
];
