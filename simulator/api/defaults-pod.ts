/** Defaults of pod templates and pods. Models pkg/apis/core/v1/defaults.go. Works in place on freshly decoded values. */
import type { Json } from "./objects.ts";
import { formatQuantity, parseQuantity, roundUp } from "./quantity.ts";

/** A decoded value that may still be changed. */
export type Draft = { [key: string]: Json };

export function draftAt(value: Draft | undefined, key: string): Draft | undefined {
  const found = value?.[key];
  return typeof found === "object" && found !== null && !Array.isArray(found) ? (found as Draft) : undefined;
}
export function draftsAt(value: Draft | undefined, key: string): Draft[] {
  const found = value?.[key];
  return Array.isArray(found) ? (found as Draft[]) : [];
}
/** The struct at a key, made when absent. */
export function ensure(value: Draft, key: string): Draft {
  const found = draftAt(value, key);
  if (found) return found;
  const made: Draft = {};
  value[key] = made;
  return made;
}
export function fill(value: Draft | undefined, key: string, fallback: Json): void {
  if (value && (value[key] === undefined || value[key] === "")) value[key] = fallback;
}
/** A list that the server writes even when it is empty: as null. */
export function nullWhenEmpty(value: Draft | undefined, key: string): void {
  if (value && draftsAt(value, key).length === 0) value[key] = null;
}
function fillZero(value: Draft, key: string, fallback: number): void {
  if (value[key] === undefined || value[key] === 0) value[key] = fallback;
}

/** Fills in what a pod spec leaves out; `isPod`: a Pod itself gets more than a template. */
export function defaultPodSpec(spec: Draft, isPod: boolean): void {
  fill(spec, "dnsPolicy", "ClusterFirst");
  fill(spec, "restartPolicy", "Always");
  fill(spec, "terminationGracePeriodSeconds", 30);
  ensure(spec, "securityContext");
  fill(spec, "schedulerName", "default-scheduler");
  if (spec["serviceAccount"] !== undefined) fill(spec, "serviceAccountName", spec["serviceAccount"]);
  if (spec["serviceAccountName"] !== undefined) spec["serviceAccount"] = spec["serviceAccountName"];
  roundToMilli(draftAt(spec, "resources"));
  roundToMilli(spec, "overhead");
  if (isPod && spec["enableServiceLinks"] === undefined) spec["enableServiceLinks"] = true;
  for (const volume of draftsAt(spec, "volumes")) defaultVolume(volume);
  for (const list of ["initContainers", "containers", "ephemeralContainers"]) {
    for (const container of draftsAt(spec, list)) {
      defaultContainer(container);
      if (!isPod || list === "ephemeralContainers") continue;
      requestsFromLimits(draftAt(container, "resources"));
      if (spec["hostNetwork"] !== true) continue;
      for (const port of draftsAt(container, "ports")) fillZero(port, "hostPort", Number(port["containerPort"] ?? 0));
    }
  }
}

function requestsFromLimits(resources: Draft | undefined): void {
  const limits = draftAt(resources, "limits");
  if (!resources || !limits) return;
  const requests = ensure(resources, "requests");
  for (const [name, value] of Object.entries(limits)) if (requests[name] === undefined) requests[name] = value;
}

/** Amounts finer than a thousandth are rounded up to one. */
function roundToMilli(resources: Draft | undefined, ...lists: readonly string[]): void {
  for (const list of lists.length > 0 ? lists : ["limits", "requests"]) {
    const amounts = draftAt(resources, list);
    for (const [name, value] of Object.entries(amounts ?? {})) {
      const parsed = parseQuantity(String(value));
      if (!amounts || !parsed.ok || parsed.quantity.nanos % 1_000_000n === 0n) continue;
      const { nanos, format } = parsed.quantity;
      amounts[name] = formatQuantity({ nanos: roundUp(nanos, 3) * 1_000_000n, format });
    }
  }
}

function defaultContainer(container: Draft): void {
  const image = String(container["image"] ?? "");
  fill(container, "imagePullPolicy", isLatest(image) ? "Always" : "IfNotPresent");
  fill(container, "terminationMessagePath", "/dev/termination-log");
  fill(container, "terminationMessagePolicy", "File");
  roundToMilli(draftAt(container, "resources"));
  for (const port of draftsAt(container, "ports")) fill(port, "protocol", "TCP");
  for (const env of draftsAt(container, "env")) {
    const source = draftAt(env, "valueFrom");
    fill(draftAt(source, "fieldRef"), "apiVersion", "v1");
    fill(draftAt(source, "resourceFieldRef"), "divisor", "0");
    fill(draftAt(source, "fileKeyRef"), "optional", false);
  }
  for (const name of ["livenessProbe", "readinessProbe", "startupProbe"]) {
    const probe = draftAt(container, name);
    if (!probe) continue;
    fillZero(probe, "timeoutSeconds", 1);
    fillZero(probe, "periodSeconds", 10);
    fillZero(probe, "successThreshold", 1);
    fillZero(probe, "failureThreshold", 3);
    defaultHandler(probe);
    fill(draftAt(probe, "grpc"), "service", "");
  }
  const lifecycle = draftAt(container, "lifecycle");
  for (const name of ["postStart", "preStop"]) defaultHandler(draftAt(lifecycle, name));
}

