/** What values come to, with the steps of the arithmetic, in English and Korean. Short for a line of text, whole for a hover. */
import { distanceText } from "./durations.ts";

/** A percentage of a number of pods or nodes. */
export interface ShareParams {
  readonly percent: number;
  readonly of: number;
  readonly what: "pods" | "nodes";
  readonly exact: number;
  readonly round: "up" | "down";
  readonly value: number;
  /** Whether it would have been 0, and nothing could move. */
  readonly forced: boolean;
}

export interface ProbeParams {
  readonly probe: "livenessProbe" | "readinessProbe" | "startupProbe";
  readonly failures: number;
  /** Seconds. */
  readonly period: number;
  readonly delay: number;
  readonly after: number;
}

export interface PodParams {
  readonly qos: string;
  /** `cpu 500m, memory 1Gi`; empty where nothing is asked for. */
  readonly requests: string;
  readonly replicas: number;
  /** Of all replicas. */
  readonly all: string;
}

export interface ArithmeticWords {
  readonly share: (params: ShareParams) => string;
  readonly shareShort: (params: ShareParams) => string;
  readonly probe: (params: ProbeParams) => string;
  readonly probeShort: (params: ProbeParams) => string;
  readonly pod: (params: PodParams) => string;
  readonly podShort: (params: PodParams) => string;
  /** A time that comes, milliseconds from now. */
  readonly inTime: (milliseconds: number) => string;
  readonly nextShort: (milliseconds: number) => string;
  readonly suspended: string;
  readonly defaultsShort: (fields: string) => string;
}

/** At most two places behind the point. */
const figure = (value: number) => String(Math.round(value * 100) / 100);

export const arithmeticEn: ArithmeticWords = {
  share: ({ percent, of, what, exact, round, value, forced }) => {
    const whole = `${percent} % of ${of} ${of === 1 ? what.slice(0, -1) : what} is ${figure(exact)}`;
    const rounded = Number.isInteger(exact)
      ? whole
      : `${whole}, ${round} to ${round === "up" ? Math.ceil(exact) : Math.floor(exact)}`;
    return forced ? `${rounded}; nothing could move with that, so it counts as ${value}.` : `${rounded}.`;
  },
  shareShort: ({ what, exact, round, value, forced }) => {
    const unit = value === 1 ? what.slice(0, -1) : what;
    return `= ${value} ${unit}${forced ? " (0 would stand still)" : Number.isInteger(exact) ? "" : ` (${figure(exact)}, ${round})`}`;
  },
  probe: ({ probe, failures, period, delay, after }) => {
    const sum = `${failures} ${failures === 1 ? "failure" : "failures in a row"}, one every ${period} s: after about ${after} s`;
    switch (probe) {
      case "startupProbe":
        return `${delay > 0 ? `From ${delay} s on, ` : ""}${sum} without a success the container is ended and started again.`;
      case "livenessProbe":
        return `${sum} the container is ended and started again.`;
      case "readinessProbe":
        return `${sum} the pod is not ready and gets no requests.`;
    }
  },
  probeShort: ({ probe, after }) =>
    probe === "readinessProbe" ? `unready after ${after} s` : `fails after ${after} s`,
  pod: ({ qos, requests, replicas, all }) =>
    requests === ""
      ? `Quality of service: ${qos}. A pod requests nothing.`
      : `Quality of service: ${qos}. A pod requests ${requests}${replicas > 1 ? `; all ${replicas} pods request ${all}` : ""}.`,
  podShort: ({ qos, requests }) => (requests === "" ? `${qos}, requests nothing` : `${qos}, requests ${requests}`),
  inTime: (milliseconds) => `in ${distanceText(milliseconds, "en")}`,
  nextShort: (milliseconds) => `next run in ${distanceText(milliseconds, "en")}`,
  suspended: "suspended",
  defaultsShort: (fields) => `default ${fields}`,
};

const whats = { pods: "파드", nodes: "노드" } as const;
const rounds = { up: "올림", down: "내림" } as const;

export const arithmeticKo: ArithmeticWords = {
  share: ({ percent, of, what, exact, round, value, forced }) => {
    const whole = `${whats[what]} ${of}개의 ${percent}%는 ${figure(exact)}개`;
    const rounded = Number.isInteger(exact)
      ? whole
      : `${whole}, ${rounds[round]}하여 ${round === "up" ? Math.ceil(exact) : Math.floor(exact)}개`;
    return forced
      ? `${rounded}입니다. 그러면 아무것도 교체할 수 없으므로 ${value}개로 계산합니다.`
      : `${rounded}입니다.`;
  },
  shareShort: ({ what, exact, round, value, forced }) =>
    `= ${whats[what]} ${value}개${forced ? " (0개면 진행 불가)" : Number.isInteger(exact) ? "" : ` (${figure(exact)} ${rounds[round]})`}`,
  probe: ({ probe, failures, period, delay, after }) => {
    const sum = `${period}초마다 확인하여 ${failures === 1 ? "한 번" : `연속 ${failures}번`} 실패하면, 약 ${after}초 뒤에`;
    switch (probe) {
      case "startupProbe":
        return `${delay > 0 ? `시작 ${delay}초 후부터 ` : ""}${sum} 컨테이너를 종료하고 다시 시작합니다.`;
      case "livenessProbe":
        return `${sum} 컨테이너를 종료하고 다시 시작합니다.`;
      case "readinessProbe":
        return `${sum} 파드가 준비되지 않은 것으로 바뀌어 요청을 받지 않습니다.`;
    }
  },
  probeShort: ({ probe, after }) => (probe === "readinessProbe" ? `${after}초 뒤 준비 안 됨` : `${after}초 뒤 실패`),
  pod: ({ qos, requests, replicas, all }) =>
    requests === ""
      ? `서비스 품질(QoS): ${qos}. 파드가 요청하는 리소스가 없습니다.`
      : `서비스 품질(QoS): ${qos}. 파드 하나의 요청량은 ${requests}${replicas > 1 ? `, 파드 ${replicas}개 전체로는 ${all}` : ""}입니다.`,
  podShort: ({ qos, requests }) => (requests === "" ? `${qos}, 요청 없음` : `${qos}, 요청 ${requests}`),
  inTime: (milliseconds) => `${distanceText(milliseconds, "ko")} 후`,
  nextShort: (milliseconds) => `${distanceText(milliseconds, "ko")} 후 실행`,
  suspended: "보류됨",
  defaultsShort: (fields) => `기본값 ${fields}`,
};
