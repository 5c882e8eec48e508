/** What `kubectl drain` is told by its flags. Models pkg/cmd/drain/drain.go of kubectl. */

export interface DrainOptions {
  /** Also pods that no controller would make again. */
  readonly force: boolean;
  readonly ignoreDaemonSets: boolean;
  /** Also pods that keep data on the node. */
  readonly deleteEmptyDirData: boolean;
  /** Deletes, and asks no budget. */
  readonly disableEviction: boolean;
  /** Only pods with these labels; empty: all. */
  readonly podSelector: string;
  /** Seconds; 0: as long as it takes. */
  readonly timeout: number;
  /** Seconds that containers have to stop; negative: as their pods say. */
  readonly gracePeriod: number;
  readonly dryRun: DryRun;
  /** Seconds since its deletion after which a pod is not waited for; 0: each is. */
  readonly skipWait: number;
}

export type DryRun = "none" | "client" | "server";

/** Without any flag. */
export const plainDrain: DrainOptions = {
  force: false,
  ignoreDaemonSets: false,
  deleteEmptyDirData: false,
  disableEviction: false,
  podSelector: "",
  timeout: 0,
  gracePeriod: -1,
  dryRun: "none",
  skipWait: 0,
};

/** What a person means who drains a node in a simulation: everything that can go is to go. */
export const fullDrain: DrainOptions = {
  ...plainDrain,
  force: true,
  ignoreDaemonSets: true,
  deleteEmptyDirData: true,
};

const unit: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };

/** Seconds of a duration as flags have it: `1m30s`, or a plain number. */
function secondsOf(text: string): number {
  if (/^-?[0-9]+$/.test(text)) return Number(text);
  let seconds = 0;
  for (const [, amount, name] of text.matchAll(/([0-9.]+)(ms|h|m|s)/g)) seconds += Number(amount) * unit[name!]!;
  return seconds;
}

const isOn = (value: string): boolean => value === "" || value === "true";

/** The options of flags such as `--ignore-daemonsets` and `--timeout=30s`; others change nothing. */
export function drainOptions(flags: readonly string[]): DrainOptions {
  return flags.reduce((options, flag): DrainOptions => {
    const [, name = "", value = ""] = /^--?([^=]+)=?(.*)$/.exec(flag) ?? [];
    switch (name) {
      case "force":
        return { ...options, force: isOn(value) };
      case "ignore-daemonsets":
        return { ...options, ignoreDaemonSets: isOn(value) };
      case "delete-emptydir-data":
        return { ...options, deleteEmptyDirData: isOn(value) };
      case "disable-eviction":
        return { ...options, disableEviction: isOn(value) };
      case "pod-selector":
        return { ...options, podSelector: value };
      case "timeout":
        return { ...options, timeout: secondsOf(value) };
      case "grace-period":
        return { ...options, gracePeriod: Number(value) };
      case "dry-run":
        return { ...options, dryRun: value === "server" || value === "client" ? value : "none" };
      default:
        return options;
    }
  }, plainDrain);
}
