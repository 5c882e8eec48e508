/** Names, labels, owners, annotations and the formats of texts. */
import { along, on, type Table } from "./lay.ts";

const owner = (kind: string, name: string, more = "") =>
  `  - { apiVersion: v1, kind: ${kind}, name: ${name}, uid: 5c2f0f54-8a5c-4f3f-9a4e-1f8f3a2f9b10${more} }`;
const owners = (...lines: string[]) => `ownerReferences:\n${lines.join("\n")}`;
const annotation = (key: string, value: string) => `annotations:\n  ${key}: ${value}`;
const appArmor = "container.apparmor.security.beta.kubernetes.io/web";

export const metadataExamples: Table = {
  "name-missing": on("metadata", 'name: ""'),
  "finalizer-not-qualified": on("metadata", "finalizers: [cleanup]", "finalizers: [example.com/cleanup]"),
  "finalizers-exclusive": on("metadata", "finalizers: [orphan, foregroundDeletion]", "finalizers: [orphan]"),
  "owner-field-missing": on(
    "metadata",
    owners("  - { apiVersion: v1, name: base, uid: 5c2f0f54-8a5c-4f3f-9a4e-1f8f3a2f9b10 }"),
    owners(owner("ConfigMap", "base")),
  ),
  "owner-not-allowed": on("metadata", owners(owner("Event", "base")), owners(owner("ConfigMap", "base"))),
  "owner-second-controller": on(
    "metadata",
    owners(owner("ConfigMap", "a", ", controller: true"), owner("ConfigMap", "b", ", controller: true")),
    owners(owner("ConfigMap", "a", ", controller: true"), owner("ConfigMap", "b")),
  ),
  "owner-version-missing": on(
    "metadata",
    owners("  - { apiVersion: apps/v1/beta, kind: ConfigMap, name: base, uid: 5c2f0f54-8a5c-4f3f-9a4e-1f8f3a2f9b10 }"),
    owners(owner("ConfigMap", "base")),
  ),
  "invalid-time": on("metadata", 'creationTimestamp: "2031-13-45"', 'creationTimestamp: "2031-04-01T12:00:00Z"'),
  "annotation-container-missing": on(
    "metadata",
    annotation("container.apparmor.security.beta.kubernetes.io/app", "runtime/default"),
  ),
  "apparmor-annotation-invalid": along(on("metadata", annotation(appArmor, "strict")), "annotation-replaced"),
  "annotation-replaced": on("metadata", annotation(appArmor, "unconfined")),
  "seccomp-annotation-invalid": along(
    on("metadata", annotation("seccomp.security.alpha.kubernetes.io/pod", "strict")),
    "annotation-replaced",
  ),
  "deletion-cost-invalid": on(
    "metadata",
    annotation("controller.kubernetes.io/pod-deletion-cost", '"1.5"'),
    annotation("controller.kubernetes.io/pod-deletion-cost", '"100"'),
  ),
  "mirror-without-node": on("metadata", annotation("kubernetes.io/config.mirror", "a1b2")),
  "tolerations-annotation-unreadable": on("metadata", annotation("scheduler.alpha.kubernetes.io/tolerations", "'[{'")),
  "pod-name-not-label": on("metadata", "name: web.v2", "name: web-v2"),
  "invalid-label-value": on("metadata", 'labels: { team: "shop & co" }', "labels: { team: shop-and-co }"),
  "invalid-qualified-name": on("metadata", "labels: { example.com/a/b: x }", "labels: { example.com/a-b: x }"),
  "invalid-dns-subdomain": on("pod", "serviceAccountName: Web_1", "serviceAccountName: web-1"),
  "invalid-dns-label": on("metadata", "namespace: team.shop", "namespace: team-shop"),
  "invalid-environment-name": on("container", 'env: [{ name: "A=B", value: x }]', "env: [{ name: A_B, value: x }]"),
  "invalid-config-key": on(
    "container",
    "env:\n  - name: MODE\n    valueFrom: { configMapKeyRef: { name: web, key: a/b } }",
    "env:\n  - name: MODE\n    valueFrom: { configMapKeyRef: { name: web, key: a.b } }",
  ),
  "invalid-http-header-name": on(
    "container",
    'livenessProbe:\n  httpGet: { port: 80, httpHeaders: [{ name: "X Probe", value: a }] }',
    "livenessProbe:\n  httpGet: { port: 80, httpHeaders: [{ name: X-Probe, value: a }] }",
  ),
  "invalid-port-name": on(
    "container",
    "ports: [{ name: Web_1, containerPort: 80 }]",
    "ports: [{ name: web-1, containerPort: 80 }]",
  ),
  "invalid-ip-address": on(
    "pod",
    "hostAliases: [{ ip: 10.0.0.300, hostnames: [db] }]",
    "hostAliases: [{ ip: 10.0.0.30, hostnames: [db] }]",
  ),
  "invalid-cidr": on(
    "service",
    "type: LoadBalancer\nloadBalancerSourceRanges: [198.51.100.0]",
    "type: LoadBalancer\nloadBalancerSourceRanges: [198.51.100.0/24]",
  ),
  "invalid-dns-search-domain": on("pod", 'dnsConfig: { searches: ["a b"] }', "dnsConfig: { searches: [a.example] }"),
};
