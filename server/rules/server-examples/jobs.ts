/** Jobs, CronJobs and schedules. */
import { along, on, type Table } from "./lay.ts";

const indexed = "completionMode: Indexed\ncompletions: 10\n";
const success = (rules: string) => `${indexed}successPolicy: { rules: [${rules}] }`;
const failure = (...rules: string[]) =>
  `podFailurePolicy:\n  rules:\n${rules.map((rule) => `    - { ${rule} }`).join("\n")}`;
const exits = (fields: string) => failure(`action: FailJob, onExitCodes: { ${fields} }`);
const disrupted = "onPodConditions: [{ type: DisruptionTarget }]";
const schedule = (bad: string, good = "0 6 * * *") => on("cronJob", `schedule: "${bad}"`, `schedule: "${good}"`);
const zone = (name: string) => on("cronJob", `timeZone: ${name}`, "timeZone: Europe/Oslo");
const labelled = (label: string) =>
  `template:\n  metadata:\n    labels: { ${label} }\n  spec:\n    restartPolicy: Never\n    containers: [{ name: load, image: "perl:5.42" }]`;

export const jobExamples: Table = {
  "restart-policy-missing": on("jobPod", "restartPolicy: Always", "restartPolicy: OnFailure"),
  "restart-policy-not-supported": along(
    on("jobPod", "restartPolicy: Sometimes", "restartPolicy: OnFailure"),
    "value-not-supported",
  ),
  "restart-policy-not-never": on(
    "job",
    `${exits("operator: In, values: [3]")}\n${labelled("app: load").replace("Never", "OnFailure")}`,
    exits("operator: In, values: [3]"),
  ),
  "above-maximum": on("job", success("{ succeededCount: 11 }"), success("{ succeededCount: 10 }")),
  "requires-indexed": on("job", "successPolicy: { rules: [{ succeededCount: 1 }] }", success("{ succeededCount: 1 }")),
  "completions-missing": on("job", "completionMode: Indexed\nparallelism: 2", `${indexed}parallelism: 2`),
  "backoff-limit-per-index-missing": on(
    "job",
    `${indexed}maxFailedIndexes: 2`,
    `${indexed}maxFailedIndexes: 2\nbackoffLimitPerIndex: 1`,
  ),
  "max-failed-indexes-missing": on(
    "job",
    "completionMode: Indexed\ncompletions: 100001\nparallelism: 10\nbackoffLimitPerIndex: 1",
    "completionMode: Indexed\ncompletions: 100001\nparallelism: 10\nbackoffLimitPerIndex: 1\nmaxFailedIndexes: 100",
  ),
  "managed-by-not-a-path": on("job", "managedBy: controller", "managedBy: example.com/controller"),
  "generated-label-changed": on("job", labelled("job-name: mine"), labelled("app: load")),
  "selector-not-generated": on("job", "selector: { matchLabels: { app: load } }"),
  "pod-hostname-invalid": {
    bad: namedJob("load-of-a-database-that-has-grown-over-the-years-into-something"),
    good: namedJob("load"),
  },
  "pod-names-not-labels": on("jobMetadata", "name: load.v2", "name: load-v2"),
  "fail-index-without-limit": on(
    "job",
    failure(`action: FailIndex, ${disrupted}`),
    `${indexed}backoffLimitPerIndex: 1\n${failure(`action: FailIndex, ${disrupted}`)}`,
  ),
  "failure-rule-both": on(
    "job",
    failure(`action: Ignore, ${disrupted}, onExitCodes: { operator: In, values: [1] }`),
    failure(`action: Ignore, ${disrupted}`, "action: Ignore, onExitCodes: { operator: In, values: [1] }"),
  ),
  "failure-rule-neither": on("job", failure("action: Ignore"), failure(`action: Ignore, ${disrupted}`)),
  "unknown-container": on(
    "job",
    exits("containerName: main, operator: In, values: [3]"),
    exits("containerName: load, operator: In, values: [3]"),
  ),
  "exit-codes-missing": on("job", exits("operator: In, values: []"), exits("operator: In, values: [3]")),
  "exit-codes-unordered": on("job", exits("operator: In, values: [4, 3]"), exits("operator: In, values: [3, 4]")),
  "exit-code-zero": on("job", exits("operator: In, values: [0, 3]"), exits("operator: In, values: [3]")),
  "exit-code-repeated": on("job", exits("operator: In, values: [3, 3]"), exits("operator: In, values: [3]")),
  "success-rules-missing": on("job", success(""), success("{ succeededCount: 3 }")),
  "success-rule-empty": on("job", success("{}"), success("{ succeededCount: 3 }")),
  "indexes-not-a-number": on("job", success('{ succeededIndexes: "1-" }'), success('{ succeededIndexes: "1-3" }')),
  "indexes-not-increasing": on("job", success('{ succeededIndexes: "5,3" }'), success('{ succeededIndexes: "3,5" }')),
  "indexes-too-large": on("job", success('{ succeededIndexes: "3,10" }'), success('{ succeededIndexes: "3,9" }')),
  "indexes-too-many-hyphens": on(
    "job",
    success('{ succeededIndexes: "1-2-3" }'),
    success('{ succeededIndexes: "1-3" }'),
  ),
  "too-many-indexes-to-track": on(
    "job",
    "completionMode: Indexed\ncompletions: 200000\nparallelism: 20000",
    "completionMode: Indexed\ncompletions: 200000\nparallelism: 1000",
  ),
  "cron-job-name-too-long": on(
    "cronJobMetadata",
    `name: ${"report-of-the-day-".repeat(3)}`.slice(0, -1),
    "name: report",
  ),
  "manual-selector-in-cron-job": on("cronJobJob", "manualSelector: true"),
  "selector-in-cron-job": on("cronJobJob", "selector: { matchLabels: { app: report } }"),
  "schedule-missing": schedule(""),
  "schedule-field-count": schedule("0 0 6 * * *"),
  "schedule-bad-descriptor": schedule("@nightly", "@midnight"),
  "schedule-bad-duration": schedule("@every 1 hour", "@every 1h"),
  "schedule-bad-location": along(schedule("TZ=Nowhere/Land 0 6 * * *"), "schedule-tz-in-schedule"),
  "schedule-malformed-tz-prefix": along(schedule("TZ=UTC"), "schedule-tz-in-schedule"),
  "schedule-tz-in-schedule": schedule("TZ=UTC 0 6 * * *"),
  "schedule-bad-number": schedule("0 six * * *"),
  "schedule-negative": schedule("*/-5 * * * *", "*/5 * * * *"),
  "schedule-above-maximum": schedule("0 6 * * 7", "0 6 * * 0"),
  "schedule-below-minimum": schedule("0 6 0 * *", "0 6 1 * *"),
  "schedule-range-reversed": schedule("0 22-6 * * *", "0 22-23,0-6 * * *"),
  "schedule-too-many-slashes": schedule("1/2/3 * * * *", "1/2 * * * *"),
  "schedule-step-zero": schedule("*/0 * * * *", "*/5 * * * *"),
  "schedule-too-many-hyphens": schedule("0 1-2-3 * * *", "0 1-3 * * *"),
  "timezone-empty": zone('""'),
  "timezone-local": zone("Local"),
  "timezone-unknown": zone("Europe/Olso"),
};

/** An indexed Job of the name. */
function namedJob(name: string): string {
  return `apiVersion: batch/v1
kind: Job
metadata:
  name: ${name}
spec:
  completionMode: Indexed
  completions: 10
  template:
    spec:
      restartPolicy: Never
      containers: [{ name: load, image: "perl:5.42" }]
`;
}
