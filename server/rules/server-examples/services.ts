/** Services. */
import { along, on, type Table } from "./lay.ts";

const ports = (...list: string[]) => `ports:\n${list.map((port) => `  - { ${port} }`).join("\n")}`;
const http = "name: http, port: 80";
const alias = "type: ExternalName\nexternalName: shop.example\nselector: null\nports: null";
const mode = "service.kubernetes.io/topology-mode";
const hints = "service.kubernetes.io/topology-aware-hints";

export const serviceExamples: Table = {
  "service-ports-missing": on("service", "ports: []"),
  "service-port-name-missing": on(
    "service",
    ports("port: 80", "name: admin, port: 81"),
    ports(http, "name: admin, port: 81"),
  ),
  "service-port-name-repeated": on(
    "service",
    ports(http, "name: http, port: 81"),
    ports(http, "name: admin, port: 81"),
  ),
  "service-port-repeated": on("service", ports(http, "name: admin, port: 80"), ports(http, "name: admin, port: 81")),
  "node-port-not-allowed": on(
    "service",
    ports(`${http}, nodePort: 30080`),
    `type: NodePort\n${ports(`${http}, nodePort: 30080`)}`,
  ),
  "node-port-taken": on(
    "service",
    `type: NodePort\n${ports(`${http}, nodePort: 30080`, "name: admin, port: 81, nodePort: 30080")}`,
    `type: NodePort\n${ports(`${http}, nodePort: 30080`, "name: admin, port: 81, nodePort: 30081")}`,
  ),
  "node-port-repeated": along(
    on(
      "service",
      ports(`${http}, nodePort: 30080`, "name: admin, port: 81, nodePort: 30080"),
      `type: NodePort
${ports(`${http}, nodePort: 30080`, "name: admin, port: 81, nodePort: 30081")}`,
    ),
    "node-port-not-allowed",
  ),
  "cluster-ip-other-family": on(
    "service",
    "clusterIP: 10.0.0.7\nipFamilies: [IPv6]",
    "clusterIP: 10.0.0.7\nipFamilies: [IPv4]",
  ),
  "ip-family-policy-single": on(
    "service",
    "ipFamilies: [IPv4, IPv6]",
    "ipFamilyPolicy: PreferDualStack\nipFamilies: [IPv4, IPv6]",
  ),
  "cluster-ips-first-differs": on(
    "service",
    "clusterIP: 10.0.0.7\nclusterIPs: [10.0.0.8]",
    "clusterIP: 10.0.0.7\nclusterIPs: [10.0.0.7]",
  ),
  "cluster-ips-none-alone": on(
    "service",
    "clusterIP: None\nclusterIPs: [None, 10.0.0.7]",
    "clusterIP: None\nclusterIPs: [None]",
  ),
  "cluster-ips-same-family": on(
    "service",
    "clusterIP: 10.0.0.7\nclusterIPs: [10.0.0.7, 10.0.0.8]\nipFamilyPolicy: PreferDualStack",
    'clusterIP: 10.0.0.7\nclusterIPs: [10.0.0.7, "2001:db8::7"]\nipFamilyPolicy: PreferDualStack',
  ),
  "cluster-ips-too-many": on(
    "service",
    'clusterIP: 10.0.0.7\nclusterIPs: [10.0.0.7, "2001:db8::7", 10.0.0.8]\nipFamilyPolicy: PreferDualStack',
    'clusterIP: 10.0.0.7\nclusterIPs: [10.0.0.7, "2001:db8::7"]\nipFamilyPolicy: PreferDualStack',
  ),
  "cluster-ips-without-first": on("service", "clusterIPs: [10.0.0.7]", "clusterIP: 10.0.0.7\nclusterIPs: [10.0.0.7]"),
  "ip-family-repeated": on("service", "ipFamilies: [IPv4, IPv4]", "ipFamilies: [IPv4]"),
  "headless-not-allowed": on("service", "type: NodePort\nclusterIP: None", "clusterIP: None"),
  "not-for-external-name": on("service", `${alias}\nclusterIP: 10.0.0.7`, alias),
  "external-name-ignored": on("service", "externalName: shop.example"),
  "ignored-for-external-name": on("service", `${alias}\nexternalIPs: [192.0.2.7]`, alias),
  "ignored-for-headless": on("service", "clusterIP: None\nsessionAffinity: ClientIP", "clusterIP: None"),
  "special-ip-address": along(on("service", "externalIPs: [127.0.0.1]"), "external-ips-deprecated"),
  "external-ips-deprecated": on("service", "externalIPs: [192.0.2.7]"),
  "address-not-standard": along(on("service", "clusterIP: 010.0.0.7", "clusterIP: 10.0.0.7"), "invalid-ip-address"),
  "only-for-load-balancers": on(
    "service",
    "loadBalancerClass: example.com/lb",
    "type: LoadBalancer\nloadBalancerClass: example.com/lb",
  ),
  "not-externally-accessible": on(
    "service",
    "externalTrafficPolicy: Local",
    "type: NodePort\nexternalTrafficPolicy: Local",
  ),
  "health-check-port-not-allowed": on(
    "service",
    "type: LoadBalancer\nhealthCheckNodePort: 30222",
    "type: LoadBalancer\nexternalTrafficPolicy: Local\nhealthCheckNodePort: 30222",
  ),
  "topology-annotations-differ": along(
    on("serviceMetadata", `annotations:\n  ${hints}: auto\n  ${mode}: disabled`, `annotations:\n  ${mode}: auto`),
    "topology-hints-replaced",
  ),
  "topology-hints-replaced": on("serviceMetadata", `annotations:\n  ${hints}: auto`, `annotations:\n  ${mode}: auto`),
  "traffic-distribution-replaced": on(
    "service",
    "trafficDistribution: PreferClose",
    "trafficDistribution: PreferSameZone",
  ),
};
