/** Volumes, what containers do with them, and claims. */
import { along, on, type Table } from "./lay.ts";

const use = (volume: string, container: string, podFields = "") =>
  `${podFields}volumes: [{ name: data, ${volume} }]\ncontainers:\n  - name: web\n    image: nginx:1.29\n    ${container}`;
const scratch = (mount: string) => use("emptyDir: {}", `volumeMounts: [{ name: data, mountPath: /data, ${mount} }]`);
const twice = (second: string, mounts: string) =>
  `volumes: [{ name: data, emptyDir: {} }, ${second}]\ncontainers:\n  - name: web\n    image: nginx:1.29\n    volumeMounts: [${mounts}]`;
const raw = "persistentVolumeClaim: { claimName: raw }";
const devices = (list: string, more = "") => use(raw, `volumeDevices: [${list}]${more}`);
const disk = "{ name: data, devicePath: /dev/data }";
const projected = (sources: string) => `projected:\n  sources:\n    - ${sources}`;
const bundle = (fields: string) => projected(`clusterTrustBundle: { path: ca.pem, ${fields} }`);
const keyFile = "keyPath: key.pem";
const certificate = (signer: string, fields = keyFile) =>
  projected(`podCertificate: { signerName: ${signer}, keyType: ED25519${fields === "" ? "" : `, ${fields}`} }`);
const secret = (name: string, path: string) => `secret: { name: ${name}, items: [{ key: k, path: ${path} }] }`;
const fileKey = (volume: string) =>
  use(
    volume,
    "env:\n      - name: MODE\n        valueFrom: { fileKeyRef: { volumeName: data, path: env, key: MODE } }",
  );
const iscsi = (fields: string) => `iscsi: { targetPortal: "10.0.0.1:3260", lun: 0, ${fields} }`;
const target = "iqn: iqn.2026-01.example:disk";
const mode = "accessModes: [ReadWriteOnce]";
const ephemeral = (template: string) => `ephemeral:\n  volumeClaimTemplate:\n    ${template}`;
const scratchClaim = ephemeral(`spec: { ${mode}, resources: { requests: { storage: 1Gi } } }`);
const reference = (name: string, more = "") => `{ kind: PersistentVolumeClaim, name: ${name}${more} }`;

