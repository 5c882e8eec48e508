/** Where pods may run, and their names and addresses. */
import { along, on, type Table } from "./lay.ts";

const nodes = (terms: string) =>
  `affinity:\n  nodeAffinity:\n    requiredDuringSchedulingIgnoredDuringExecution:\n      nodeSelectorTerms: ${terms}`;
const zone = (operator: string, values: string) =>
  nodes(`[{ matchExpressions: [{ key: topology.kubernetes.io/zone, operator: ${operator}${values} }] }]`);
const preferred = (value: string) =>
  `affinity:\n  nodeAffinity:\n    preferredDuringSchedulingIgnoredDuringExecution:\n      - weight: 1\n        preference: { matchExpressions: [{ key: topology.kubernetes.io/zone, operator: In, values: [${value}] }] }`;
const apart = (fields: string) =>
  `affinity:\n  podAntiAffinity:\n    requiredDuringSchedulingIgnoredDuringExecution:\n      - topologyKey: kubernetes.io/hostname\n        ${fields}`;
const selector = "labelSelector: { matchLabels: { app: web } }";
const twice = "labelSelector: { matchLabels: { app: web }, matchExpressions: [{ key: app, operator: Exists }] }";
const spread = (fields: string) =>
  `  - { maxSkew: 1, topologyKey: topology.kubernetes.io/zone, ${fields}, ${selector} }`;
const spreads = (...list: string[]) => `topologySpreadConstraints:\n${list.join("\n")}`;
const toleration = (fields: string) => `tolerations: [{ ${fields} }]`;
const searches = (count: number, name: string) =>
  `dnsConfig:\n  searches:\n${Array.from({ length: count }, (_, at) => `    - ${name}${at}.example`).join("\n")}`;

export const schedulingExamples: Table = {
  "node-terms-missing": on("pod", nodes("[]"), zone("In", ", values: [zone-a]")),
  "node-field-unknown": on(
    "pod",
    nodes("[{ matchFields: [{ key: metadata.namespace, operator: In, values: [a] }] }]"),
    nodes("[{ matchFields: [{ key: metadata.name, operator: In, values: [a] }] }]"),
  ),
  "selector-operator-invalid": on("pod", zone("Is", ", values: [zone-a]"), zone("In", ", values: [zone-a]")),
  "selector-values-missing": on("pod", zone("In", ""), zone("In", ", values: [zone-a]")),
  "selector-values-not-allowed": on("pod", zone("Exists", ", values: [zone-a]"), zone("Exists", "")),
  "selector-one-value": on("pod", zone("Gt", ', values: ["1", "2"]'), zone("Gt", ', values: ["1"]')),
  "node-value-not-label": on("pod", preferred("zone-a-"), preferred("zone-a")),
  "label-key-in-both": on(
    "pod",
    apart(`${selector}\n        matchLabelKeys: [version]\n        mismatchLabelKeys: [version]`),
    apart(`${selector}\n        matchLabelKeys: [version]`),
  ),
  "label-key-in-selector": on(
    "pod",
    spreads(spread("whenUnsatisfiable: DoNotSchedule, matchLabelKeys: [app]").replace(selector, twice)),
    spreads(spread("whenUnsatisfiable: DoNotSchedule, matchLabelKeys: [version]")),
  ),
  "label-keys-without-selector": along(
    on("pod", apart("matchLabelKeys: [version]"), apart(`${selector}\n        matchLabelKeys: [version]`)),
    "selector-matches-nothing",
  ),
  "selector-matches-nothing": on("pod", apart("namespaces: [shop]"), apart(selector)),
  "duplicate-spread": on(
    "pod",
    spreads(spread("whenUnsatisfiable: DoNotSchedule"), spread("whenUnsatisfiable: DoNotSchedule")),
    spreads(spread("whenUnsatisfiable: DoNotSchedule")),
  ),
  "min-domains-action": on(
    "pod",
    spreads(spread("whenUnsatisfiable: ScheduleAnyway, minDomains: 2")),
    spreads(spread("whenUnsatisfiable: DoNotSchedule, minDomains: 2")),
  ),
  "toleration-without-key": on(
    "pod",
    toleration("effect: NoSchedule, value: batch"),
    toleration("operator: Exists, effect: NoSchedule"),
  ),
  "toleration-seconds-effect": on(
    "pod",
    toleration("key: pool, operator: Exists, effect: NoSchedule, tolerationSeconds: 60"),
    toleration("key: pool, operator: Exists, effect: NoExecute, tolerationSeconds: 60"),
  ),
  "toleration-value-with-exists": on(
    "pod",
    toleration("key: pool, operator: Exists, value: batch"),
    toleration("key: pool, operator: Equal, value: batch"),
  ),
  "duplicate-scheduling-gate": on(
    "pod",
    "schedulingGates: [{ name: example.com/quota }, { name: example.com/quota }]",
    "schedulingGates: [{ name: example.com/quota }]",
  ),
  "node-name-with-gates": on(
    "pod",
    "schedulingGates: [{ name: example.com/quota }]\nnodeName: worker-1",
    "schedulingGates: [{ name: example.com/quota }]",
  ),
  "deprecated-node-label": on(
    "pod",
    "nodeSelector: { beta.kubernetes.io/arch: amd64 }",
    "nodeSelector: { kubernetes.io/arch: amd64 }",
  ),
  "dns-config-missing": on("pod", "dnsPolicy: None", "dnsPolicy: None\ndnsConfig: { nameservers: [192.0.2.1] }"),
  "nameserver-missing": on(
    "pod",
    "dnsPolicy: None\ndnsConfig: { searches: [shop.example] }",
    "dnsPolicy: None\ndnsConfig: { nameservers: [192.0.2.1], searches: [shop.example] }",
  ),
  "too-many-nameservers": on(
    "pod",
    "dnsConfig: { nameservers: [192.0.2.1, 192.0.2.2, 192.0.2.3, 192.0.2.4] }",
    "dnsConfig: { nameservers: [192.0.2.1, 192.0.2.2, 192.0.2.3] }",
  ),
  "too-many-searches": on("pod", searches(33, "d"), searches(2, "d")),
  "searches-too-long": {
    ...on("pod", "dnsConfig: { searches: [shop.example, …] }", searches(2, "d")),
    long: ["department-of-many-things.division-of-almost-everything-else.shop.example, ", 30],
  },
  "hostname-override-with": on(
    "pod",
    "hostnameOverride: web.example\nhostNetwork: true",
    "hostnameOverride: web.example",
  ),
  "duplicate-host-alias": on(
    "pod",
    "hostAliases: [{ ip: 192.0.2.1, hostnames: [a] }, { ip: 192.0.2.1, hostnames: [b] }]",
    "hostAliases: [{ ip: 192.0.2.1, hostnames: [a, b] }]",
  ),
  "ipv6-not-canonical": on(
    "pod",
    'hostAliases: [{ ip: "2001:DB8::0:1", hostnames: [a] }]',
    'hostAliases: [{ ip: "2001:db8::1", hostnames: [a] }]',
  ),
};
