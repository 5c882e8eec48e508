/** What only a change makes wrong: what is applied already, a change that is refused and one that is not. */
import { along, change, type Table } from "./lay.ts";

const gated = "schedulingGates: [{ name: example.com/quota }]\n";
const zone = (values: string) =>
  `${gated}affinity:\n  nodeAffinity:\n    requiredDuringSchedulingIgnoredDuringExecution:\n      nodeSelectorTerms:\n        - matchExpressions:\n            - { key: zone, operator: In, values: [${values}] }`;
const pool = "nodeSelector: { pool: batch }";
const mirror = (hash: string) => `apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations: { kubernetes.io/config.mirror: ${hash} }
spec:
  nodeName: worker-1
  containers:
    - name: web
      image: nginx:1.29
`;
const bound = (storage: string) => `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
spec:
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: ${storage} } }
`;
const selector = (label: string) =>
  `selector:\n  matchLabels: { ${label} }\ntemplate:\n  metadata:\n    labels: { ${label} }\n  spec:\n    containers:\n      - name: web\n        image: nginx:1.29`;

export const changeExamples: Table = {
  immutable: change("deployment", "", selector("app: shop"), "replicas: 3"),
  "immutable-part": change(
    "job",
    "",
    "template:\n  metadata:\n    labels: { app: load }\n  spec:\n    restartPolicy: Never\n    containers:\n      - name: load\n        image: perl:5.43",
    "backoffLimit: 3",
  ),
  "immutable-fields": change(
    "pod",
    "",
    'containers: [{ name: web, image: "nginx:1.29", workingDir: /srv }]',
    'containers: [{ name: web, image: "nginx:1.30" }]',
  ),
  "annotation-immutable": { old: mirror("a1b2"), bad: mirror("c3d4"), good: mirror("a1b2") },
  "claim-shrinks": { old: bound("5Gi"), bad: bound("1Gi"), good: bound("9Gi") },
  "containers-changed": change(
    "pod",
    "",
    'containers:\n  - { name: web, image: "nginx:1.29" }\n  - { name: side, image: "envoy:1.36" }',
    'containers: [{ name: web, image: "nginx:1.30" }]',
  ),
  "deadline-extended": change(
    "pod",
    "activeDeadlineSeconds: 600",
    "activeDeadlineSeconds: 900",
    "activeDeadlineSeconds: 300",
  ),
  "gate-added": change(
    "pod",
    gated.trimEnd(),
    "schedulingGates: [{ name: example.com/quota }, { name: example.com/image }]",
    "schedulingGates: []",
  ),
  "ip-family-policy-not-single": change(
    "service",
    'ipFamilyPolicy: PreferDualStack\nclusterIP: 10.0.0.7\nclusterIPs: [10.0.0.7, "2001:db8::7"]',
    "ipFamilyPolicy: PreferDualStack\nclusterIP: 10.0.0.7\nclusterIPs: [10.0.0.7]",
    "ipFamilyPolicy: SingleStack\nclusterIP: 10.0.0.7\nclusterIPs: [10.0.0.7]",
  ),
  "node-affinity-widened": change(
    "pod",
    zone("a"),
    zone("a, b"),
    `${zone("a")}\n            - { key: pool, operator: Exists }`,
  ),
  "node-selector-widened": change(
    "pod",
    gated + pool,
    `${gated}nodeSelector: { pool: web }`,
    `${gated}nodeSelector: { pool: batch, disk: fast }`,
  ),
  "toleration-removed": change(
    "pod",
    "tolerations: [{ key: pool, operator: Exists }]",
    "tolerations: [{ key: gpu, operator: Exists }]",
    "tolerations: [{ key: pool, operator: Exists }, { key: gpu, operator: Exists }]",
  ),
  "text-dropped": change(
    "service",
    "type: NodePort\nports: [{ port: 80, nodePort: 30080 }]",
    "type: ClusterIP\nports: [{ port: 80, nodePort: 30080 }]",
    "type: ClusterIP\nports: [{ port: 80 }]",
  ),
  "text-overridden": along(
    change("service", "clusterIP: None", 'clusterIP: ""', "clusterIP: None"),
    "kept-from-before",
  ),
  "kept-from-before": change("job", "", "parallelism: 2", "parallelism: 2\ncompletions: 1"),
  "zone-in-schedule": change(
    "cronJob",
    'schedule: "TZ=UTC 0 6 * * *"',
    'schedule: "TZ=UTC 0 6 * * *"\nsuspend: true',
    'schedule: "0 6 * * *"\ntimeZone: Etc/UTC',
  ),
};