function defaultHandler(handler: Draft | undefined): void {
  const get = draftAt(handler, "httpGet");
  fill(get, "path", "/");
  fill(get, "scheme", "HTTP");
}

const word = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const host = "(?:[a-zA-Z0-9]+(?:[.-]+[a-zA-Z0-9]+)*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?";
const reference = new RegExp(
  `^(?:${host}/)?${word}(?:/${word})*(?::(\\w[\\w.-]{0,127}))?(?:@([A-Za-z0-9+._-]+:[0-9a-fA-F]{32,}))?$`,
);

/** Digests of the known algorithms have as many digits as these make; an image with another one is no reference. */
const digest = /^(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})$/;

/** Whether an image is pulled always by default: tag `latest`, written or implied. A digest alone pins it. */
export function isLatest(image: string): boolean {
  const match = reference.exec(image);
  // A text that is no reference has no tag at all; nor has one that looks like the number of an image.
  if (match === null || /^[a-f0-9]{64}$/.test(image)) return false;
  const [, tag, pinned] = match;
  if (pinned !== undefined && !digest.test(pinned)) return false;
  return tag === "latest" || (tag === undefined && pinned === undefined);
}

function defaultVolume(volume: Draft): void {
  if (Object.keys(volume).every((key) => key === "name")) volume["emptyDir"] = {};
  for (const source of ["secret", "configMap", "downwardAPI", "projected"]) {
    const found = draftAt(volume, source);
    if (found && found["defaultMode"] === undefined) found["defaultMode"] = 420;
  }
  defaultDownwardItems(draftAt(volume, "downwardAPI"));
  nullWhenEmpty(draftAt(volume, "projected"), "sources");
  for (const source of draftsAt(draftAt(volume, "projected"), "sources")) {
    const token = draftAt(source, "serviceAccountToken");
    if (token && token["expirationSeconds"] === undefined) token["expirationSeconds"] = 3600;
    defaultDownwardItems(draftAt(source, "downwardAPI"));
  }
  defaultVolumeSource(volume);
  const image = draftAt(volume, "image");
  fill(image, "pullPolicy", isLatest(String(image?.["reference"] ?? "")) ? "Always" : "IfNotPresent");
  const claim = draftAt(draftAt(volume, "ephemeral"), "volumeClaimTemplate");
  if (claim) defaultClaimSpec(ensure(claim, "spec"), false);
}

/** Defaults of the sources that Pods and PersistentVolumes have in common. */
export function defaultVolumeSource(volume: Draft): void {
  const hostPath = draftAt(volume, "hostPath");
  if (hostPath && hostPath["type"] === undefined) hostPath["type"] = "";
  fill(draftAt(volume, "iscsi"), "iscsiInterface", "default");
  const rbd = draftAt(volume, "rbd");
  fill(rbd, "pool", "rbd");
  fill(rbd, "user", "admin");
  fill(rbd, "keyring", "/etc/ceph/keyring");
  const disk = draftAt(volume, "azureDisk");
  for (const [key, value] of Object.entries({
    cachingMode: "ReadWrite",
    kind: "Shared",
    fsType: "ext4",
    readOnly: false,
  })) {
    if (disk && disk[key] === undefined) disk[key] = value;
  }
  const scaleIO = draftAt(volume, "scaleIO");
  fill(scaleIO, "storageMode", "ThinProvisioned");
  fill(scaleIO, "fsType", "xfs");
  // Written even when there is none.
  fill(scaleIO, "secretRef", null);
}

function defaultDownwardItems(source: Draft | undefined): void {
  for (const item of draftsAt(source, "items")) {
    fill(draftAt(item, "fieldRef"), "apiVersion", "v1");
    fill(draftAt(item, "resourceFieldRef"), "divisor", "0");
  }
}

/** Defaults of a claim; a claim itself (not a template of one) loses data sources that are neither claim nor snapshot. */
export function defaultClaimSpec(spec: Draft, isClaim: boolean): void {
  if (spec["volumeMode"] === undefined) spec["volumeMode"] = "Filesystem";
  // The group of a reference is written even when there is none.
  for (const key of ["dataSource", "dataSourceRef"]) {
    const reference = draftAt(spec, key);
    if (reference && reference["apiGroup"] === undefined) reference["apiGroup"] = null;
  }
  roundToMilli(draftAt(spec, "resources"));
  if (!isClaim) return;
  // A reference into another namespace is behind a gate; without one, only old sorts of sources are kept.
  const namespace = draftAt(spec, "dataSourceRef")?.["namespace"];
  if (namespace !== undefined && namespace !== "") delete spec["dataSourceRef"];
  const reference = draftAt(spec, "dataSourceRef");
  const source = draftAt(spec, "dataSource");
  if (source && !reference && !isKnownSource(source)) delete spec["dataSource"];
  else if (source && !reference) spec["dataSourceRef"] = { ...source };
  else if (reference && !source) {
    const { namespace: _namespace, ...same } = reference;
    spec["dataSource"] = same;
  }
}

function isKnownSource(source: Draft): boolean {
  const group = source["apiGroup"] ?? "";
  return (
    (source["kind"] === "PersistentVolumeClaim" && group === "") ||
    (source["kind"] === "VolumeSnapshot" && group === "snapshot.storage.k8s.io")
  );
}
