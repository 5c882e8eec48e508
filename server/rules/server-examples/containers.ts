/** Containers: names, environment, ports, probes and life cycle. */
import { along, on, type Table, web } from "./lay.ts";

const init = (fields: string) => `initContainers:\n  - { name: prepare, image: "busybox:1.37", ${fields} }`;
const env = (source: string) => `env:\n  - name: NAME\n    ${source}`;
const from = (source: string) => env(`valueFrom: { ${source} }`);
const fieldRef = (fields: string) => from(`fieldRef: { ${fields} }`);
const debug = 'ephemeralContainers: [{ name: debug, image: "busybox:1.37" }]';
const cpu = (policy: string) => `{ resourceName: cpu, restartPolicy: ${policy} }`;
const api = (item: string) => `downwardAPI:\n  items:\n    - { path: a, ${item} }`;

export const containerExamples: Table = {
  "containers-missing": on("pod", "containers: []"),
  "container-not-found": along(
    on("template", debug.replace(" }", ", targetContainerName: app }")),
    "ephemeral-in-template",
  ),
  "duplicate-container-name": on(
    "pod",
    'initContainers: [{ name: web, image: "busybox:1.37" }]',
    'initContainers: [{ name: prepare, image: "busybox:1.37" }]',
  ),
  "image-padded": on("container", 'image: " nginx:1.29"'),
  "not-for-init-containers": on(
    "pod",
    init("livenessProbe: { httpGet: { port: 80 } }"),
    init("restartPolicy: Always, livenessProbe: { httpGet: { port: 80 } }"),
  ),
  "not-for-ephemeral": along(
    on("template", 'ephemeralContainers: [{ name: debug, image: "busybox:1.37", restartPolicy: Always }]'),
    "ephemeral-in-template",
  ),
  "ephemeral-in-template": on("template", debug),
  "ephemeral-on-create": on("pod", debug),
  "restart-rules-without-policy": on(
    "container",
    "restartPolicyRules:\n  - { action: Restart, exitCodes: { operator: In, values: [3] } }",
    "restartPolicy: Never\nrestartPolicyRules:\n  - { action: Restart, exitCodes: { operator: In, values: [3] } }",
  ),
  "duplicate-resize-policy": on(
    "container",
    `resizePolicy: [${cpu("NotRequired")}, ${cpu("RestartContainer")}]`,
    `resizePolicy: [${cpu("NotRequired")}]`,
  ),
  "resize-restart-of-init": on(
    "pod",
    init(`resizePolicy: [${cpu("RestartContainer")}]`),
    init(`resizePolicy: [${cpu("NotRequired")}]`),
  ),
  "resize-restart-with-never": on(
    "pod",
    `restartPolicy: Never\n${web(`resizePolicy: [${cpu("RestartContainer")}]`)}`,
    `restartPolicy: Never\n${web(`resizePolicy: [${cpu("NotRequired")}]`)}`,
  ),
  "env-source-missing": on("container", "envFrom: [{ prefix: WEB_ }]", "envFrom: [{ configMapRef: { name: web } }]"),
  "env-sources-exclusive": on(
    "container",
    from("fieldRef: { fieldPath: metadata.name }, secretKeyRef: { name: web, key: a }"),
    from("fieldRef: { fieldPath: metadata.name }"),
  ),
  "env-value-and-source": on(
    "container",
    env("value: web\n    valueFrom: { fieldRef: { fieldPath: metadata.name } }"),
    env("value: web"),
  ),
  "field-path-not-supported": on(
    "container",
    fieldRef("fieldPath: metadata.annotations"),
    fieldRef("fieldPath: \"metadata.labels['app']\""),
  ),
  "field-path-unknown": on("container", fieldRef("fieldPath: spec.node"), fieldRef("fieldPath: spec.nodeName")),
  "field-path-version": on(
    "container",
    fieldRef("apiVersion: apps/v1, fieldPath: metadata.name"),
    fieldRef("apiVersion: v1, fieldPath: metadata.name"),
  ),
  "field-and-resource": on(
    "volume",
    api("fieldRef: { fieldPath: metadata.name }, resourceFieldRef: { containerName: web, resource: limits.cpu }"),
    api("fieldRef: { fieldPath: metadata.name }"),
  ),
  "field-or-resource-missing": on("volume", api("mode: 0444"), api("fieldRef: { fieldPath: metadata.name }")),
  "divisor-not-supported": on(
    "container",
    from("resourceFieldRef: { resource: limits.memory, divisor: 3Mi }"),
    from("resourceFieldRef: { resource: limits.memory, divisor: 1Mi }"),
  ),
  "variable-hides-another": on(
    "container",
    "env: [{ name: MODE, value: a }, { name: MODE, value: b }]",
    "env: [{ name: MODE, value: b }]",
  ),
  "duplicate-port-name": on(
    "container",
    "ports: [{ name: http, containerPort: 80 }, { name: http, containerPort: 81 }]",
    "ports: [{ name: http, containerPort: 80 }, { name: admin, containerPort: 81 }]",
  ),
  "duplicate-host-port": on(
    "container",
    "ports: [{ containerPort: 80, hostPort: 8080 }, { containerPort: 81, hostPort: 8080 }]",
    "ports: [{ containerPort: 80, hostPort: 8080 }, { containerPort: 81, hostPort: 8081 }]",
  ),
  "host-port-differs": on(
    "pod",
    `hostNetwork: true\n${web("ports: [{ containerPort: 80, hostPort: 8080 }]")}`,
    `hostNetwork: true\n${web("ports: [{ containerPort: 80 }]")}`,
  ),
  "host-ip-without-port": on(
    "container",
    "ports: [{ containerPort: 80, hostIP: 10.0.0.1 }]",
    "ports: [{ containerPort: 80 }]",
  ),
  "port-name-in-two-containers": on(
    "pod",
    web(
      "ports: [{ name: http, containerPort: 80 }]",
      '{ name: side, image: "envoy:1.36", ports: [{ name: http, containerPort: 81 }] }',
    ),
    web(
      "ports: [{ name: http, containerPort: 80 }]",
      '{ name: side, image: "envoy:1.36", ports: [{ name: admin, containerPort: 81 }] }',
    ),
  ),
  "port-repeated": on(
    "container",
    "ports: [{ containerPort: 80 }, { name: http, containerPort: 80 }]",
    "ports: [{ name: http, containerPort: 80 }]",
  ),
  "port-overlaps": on(
    "container",
    "ports: [{ containerPort: 80, hostPort: 80 }, { containerPort: 80 }]",
    "ports: [{ containerPort: 80, hostPort: 80 }]",
  ),
  "port-ambiguous": on(
    "container",
    "ports: [{ containerPort: 80, hostPort: 80 }, { containerPort: 80, hostPort: 80, hostIP: 10.0.0.1 }]",
    "ports: [{ containerPort: 80, hostPort: 80 }]",
  ),
  "handler-missing": on("container", "lifecycle: { preStop: {} }", "lifecycle: { preStop: { sleep: { seconds: 5 } } }"),
  "second-handler": on(
    "container",
    "livenessProbe: { httpGet: { port: 80 }, tcpSocket: { port: 80 } }",
    "livenessProbe: { httpGet: { port: 80 } }",
  ),
  "sleep-out-of-range": on(
    "container",
    "lifecycle: { preStop: { sleep: { seconds: 60 } } }",
    "lifecycle: { preStop: { sleep: { seconds: 10 } } }",
  ),
  "success-threshold-not-one": on(
    "container",
    "livenessProbe: { httpGet: { port: 80 }, successThreshold: 2 }",
    "readinessProbe: { httpGet: { port: 80 }, successThreshold: 2 }",
  ),
  "readiness-grace-period": on(
    "container",
    "readinessProbe: { httpGet: { port: 80 }, terminationGracePeriodSeconds: 5 }",
    "livenessProbe: { httpGet: { port: 80 }, terminationGracePeriodSeconds: 5 }",
  ),
  "negative-grace-period": on("template", "terminationGracePeriodSeconds: -1", "terminationGracePeriodSeconds: 1"),
  "duplicate-pull-secret": on(
    "pod",
    "imagePullSecrets: [{ name: registry }, { name: registry }]",
    "imagePullSecrets: [{ name: registry }]",
  ),
  "pull-secret-without-name": on("pod", "imagePullSecrets: [{}]", "imagePullSecrets: [{ name: registry }]"),
};
