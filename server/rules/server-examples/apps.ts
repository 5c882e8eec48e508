/** ReplicaSets, Deployments, StatefulSets and DaemonSets. */
import { deploymentText } from "../examples.ts";
import { along, on, type Table } from "./lay.ts";

const rolling = (fields: string) => `strategy: { rollingUpdate: { ${fields} } }`;
const update = (fields: string) => `updateStrategy: { rollingUpdate: { ${fields} } }`;
const pod = (labels: string, fields = "") =>
  `template:\n  metadata:\n    labels: ${labels}\n  spec:\n${fields}    containers:\n      - { name: web, image: "nginx:1.29" }`;

export const appsExamples: Table = {
  "removed-api-version": {
    bad: deploymentText("").replace("apps/v1", "apps/v1beta2"),
    good: deploymentText(""),
  },
  "selector-missing": along(on("deployment", "selector: null"), "selector-mismatch"),
  "selector-empty": on("deployment", "selector: {}"),
  "selector-unusable": along(
    on("deployment", `selector:\n  matchLabels: { app: web- }\n${pod("{ app: web- }")}`),
    "invalid-label-value",
  ),
  "selector-mismatch": on("deployment", pod("{ app: shop }"), pod("{ app: web }")),
  "invalid-percent": on("deployment", rolling('maxUnavailable: "25"'), rolling("maxUnavailable: 25%")),
  "percent-above-100": on("deployment", rolling("maxUnavailable: 101%"), rolling("maxUnavailable: 30%")),
  "both-bounds-zero": on(
    "deployment",
    rolling("maxSurge: 0, maxUnavailable: 0"),
    `replicas: 3\n${rolling("maxSurge: 0, maxUnavailable: 1")}`,
  ),
  "max-unavailable-zero": on("statefulSet", update("maxUnavailable: 0"), update("maxUnavailable: 1")),
  "daemon-bounds-zero": on("daemonSet", update("maxUnavailable: 0"), update("maxUnavailable: 1")),
  "surge-with-unavailable": on(
    "daemonSet",
    update("maxSurge: 1, maxUnavailable: 1"),
    update("maxSurge: 1, maxUnavailable: 0"),
  ),
  "deadline-not-above-min-ready": on(
    "deployment",
    "minReadySeconds: 60\nprogressDeadlineSeconds: 60",
    "minReadySeconds: 60\nprogressDeadlineSeconds: 600",
  ),
  "strategy-type-not-supported": on("deployment", "strategy: { type: OnDelete }", "strategy: { type: RollingUpdate }"),
  "strategy-type-invalid": on(
    "statefulSet",
    "updateStrategy: { type: Recreate }",
    "updateStrategy: { type: RollingUpdate }",
  ),
  "rolling-update-with-recreate": on(
    "deployment",
    "replicas: 3\nstrategy: { type: Recreate, rollingUpdate: { maxSurge: 1 } }",
    "replicas: 3\nstrategy: { type: RollingUpdate, rollingUpdate: { maxSurge: 1 } }",
  ),
  "rolling-update-with-on-delete": on(
    "statefulSet",
    "updateStrategy: { type: OnDelete, rollingUpdate: { partition: 1 } }",
    "updateStrategy: { type: OnDelete }",
  ),
  "pod-management-policy-invalid": on(
    "statefulSet",
    "podManagementPolicy: Serial",
    "podManagementPolicy: OrderedReady",
  ),
  "restart-policy-not-always": on("template", "restartPolicy: Never", "restartPolicy: Always"),
  "active-deadline-not-allowed": on("template", "activeDeadlineSeconds: 60"),
  "negative-history-limit": on("statefulSet", "revisionHistoryLimit: -1", "revisionHistoryLimit: 0"),
};
