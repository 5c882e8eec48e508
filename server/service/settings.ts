/** Settings below `seatrial.` as a client sends them; what makes no sense is left at its default. */
import { isTarget, newestTarget, type Target } from "../../simulator/api/target.ts";

export type RuleLevel = "off" | "hint" | "information" | "warning" | "error";

/** Which hints are shown inside of the text. */
export interface HintSettings {
  readonly percentages: boolean;
  readonly schedules: boolean;
  readonly resources: boolean;
  readonly probes: boolean;
  readonly defaults: boolean;
}

export interface Settings {
  /** Severity by code, over what the rule says. */
  readonly rules: ReadonlyMap<string, RuleLevel>;
  /**
   * Whether what is wrong with the shape is reported here. `auto`: all of it, but where the YAML extension is there not what
   * that reports itself: syntax, duplicate keys, unknown fields and wrong types. `off`: none of it.
   */
  readonly structural: "auto" | "on" | "off";
  /** The version of Kubernetes that manifests are for. */
  readonly target: Target;
  readonly hints: HintSettings;
  /** Whether workloads have their verdict above them. */
  readonly codeLens: boolean;
  /** In which language things are said; `auto`: in that of the client. */
  readonly language: "auto" | "en" | "ko";
}

/** All but those that say what nobody asked for. */
const usualHints: HintSettings = { percentages: true, schedules: true, resources: true, probes: true, defaults: false };

export const defaultSettings: Settings = {
  rules: new Map(),
  structural: "auto",
  target: newestTarget,
  hints: usualHints,
  codeLens: true,
  language: "auto",
};

const levels: Readonly<Record<string, RuleLevel>> = {
  off: "off",
  hint: "hint",
  info: "information",
  information: "information",
  warning: "warning",
  error: "error",
};

export function readSettings(value: unknown): Settings {
  if (typeof value !== "object" || value === null) return defaultSettings;
  const { rules, structural, kubernetesVersion, inlayHints, codeLens, language } = value as Readonly<
    Record<string, unknown>
  >;
  const read = new Map<string, RuleLevel>();
  if (typeof rules === "object" && rules !== null) {
    for (const [code, level] of Object.entries(rules)) {
      const known = typeof level === "string" ? levels[level] : undefined;
      if (known !== undefined) read.set(code, known);
    }
  }
  return {
    rules: read,
    structural: structural === "on" || structural === "off" ? structural : "auto",
    target: isTarget(kubernetesVersion) ? kubernetesVersion : newestTarget,
    hints: readHints(inlayHints),
    language: language === "en" || language === "ko" ? language : "auto",
    codeLens: (codeLens as { readonly enabled?: unknown } | null | undefined)?.enabled !== false,
  };
}

function readHints(value: unknown): HintSettings {
  if (typeof value !== "object" || value === null) return usualHints;
  const given = value as Readonly<Record<string, unknown>>;
  const read = Object.entries(usualHints).map(([name, usual]) => [
    name,
    typeof given[name] === "boolean" ? given[name] : usual,
  ]);
  return Object.fromEntries(read) as unknown as HintSettings;
}
