/** Kinds that only configure a cluster. */
import type { Example } from "../rule.ts";
import type { Table } from "./lay.ts";

const head = (version: string, kind: string, name: string) =>
  `apiVersion: ${version}\nkind: ${kind}\nmetadata:\n  name: ${name}\n`;

const config = head("v1", "ConfigMap", "web");
const secret = head("v1", "Secret", "web");
const policy = (rule: string): string =>
  `${head("networking.k8s.io/v1", "NetworkPolicy", "web")}spec:\n  podSelector: {}\n  ingress:\n    - ${rule}\n`;
const path = (text: string): string =>
  ingress(`    - host: shop.example\n      http:
        paths:
          - path: ${text}
            pathType: Prefix
            backend: { service: { name: web, port: { number: 80 } } }\n`);
const host = (name: string): string => path("/").replace("shop.example", name);
const ingress = (rules: string): string => `${head("networking.k8s.io/v1", "Ingress", "web")}spec:\n  rules:\n${rules}`;
const limits = (text: string): string => `${head("v1", "LimitRange", "bounds")}spec:\n  limits:\n    - ${text}\n`;
const role = (kind: string, name: string, rule: string): string =>
  `${head("rbac.authorization.k8s.io/v1", kind, name)}rules:\n  - { ${rule} }\n`;
const annotated = (name: string): string =>
  path("/").replace(
    "  name: web\nspec:\n",
    `  name: web\n  annotations: { kubernetes.io/ingress.class: edge }\nspec:\n  ingressClassName: ${name}\n`,
  );

const example = (bad: string, good: string): Example => ({ bad, good });

export const configExamples: Table = {
  "config-immutable": {
    old: `${config}immutable: true\ndata: { mode: fast }\n`,
    bad: `${config}immutable: true\ndata: { mode: slow }\n`,
    good: `${config.replace("name: web", "name: web-2")}immutable: true\ndata: { mode: slow }\n`,
  },
  "secret-not-json": example(
    `${secret}type: kubernetes.io/dockerconfigjson\nstringData: { .dockerconfigjson: "user:word" }\n`,
    `${secret}type: kubernetes.io/dockerconfigjson\nstringData: { .dockerconfigjson: "{}" }\n`,
  ),
  "no-pem-data": example(
    `${secret}type: kubernetes.io/tls\nstringData: { tls.crt: none, tls.key: none }\n`,
    `${secret}type: Opaque\nstringData: { tls.crt: none, tls.key: none }\n`,
  ),
  "fields-exclusive": example(
    policy("from: [{ podSelector: {}, ipBlock: { cidr: 10.0.0.0/8 } }]"),
    policy("from: [{ podSelector: {} }, { ipBlock: { cidr: 10.0.0.0/8 } }]"),
  ),
  "one-of-missing": example(policy("from: [{}]"), policy("from: [{ podSelector: {} }]")),
  "end-port-without-number": example(
    policy("ports: [{ port: http, endPort: 9000 }]"),
    policy("ports: [{ port: 8000, endPort: 9000 }]"),
  ),
  "except-not-within": example(
    policy("from: [{ ipBlock: { cidr: 10.0.0.0/8, except: [11.0.0.0/16] } }]"),
    policy("from: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] } }]"),
  ),
  "host-is-address": example(host("192.0.2.7"), host("shop.example")),
  "path-part-not-allowed": example(path("/a//b"), path("/a/b")),
  "ingress-class-differs": example(annotated("inner"), annotated("edge")),
  "limit-default-of-pods": example(
    limits("{ type: Pod, default: { cpu: 1 } }"),
    limits("{ type: Container, default: { cpu: 1 } }"),
  ),
  "limit-out-of-order": example(
    limits("{ type: Container, min: { cpu: 2 }, max: { cpu: 1 } }"),
    limits("{ type: Container, min: { cpu: 1 }, max: { cpu: 2 } }"),
  ),
  "urls-in-namespace": example(
    role("Role", "health", "verbs: [get], nonResourceURLs: [/healthz]"),
    role("ClusterRole", "health", "verbs: [get], nonResourceURLs: [/healthz]"),
  ),
  "invalid-path-segment": example(
    role("Role", "read/pods", 'verbs: [get], apiGroups: [""], resources: [pods]'),
    role("Role", "read-pods", 'verbs: [get], apiGroups: [""], resources: [pods]'),
  ),
};
