/** The arithmetic of the Job controller: back-off, indexes, policies. */
import * as backoff from "../../../simulator/controllers/job/backoff.ts";
import {
  countedRestarts,
  finishTime,
  isPodFailed,
  onlyReplacesFailed,
  pastBackoffLimitOnFailure,
} from "../../../simulator/controllers/job/counting.ts";
import * as indexes from "../../../simulator/controllers/job/indexes.ts";
import { matchPodFailurePolicy, matchSuccessPolicy } from "../../../simulator/controllers/job/policies.ts";
import { tableSuite } from "../suite.ts";

// biome-ignore lint/suspicious/noExplicitAny: each operation of the table has columns of its own.
type Row = Record<string, any>;
const at = (text: string | null) => (text === null ? null : Date.parse(text));
const sum = (list: readonly number[] | null) => (list ?? []).reduce((a, b) => a + b, 0);
const instant = (time: number | null) => (time === null ? null : new Date(time).toISOString().replace(".000Z", "Z"));

const operations: Readonly<Record<string, (row: Row) => unknown>> = {
  remaining: (row) => ({ remainingMs: backoff.remainingBackoff(row["failures"], row["millisSinceLastFailure"]) }),
  backoffRecord(row) {
    const { previous } = row;
    const record = backoff.recordFinished(
      previous
        ? { failures: previous.failures, lastFailure: at(previous.lastFailureTime) }
        : { failures: 0, lastFailure: null },
      (row["newSucceededAt"] ?? []).map(Date.parse),
      (row["newFailedAt"] ?? []).map(Date.parse),
    );
    const elapsed = record.lastFailure === null ? 0 : Date.parse(row["now"]) - record.lastFailure;
    return {
      failures: record.failures,
      lastFailureTime: instant(record.lastFailure),
      remainingMs: record.lastFailure === null ? 0 : backoff.remainingBackoff(record.failures, elapsed),
    };
  },
  finishedTime: (row) => ({
    finishedTime: instant(
      finishTime({
        containers: (row["containers"] ?? []).map(at),
        sidecars: (row["sidecars"] ?? []).map(at),
        notReadySince: row["readyCondition"]?.status === "False" ? at(row["readyCondition"].lastTransitionTime) : null,
        deletion: row["deletionTimestamp"]
          ? { at: Date.parse(row["deletionTimestamp"]), grace: (row["deletionGracePeriodSeconds"] ?? 0) * 1000 }
          : null,
        created: Date.parse(row["creationTimestamp"]),
      }),
    ),
  }),
  remainingPerIndex(row) {
    const count = backoff.failureCount(row["indexFailureCount"]);
    const ignored = backoff.failureCount(row["indexIgnoredFailureCount"]);
    const elapsed = Date.parse(row["now"]) - Date.parse(row["finishedAt"]);
    return {
      remainingMs: backoff.remainingBackoff(backoff.failuresWith(count, ignored), elapsed),
      nextPodFailureCountAnnotation: (count + 1) | 0,
      nextPodIgnoredFailureCount: ignored,
    };
  },
  parseIndexes(row) {
    const intervals = indexes.parseIndexes(row["indexes"], row["completions"]);
    const all = Array.from({ length: row["completions"] }, (_, index) => index);
    return {
      intervals,
      string: indexes.formatIndexes(intervals),
      total: indexes.countIndexes(intervals),
      has: all.filter((index) => indexes.hasIndex(intervals, index)),
    };
  },
  addIndexes(row) {
    const intervals = indexes.addIndexes(
      indexes.parseIndexes(row["indexes"], row["completions"]),
      row["newIndexes"] ?? [],
    );
    return { string: indexes.formatIndexes(intervals), total: indexes.countIndexes(intervals) };
  },
  pendingIndexes(row) {
    let taken = indexes.addIndexes(indexes.parseIndexes(row["succeeded"], row["completions"]), row["active"] ?? []);
    if (row["podReplacementPolicy"] === "Failed") taken = indexes.addIndexes(taken, row["terminating"] ?? []);
    taken = indexes.mergeIndexes(taken, indexes.parseIndexes(row["failed"] ?? "", row["completions"]));
    return { indexes: indexes.pendingIndexes(taken, row["completions"], row["count"]) };
  },
  successPolicy(row) {
    const succeeded = indexes.parseIndexes(row["succeededIndexes"], row["completions"]);
    const message = matchSuccessPolicy(row["rules"], row["completions"], succeeded);
    return { matched: message !== null, message: message ?? "" };
  },
  podFailurePolicy({ rules, pod }) {
    const containers = [...(pod.containerStatuses ?? []), ...(pod.initContainerStatuses ?? [])];
    return matchPodFailurePolicy(rules, { ...pod, containers, conditions: pod.conditions ?? [] });
  },
  indexFailed(row) {
    const failed = isPodFailed(
      row["phase"],
      row["deleting"],
      onlyReplacesFailed({
        podReplacementPolicy: row["podReplacementPolicy"],
        ...(row["policyAction"] === null ? {} : { podFailurePolicy: { rules: [] } }),
      }),
    );
    const action = row["policyAction"] !== null && row["exitCode"] === 42 ? row["policyAction"] : null;
    const count = row["indexFailureCount"];
    return {
      isPodFailed: failed,
      isIndexFailed:
        failed && (action === "FailIndex" || (action !== "Ignore" && count >= row["backoffLimitPerIndex"])),
      replacementFailureCount: action === "Ignore" ? count : count + 1,
      replacementIgnoredCount: action === "Ignore" ? 1 : 0,
    };
  },
  pastBackoffLimitOnFailure: (row) => ({
    past: pastBackoffLimitOnFailure(
      row["restartPolicy"],
      row["backoffLimit"],
      sum(
        row["pods"].map((pod: Row) =>
          countedRestarts({
            phase: pod["phase"],
            restarts: sum(pod["containerRestarts"]) + sum(pod["initContainerRestarts"]),
          }),
        ),
      ),
    ),
  }),
};

export const suite = tableSuite<Row, unknown>("job-backoff", (row) => operations[row["op"]]?.(row));
