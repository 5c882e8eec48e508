/** The verdict on a workload in one line, in English and Korean. */

import type { Unfinished } from "../../simulator/insight/summary.ts";
import type { Cause, Verdict } from "../../simulator/insight/verdict.ts";
import { durationText } from "./durations.ts";

export interface VerdictWords {
  readonly line: (verdict: Verdict) => string;
  /** Where nothing has been worked out. */
  readonly simulate: string;
  readonly tooltip: (kind: string, name: string) => string;
}

const en = (milliseconds: number) => durationText(milliseconds, "en");
const ko = (milliseconds: number) => durationText(milliseconds, "ko");
const some = (count: number, unit: string) => `${count} ${unit}${count === 1 ? "" : "s"}`;

function lineEn(verdict: Verdict): string {
  switch (verdict.code) {
    case "created":
      return `All ${verdict.all === 1 ? "is" : verdict.all} ready after about ${en(verdict.ready)}`.replace(
        "All is",
        "The pod is",
      );
    case "safe":
      return `Rolls out in about ${en(verdict.time)}, ${kept(verdict.least, verdict.all)}`;
    case "unchanged":
      return "The change replaces no pod";
    case "ordered": {
      const names = verdict.names.length > 3 ? some(verdict.names.length, "pod") : verdict.names.join(", ");
      const stay = verdict.kept.length === 0 ? "" : `; ${some(verdict.kept.length, "pod")} kept by the partition`;
      return `Replaces ${names} one after the other in about ${en(verdict.time)}${stay}`;
    }
    case "by-node":
      return `Goes round ${some(verdict.nodes, "node")} in about ${en(verdict.time)}, ${
        verdict.gap === 0 ? "each keeps a ready pod" : `each without a ready pod for ${en(verdict.gap)}`
      }`;
    case "below-floor":
      return `Not safe: only ${verdict.least} of ${verdict.all} pods available for ${en(verdict.time)}, ${causeEn(verdict.cause)}`;
    case "downtime":
      return `No pod available for about ${en(verdict.time)}: ${causeEn(verdict.cause)}`;
    case "stuck":
      return `Gets stuck: ${stuckEn(verdict.reason)}; ${verdict.least === 0 ? "no pod serves" : `${verdict.least} of ${verdict.all} old pods keep serving`}`;
    case "slow-to-heal":
      return `Takes ${en(verdict.end)} to heal`;
    case "on-delete":
      return "Pods are replaced when somebody deletes them (OnDelete)";
    case "nothing-runs":
      return {
        replicas: "Runs no pod: replicas is 0",
        suspended: "Suspended: nothing runs",
        paused: "Paused: nothing rolls out",
        "no-nodes": "No node takes its pods",
      }[verdict.cause];
    case "job-done":
      return `Completes in about ${en(verdict.time)}${verdict.left === null ? "" : `, ${en(verdict.left)} before its deadline`}`;
    case "job-failed":
      return `Fails after ${en(verdict.time)}: ${verdict.reason}, ${verdict.done} of ${verdict.completions} done`;
    case "job-runs":
      return `Still runs at the end: ${verdict.done} of ${verdict.completions} done`;
    case "cron":
      return "";
  }
}

function kept(least: number, all: number): string {
  return least >= all
    ? all === 1
      ? "its pod always available"
      : `all ${all} always available`
    : `never fewer than ${least} of ${all} available`;
}

function causeEn({ code }: Cause): string {
  switch (code) {
    case "recreate":
      return "Recreate stops all old pods first";
    case "one-at-a-time":
      return "the only pod stops before its successor starts";
    case "pods-fail":
      return "pods that were ready fail";
    case "step":
    case "unknown":
      return "too many pods are replaced at once";
  }
}

function stuckEn({ code, params }: Unfinished): string {
  switch (code) {
    case "image-pull":
      return "the image cannot be pulled";
    case "crash-loop":
      return "new pods keep crashing";
    case "never-ready":
      return "new pods never become ready";
    case "pods-refused":
      return `the API server refuses the pods (${params["message"]})`;
    case "unschedulable":
      return `a pod finds no node (${params["message"]})`;
    default:
      return "no more pods become available";
  }
}

