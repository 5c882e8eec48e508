/** Shapes, numbers, choices and texts, wherever they stand. */
import { deploymentText } from "../examples.ts";
import { along, on, type Table } from "./lay.ts";

const probe = (field: string) => `livenessProbe:\n  httpGet: { port: 80 }\n  ${field}`;

export const valueExamples: Table = {
  "field-of-another-version": on("pod", "workloadRef: { name: crew, podGroup: deck }"),
  "unknown-field": on("container", "imagePullPolcy: Always", "imagePullPolicy: Always"),
  "wrong-type": on("deployment", 'replicas: "3"', "replicas: 3"),
  "invalid-quantity": on(
    "container",
    "resources: { limits: { memory: 5 Gi } }",
    "resources: { limits: { memory: 5Gi } }",
  ),
  "value-missing": {
    bad: deploymentText("").replace("      containers:", '      preemptionPolicy: ""\n      containers:'),
    good: deploymentText("").replace("      containers:", "      preemptionPolicy: Never\n      containers:"),
  },
  "field-required": on("container", "env: [{ value: x }]", "env: [{ name: MODE, value: x }]"),
  "value-not-supported": on("container", "imagePullPolicy: always", "imagePullPolicy: Always"),
  "out-of-range": on("container", "ports: [{ containerPort: 80800 }]", "ports: [{ containerPort: 8080 }]"),
  negative: on("deployment", "replicas: -1", "replicas: 1"),
  "not-positive": on("container", probe("terminationGracePeriodSeconds: 0"), probe("terminationGracePeriodSeconds: 5")),
  "not-whole": on(
    "container",
    'resources: { limits: { example.com/gpu: "0.5" } }',
    'resources: { limits: { example.com/gpu: "1" } }',
  ),
  "file-mode-out-of-range": on(
    "volume",
    "configMap: { name: web, defaultMode: 644 }",
    "configMap: { name: web, defaultMode: 0644 }",
  ),
  "text-empty": on(
    "container",
    'securityContext: { windowsOptions: { gmsaCredentialSpec: "" } }',
    "securityContext: { windowsOptions: { gmsaCredentialSpec: web } }",
  ),
  "text-too-long": on(
    "job",
    `managedBy: example.com/${"a-rather-long-name-of-a-controller".repeat(2)}`,
    "managedBy: example.com/controller",
  ),
  "text-with-slash": along(
    on("volume", "flocker: { datasetName: a/b }", "flocker: { datasetName: a-b }"),
    "deprecated-volume",
  ),
  "too-many-items": on(
    "job",
    `completionMode: Indexed\ncompletions: 1\nsuccessPolicy:\n  rules:\n${Array(21).fill("    - succeededCount: 1").join("\n")}`,
    "completionMode: Indexed\ncompletions: 1\nsuccessPolicy:\n  rules:\n    - succeededCount: 1",
  ),
  "path-not-absolute": on(
    "volume",
    "nfs: { server: files.example, path: exports }",
    "nfs: { server: files.example, path: /exports }",
  ),
  "path-not-relative": on("pod", withMount("subPath: /logs"), withMount("subPath: logs")),
  "path-with-backstep": on("pod", withMount("subPath: ../logs"), withMount("subPath: logs")),
  "path-with-leading-dots": on(
    "volume",
    "configMap: { name: web, items: [{ key: a, path: ..a }] }",
    "configMap: { name: web, items: [{ key: a, path: a }] }",
  ),
};

function withMount(more: string): string {
  return `volumes: [{ name: data, emptyDir: {} }]\ncontainers:\n  - name: web\n    image: nginx:1.29\n    volumeMounts: [{ name: data, mountPath: /data, ${more} }]`;
}
