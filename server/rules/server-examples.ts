/** Examples of what the API server itself finds, where more can be said than its answer. */
import type { AdviceCode, ExplainedCode } from "../messages/codes.ts";
import { cronText, deploymentText, jobText } from "./examples.ts";
import type { Example } from "./rule.ts";

const web = deploymentText("");
const limits = (memory: string) => deploymentText("", `resources: { limits: { memory: ${memory} } }`);
const bounds = (unavailable: number) =>
  deploymentText(`  strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: ${unavailable} } }\n  replicas: 3\n`);

type ServerCode = Exclude<ExplainedCode, AdviceCode> | "removed-api-version" | "unserved-kind";

export const serverExamples: Readonly<Record<ServerCode, Example>> = {
  "removed-api-version": { bad: web.replace("apps/v1", "apps/v1beta2"), good: web },
  "unserved-kind": { bad: web.replace("apps/v1", "v1"), good: web },
  "unknown-field": {
    bad: deploymentText("", "imagePullPolcy: Always"),
    good: deploymentText("", "imagePullPolicy: Always"),
  },
  "selector-mismatch": { bad: web.replace("labels: { app: web }", "labels: { app: shop }"), good: web },
  "both-bounds-zero": { bad: bounds(0), good: bounds(1) },
  "restart-policy-missing": { bad: jobText("").replace("      restartPolicy: Never\n", ""), good: jobText("") },
  "schedule-field-count": {
    bad: cronText('  schedule: "0 0 2 * * *"\n'),
    good: cronText('  schedule: "0 2 * * *"\n'),
  },
  "invalid-quantity": { bad: limits("5 Gi"), good: limits("5Gi") },
};
