/** Text that cannot be read, and kinds that are not served. */
import { deploymentText } from "../examples.ts";
import { on, type Table } from "./lay.ts";

const web = deploymentText("");
const labels = (text: string) => web.replace("  name: web\n", `  name: web\n  labels: ${text}\n`);
const env = (text: string) => deploymentText("", `env: [{ name: MODE, value: ${text} }]`);
const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"];
for (const [index, name] of [..."bcdef"].entries()) {
  bomb.push(`${name}: &${name} [${Array(9).fill(`*${"abcdef"[index]}`).join(", ")}]`);
}
const listOf = (item: string) =>
  `apiVersion: v1\nkind: List\nitems:\n  - ${item.trimEnd().replaceAll("\n", "\n    ")}\n`;
const settings = "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: settings }\n";
const lease = "apiVersion: coordination.k8s.io/v1\nkind: Lease\nmetadata: { name: one }\n";
const pod = JSON.stringify({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "web" },
  spec: { containers: [{ name: "web", image: "nginx:1.29" }] },
});
const annotated = (text: string) => `annotations:\n  example.com/note: ${text}`;

export const yamlExamples: Table = {
  "yaml-syntax": { bad: env('"on'), good: env('"on"') },
  "yaml-duplicate-key": on("container", "imagePullPolicy: Always\nimagePullPolicy: Never", "imagePullPolicy: Never"),
  "yaml-bad-separator": { bad: `${web}--- two\n`, good: `${web}--- # two\n` },
  "yaml-ignored-text": { bad: `${web}...\nkind: Service\n`, good: web },
  "yaml-key-without-text": { bad: labels("{ ~: c }"), good: labels("{ none: c }") },
  "yaml-unreadable-key": { bad: labels("{ [a, b]: c }"), good: labels("{ a: c }") },
  "yaml-unreadable-number": { bad: env(".nan"), good: env('".nan"') },
  "yaml-unknown-anchor": { bad: env("*mode"), good: env("fast") },
  "yaml-cyclic-anchor": { bad: labels("&all { app: *all }"), good: labels("{ app: web }") },
  "yaml-too-many-aliases": {
    bad: `${web}${bomb.join("\n")}\n`,
    good: web,
    also: ["unknown-field"],
  },
  "yaml-tag-mismatch": { bad: env("!!int many"), good: env('"many"') },
  "yaml-merge-without-map": { bad: labels("{ <<: web, app: web }"), good: labels("{ <<: { tier: front }, app: web }") },
  "yaml-unprintable": { bad: env('"a\u0007b"'), good: env('"a\\ab"') },
  "yaml-too-large": { bad: labels("{ app: web }\n# …"), good: labels("{ app: web }"), long: ["x", 3_200_000] },
  "json-syntax": {
    bad: `${pod}\n${pod.replaceAll("web", "shop")}\n[`,
    good: `${pod}\n${pod.replaceAll("web", "shop")}\n`,
  },
  "json-number-too-large": { bad: pod.replace("}]", ', "tty": 1e999}]'), good: pod, also: ["wrong-type"] },
  "yaml-too-deep": { bad: labels("[…"), good: labels("{ app: web }"), long: ["[", 1001] },
  "annotations-too-long": {
    ...on("metadata", annotated("this is a long text …"), annotated("short")),
    long: ["x", 300_000],
  },
  "credential-spec-too-long": {
    ...on(
      "container",
      "securityContext: { windowsOptions: { gmsaCredentialSpec: … } }",
      "securityContext: { windowsOptions: { gmsaCredentialSpecName: web } }",
    ),
    long: ["x", 70_000],
  },
  "invisible-character": { bad: deploymentText("  repl\u200bicas: 2\n"), good: deploymentText("  replicas: 2\n") },
  "not-an-object": { bad: `${web}---\n- ${web.replaceAll("\n", "\n  ").trimEnd()}\n`, good: web },
  "list-in-list": { bad: `${listOf(listOf(settings))}---\n${web}`, good: `${listOf(settings)}---\n${web}` },
  "namespace-with-slash": {
    bad: `${web}---\n${lease.replace("}", ", namespace: shop/web }")}`,
    good: `${web}---\n${lease.replace("}", ", namespace: shop }")}`,
  },
  "unserved-kind": { bad: web.replace("apps/v1", "v1"), good: web },
};