export const volumeExamples: Table = {
  "ephemeral-claim-name": {
    bad: withScratch("a-long-name…"),
    good: withScratch("web"),
    long: ["a", 240],
    also: ["pod-name-not-label", "volume-not-found"],
  },
  "trust-bundle-twice": on("volume", bundle("name: ca, signerName: example.com/serving"), bundle("name: ca")),
  "trust-bundle-missing": on("volume", bundle("optional: true"), bundle("name: ca")),
  "trust-bundle-selector": on("volume", bundle("name: ca, labelSelector: {}"), bundle("name: ca")),
  "trust-bundle-name": on("volume", bundle("name: example.com/serving:ca"), bundle("name: example.com:serving:ca")),
  "signer-name": on("volume", certificate("serving"), certificate("example.com/serving")),
  "certificate-path-missing": on("volume", certificate("example.com/serving", ""), certificate("example.com/serving")),
  "annotation-without-domain": on(
    "volume",
    certificate("example.com/serving", `${keyFile}, userAnnotations: { crew: deck }`),
    certificate("example.com/serving", `${keyFile}, userAnnotations: { example.com/crew: deck }`),
  ),
  "volume-not-found": on("container", "volumeMounts: [{ name: data, mountPath: /data }]"),
  "volume-not-empty-dir": on("pod", fileKey("configMap: { name: web }"), fileKey("emptyDir: {}")),
  "duplicate-volume": on(
    "pod",
    twice("{ name: data, configMap: { name: web } }", "{ name: data, mountPath: /data }"),
    twice(
      "{ name: config, configMap: { name: web } }",
      "{ name: data, mountPath: /data }, { name: config, mountPath: /etc/web }",
    ),
  ),
  "second-volume-source": on("volume", "emptyDir: {}\nconfigMap: { name: web }", "configMap: { name: web }"),
  "duplicate-mount-path": on(
    "pod",
    twice(
      "{ name: config, configMap: { name: web } }",
      "{ name: data, mountPath: /data }, { name: config, mountPath: /data }",
    ),
    twice(
      "{ name: config, configMap: { name: web } }",
      "{ name: data, mountPath: /data }, { name: config, mountPath: /etc/web }",
    ),
  ),
  "sub-paths-exclusive": on("pod", scratch("subPath: a, subPathExpr: b"), scratch("subPath: a")),
  "bidirectional-needs-privileged": on(
    "pod",
    scratch("mountPropagation: Bidirectional"),
    `${scratch("mountPropagation: Bidirectional")}\n    securityContext: { privileged: true }`,
  ),
  "recursive-needs-read-only": on(
    "pod",
    scratch("recursiveReadOnly: Enabled"),
    scratch("readOnly: true, recursiveReadOnly: Enabled"),
  ),
  "recursive-with-propagation": on(
    "pod",
    scratch("readOnly: true, recursiveReadOnly: Enabled, mountPropagation: HostToContainer"),
    scratch("readOnly: true, recursiveReadOnly: Enabled, mountPropagation: None"),
  ),
  "duplicate-device": on("pod", devices(`${disk}, { name: data, devicePath: /dev/other }`), devices(disk)),
  "duplicate-device-path": on(
    "pod",
    `volumes: [{ name: data, ${raw} }, { name: log, persistentVolumeClaim: { claimName: log } }]\ncontainers:\n  - name: web\n    image: nginx:1.29\n    volumeDevices: [${disk}, { name: log, devicePath: /dev/data }]`,
    `volumes: [{ name: data, ${raw} }, { name: log, persistentVolumeClaim: { claimName: log } }]\ncontainers:\n  - name: web\n    image: nginx:1.29\n    volumeDevices: [${disk}, { name: log, devicePath: /dev/log }]`,
  ),
  "device-needs-claim": on("pod", use("emptyDir: {}", `volumeDevices: [${disk}]`), devices(disk)),
  "devices-with-user-namespace": on("pod", use(raw, `volumeDevices: [${disk}]`, "hostUsers: false\n"), devices(disk)),
  "volume-mounted-and-device": on(
    "pod",
    devices(disk, "\n    volumeMounts: [{ name: data, mountPath: /data }]"),
    devices(disk),
  ),
  "path-mounted-and-device": on(
    "pod",
    `volumes: [{ name: data, ${raw} }, { name: log, emptyDir: {} }]\ncontainers:\n  - name: web\n    image: nginx:1.29\n    volumeDevices: [${disk}]\n    volumeMounts: [{ name: log, mountPath: /dev/data }]`,
    `volumes: [{ name: data, ${raw} }, { name: log, emptyDir: {} }]\ncontainers:\n  - name: web\n    image: nginx:1.29\n    volumeDevices: [${disk}]\n    volumeMounts: [{ name: log, mountPath: /var/log }]`,
  ),
  "size-limit-negative": on("volume", "emptyDir: { sizeLimit: -1Gi }", "emptyDir: { sizeLimit: 1Gi }"),
  "projected-path-conflict": along(
    on(
      "volume",
      projected(`${secret("a", "same")}\n    - ${secret("b", "same")}`),
      projected(`${secret("a", "one")}\n    - ${secret("b", "other")}`),
    ),
    "volume-paths-overlap",
  ),
  "second-projection": on(
    "volume",
    projected("{ secret: { name: a }, configMap: { name: b } }"),
    projected("secret: { name: a }\n    - configMap: { name: b }"),
  ),
  "projection-without-source": on("mountedVolume", projected("{}"), projected("secret: { name: a }")),
  "volume-paths-overlap": on(
    "mountedVolume",
    "downwardAPI:\n  items:\n    - { path: a, fieldRef: { fieldPath: metadata.labels } }\n    - { path: a, fieldRef: { fieldPath: metadata.name } }",
    "downwardAPI:\n  items:\n    - { path: a, fieldRef: { fieldPath: metadata.labels } }\n    - { path: b, fieldRef: { fieldPath: metadata.name } }",
  ),
  "iscsi-name-format": on("volume", iscsi("iqn: iqn.example"), iscsi(target)),
  "iscsi-name-prefix": on("volume", iscsi("iqn: disk"), iscsi(target)),
  "iscsi-name-too-long": on(
    "volume",
    iscsi(`initiatorName: iqn.2026-01.example:web, ${target}`).replace("10.0.0.1", `${"storage-".repeat(8)}a`),
    iscsi(target),
  ),
  "fc-target-missing": on("volume", "fc: {}", "fc: { targetWWNs: [500a0982991b8dc5], lun: 2 }"),
  "fc-targets-exclusive": on(
    "volume",
    'fc: { targetWWNs: [500a0982991b8dc5], lun: 2, wwids: ["3600508b400105e21"] }',
    "fc: { targetWWNs: [500a0982991b8dc5], lun: 2 }",
  ),
  "dataset-missing": along(on("volume", "flocker: {}", "flocker: { datasetName: web }"), "deprecated-volume"),
  "datasets-exclusive": along(
    on("volume", "flocker: { datasetName: web, datasetUUID: a1b2 }", "flocker: { datasetName: web }"),
    "deprecated-volume",
  ),
  "flex-option-reserved": on(
    "volume",
    "flexVolume: { driver: example.com/disk, options: { kubernetes.io/size: big } }",
    "flexVolume: { driver: example.com/disk, options: { size: big } }",
  ),
  "disk-uri-of-kind": on(
    "volume",
    "azureDisk: { diskName: web, diskURI: web.vhd, kind: Managed }",
    "azureDisk: { diskName: web, diskURI: /subscriptions/web, kind: Managed }",
  ),
  "registry-host-port": along(
    on(
      "volume",
      "quobyte: { registry: registry.example, volume: web }",
      'quobyte: { registry: "registry.example:7861", volume: web }',
    ),
    "deprecated-volume",
  ),
  "tenant-too-long": along(
    on(
      "volume",
      `quobyte: { registry: "registry.example:7861", volume: web, tenant: ${"tenant-".repeat(10)} }`,
      'quobyte: { registry: "registry.example:7861", volume: web, tenant: shop }',
    ),
    "deprecated-volume",
  ),
  "deprecated-volume": on("mountedVolume", "flocker: { datasetName: web }", "emptyDir: {}"),
  "claim-of-ephemeral-volume": on("pod", besideScratch("web-data"), besideScratch("log")),
  "template-metadata-not-allowed": on(
    "volume",
    ephemeral(`metadata: { name: scratch }\n    spec: { ${mode}, resources: { requests: { storage: 1Gi } } }`),
    ephemeral(`metadata: { labels: { app: web } }\n    spec: { ${mode}, resources: { requests: { storage: 1Gi } } }`),
  ),
  "access-modes-missing": on("claim", "accessModes: []"),
  "read-write-once-pod-alone": on(
    "claim",
    "accessModes: [ReadWriteOncePod, ReadWriteOnce]",
    "accessModes: [ReadWriteOncePod]",
  ),
  "storage-request-missing": on("claim", "resources: {}"),
  "data-source-kind": on("claim", "dataSourceRef: { kind: Snapshot, name: a }", `dataSourceRef: ${reference("a")}`),
  "data-sources-differ": on(
    "claim",
    `dataSource: ${reference("a")}\ndataSourceRef: ${reference("b")}`,
    `dataSourceRef: ${reference("b")}`,
  ),
  "fractional-bytes": on(
    "claim",
    'resources: { requests: { storage: "1.5" } }',
    "resources: { requests: { storage: 1.5Gi } }",
  ),
};

/** A Pod of the name with an ephemeral volume. */
function withScratch(name: string): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
spec:
  containers:
    - name: web
      image: nginx:1.29
      volumeMounts: [{ name: scratch, mountPath: /scratch }]
  volumes:
    - name: scratch
      ${scratchClaim.replaceAll("\n", "\n      ")}
`;
}

/** An ephemeral volume beside a claim of the name. */
function besideScratch(claim: string): string {
  return `volumes:
  - name: data
    ${scratchClaim.replaceAll("\n", "\n    ")}
  - { name: log, persistentVolumeClaim: { claimName: ${claim} } }
containers:
  - name: web
    image: nginx:1.29
    volumeMounts: [{ name: data, mountPath: /data }, { name: log, mountPath: /log }]`;
}