function lineKo(verdict: Verdict): string {
  switch (verdict.code) {
    case "created":
      return verdict.all === 1
        ? `약 ${ko(verdict.ready)} 뒤에 파드가 준비됩니다`
        : `약 ${ko(verdict.ready)} 뒤에 파드 ${verdict.all}개가 모두 준비됩니다`;
    case "safe":
      return `약 ${ko(verdict.time)} 만에 롤아웃되고, ${
        verdict.least >= verdict.all
          ? `가용 파드가 늘 ${verdict.all}개입니다`
          : `가용 파드가 ${verdict.all}개 중 ${verdict.least}개 밑으로 내려가지 않습니다`
      }`;
    case "unchanged":
      return "이 변경으로 교체되는 파드가 없습니다";
    case "ordered": {
      const names =
        verdict.names.length > 3 ? `파드 ${verdict.names.length}개를` : `${verdict.names.join(", ")} 순서로`;
      const stay = verdict.kept.length === 0 ? "" : `. 파티션 때문에 ${verdict.kept.length}개는 그대로입니다`;
      return `${names} 하나씩 약 ${ko(verdict.time)} 만에 교체합니다${stay}`;
    }
    case "by-node":
      return `노드 ${verdict.nodes}개를 약 ${ko(verdict.time)} 만에 돕니다. ${
        verdict.gap === 0
          ? "노드마다 준비된 파드가 늘 있습니다"
          : `노드마다 ${ko(verdict.gap)} 동안 준비된 파드가 없습니다`
      }`;
    case "below-floor":
      return `안전하지 않음: ${ko(verdict.time)} 동안 파드 ${verdict.all}개 중 ${verdict.least}개만 가용합니다. ${causeKo(verdict.cause)}`;
    case "downtime":
      return `약 ${ko(verdict.time)} 동안 가용한 파드가 없습니다: ${causeKo(verdict.cause)}`;
    case "stuck":
      return `멈춤: ${stuckKo(verdict.reason)}. ${verdict.least === 0 ? "서비스하는 파드가 없습니다" : `이전 파드 ${verdict.all}개 중 ${verdict.least}개는 계속 서비스합니다`}`;
    case "slow-to-heal":
      return `회복하는 데 ${ko(verdict.end)} 걸립니다`;
    case "on-delete":
      return "누군가 파드를 지워야 교체됩니다(OnDelete)";
    case "nothing-runs":
      return {
        replicas: "replicas가 0이어서 파드를 만들지 않습니다",
        suspended: "보류되어 있어 아무것도 실행하지 않습니다",
        paused: "일시 정지되어 있어 롤아웃하지 않습니다",
        "no-nodes": "파드를 받을 노드가 없습니다",
      }[verdict.cause];
    case "job-done":
      return `약 ${ko(verdict.time)} 만에 끝납니다${verdict.left === null ? "" : `. 마감까지 ${ko(verdict.left)} 남습니다`}`;
    case "job-failed":
      return `${ko(verdict.time)} 뒤 실패합니다: ${verdict.reason}, ${verdict.completions}개 중 ${verdict.done}개 성공`;
    case "job-runs":
      return `끝까지 실행 중입니다: ${verdict.completions}개 중 ${verdict.done}개 성공`;
    case "cron":
      return "";
  }
}

function causeKo({ code }: Cause): string {
  switch (code) {
    case "recreate":
      return "Recreate 전략은 이전 파드를 모두 먼저 멈춥니다";
    case "one-at-a-time":
      return "하나뿐인 파드가 다음 파드보다 먼저 멈춥니다";
    case "pods-fail":
      return "준비되었던 파드가 실패합니다";
    case "step":
    case "unknown":
      return "한 번에 너무 많은 파드를 교체합니다";
  }
}

function stuckKo({ code, params }: Unfinished): string {
  switch (code) {
    case "image-pull":
      return "이미지를 가져올 수 없습니다";
    case "crash-loop":
      return "새 파드가 계속 비정상 종료합니다";
    case "never-ready":
      return "새 파드가 준비되지 않습니다";
    case "pods-refused":
      return `API 서버가 파드를 거부합니다(${params["message"]})`;
    case "unschedulable":
      return `파드가 갈 노드를 찾지 못합니다(${params["message"]})`;
    default:
      return "가용한 파드가 더 늘지 않습니다";
  }
}

export const verdictsEn: VerdictWords = {
  line: lineEn,
  simulate: "Simulate",
  tooltip: (kind, name) => `Show what the controllers would do with ${kind} ${name}`,
};

export const verdictsKo: VerdictWords = {
  line: lineKo,
  simulate: "시뮬레이션",
  tooltip: (kind, name) => `컨트롤러가 ${kind} ${name}에 무엇을 할지 보여 줍니다`,
};
