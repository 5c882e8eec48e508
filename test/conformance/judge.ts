/** Compares what the product says about recorded manifests with what the API server answered, as VALIDATION.md says. */
import { isDeepStrictEqual } from "node:util";
import { parseManifest } from "../../server/yaml/parse.ts";
import { type Admission, admit } from "../../simulator/api/admit.ts";
import type { Target } from "../../simulator/api/target.ts";
import { admitUpdate } from "../../simulator/api/update.ts";
import { type Outcome, plain } from "./suite.ts";

/** What the API server of one version answered. */
export interface RecordedAnswer {
  readonly verdict: "accepted" | "invalid" | "malformed" | "unserved";
  readonly causes: readonly { reason: string; field: string }[];
  readonly strict: readonly { kind: string; field?: string; line?: number; message?: string }[];
  readonly warnings: readonly string[];
  readonly defaulted?: Readonly<Record<string, unknown>>;
}

export interface RecordedCreate extends RecordedAnswer {
  readonly id: string;
  readonly manifest: string;
}

export interface RecordedUpdate extends RecordedAnswer {
  readonly id: string;
  readonly change: unknown;
  readonly old: string;
  readonly new: string;
  readonly oldStatus?: unknown;
}

/** Whether a version's answer to a manifest is the recorded one. */
export function judgeCreate(
  { id, manifest }: Pick<RecordedCreate, "id" | "manifest">,
  answer: RecordedAnswer,
  target: Target,
): Outcome {
  try {
    const detail = difference(manifest, answer, target);
    return detail === undefined ? { id, pass: true } : { id, pass: false, detail };
  } catch (error) {
    return { id, pass: false, detail: String((error as Error).stack ?? error) };
  }
}

/** The same for a manifest that replaces another. */
export function judgeUpdate(
  one: Omit<RecordedUpdate, keyof RecordedAnswer>,
  answer: RecordedAnswer,
  target: Target,
): Outcome {
  const [old, next] = [one.old, one.new].map((text) => parseManifest(text).find((each) => !each.isEmpty)?.value);
  const admission = admitUpdate(old, next, target, one.oldStatus);
  const got = new Set(admission.problems.map((p) => `${p.reason} ${p.path}`));
  const want = new Set(answer.causes.map((cause) => `${cause.reason} ${cause.field}`));
  const unread = admission.problems.some((p) => p.reason === "Malformed" || p.reason === "UnknownField");
  const pass =
    answer.verdict === "malformed"
      ? unread
      : got.size === want.size && [...want].every((entry) => got.has(entry)) && !unread;
  if (pass) return { id: one.id, pass };
  const detail = `${JSON.stringify(one.change)} got ${JSON.stringify([...got])} want ${answer.verdict} ${JSON.stringify([...want])}`;
  return { id: one.id, pass, detail };
}

function difference(manifest: string, one: RecordedAnswer, target: Target): string | undefined {
  const document = parseManifest(manifest).find((each) => !each.isEmpty);
  if (!document) return one.verdict === "unserved" ? undefined : `nothing read, want ${one.verdict}`;
  const admission = admit(document.value, target);
  const found = admission.problems;
  const shown = JSON.stringify(
    [...document.problems, ...found].map((p) => ("path" in p ? `${p.reason} ${p.path}` : p.code)),
  );
  switch (one.verdict) {
    case "unserved":
      return found.some((p) => p.reason === "Unserved") ? undefined : `want unserved, got ${shown}`;
    case "malformed": {
      const missing = one.strict.filter((entry) => !covered(entry, document.problems, found));
      return missing.length === 0 ? undefined : `missing ${JSON.stringify(missing)}, got ${shown}`;
    }
    case "invalid": {
      const want = new Set(one.causes.map((cause) => `${cause.reason} ${cause.field}`));
      const got = new Set(found.map((p) => `${p.reason} ${p.path}`));
      const lacking = [...want].filter((entry) => !got.has(entry));
      const extra = [...got].filter((entry) => !want.has(entry));
      const same = lacking.length + extra.length + document.problems.length === 0;
      return same
        ? undefined
        : `missing ${JSON.stringify(lacking)} extra ${JSON.stringify(extra)} ${document.problems[0]?.code ?? ""}`;
    }
    case "accepted":
      if (document.problems.length + found.length > 0) return `want accepted, got ${shown}`;
      return differingDefaults(one, admission) ?? differingWarnings(one, admission);
  }
}

function covered(
  entry: RecordedAnswer["strict"][number],
  yaml: readonly { code: string; key?: string; line?: number }[],
  found: Admission["problems"],
): boolean {
  if (entry.kind === "unknown") return found.some((p) => p.reason === "UnknownField" && p.path === entry.field);
  if (entry.kind === "duplicate") {
    return yaml.some((p) => p.code === "yaml-duplicate-key" && p.key === entry.field && p.line === entry.line);
  }
  if (!entry.field) return yaml.length > 0 || found.some((p) => p.reason === "Malformed");
  return found.some((p) => p.reason === "Malformed" && p.path.replace(/\[\d+\]/g, "") === entry.field);
}

function differingDefaults(one: RecordedAnswer, { object }: Admission): string | undefined {
  const want: Record<string, unknown> = { ...one.defaulted };
  const got: Record<string, unknown> = { spec: object?.spec };
  for (const key of ["labels", "annotations"] as const) {
    const map = object?.metadata[key];
    if (map && Object.keys(map).length > 0) got[key] = map;
    if (want[key] && Object.keys(want[key]).length === 0) delete want[key];
  }
  if (isDeepStrictEqual(plain(got), plain(want))) return undefined;
  return `defaults: ${firstDifference(plain(got), plain(want), "")}`;
}

function firstDifference(got: unknown, want: unknown, path: string): string {
  if (isDeepStrictEqual(got, want)) return "";
  if (typeof got === "object" && typeof want === "object" && got && want) {
    const a = got as Record<string, unknown>;
    const b = want as Record<string, unknown>;
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      if (!isDeepStrictEqual(a[key], b[key])) return firstDifference(a[key], b[key], `${path}.${key}`);
    }
  }
  return `${path}: got ${JSON.stringify(got)} want ${JSON.stringify(want)}`;
}

function differingWarnings(one: RecordedAnswer, admission: Admission): string | undefined {
  const want = new Set(one.warnings.map((text) => text.split(": ")[0]));
  const got = new Set(admission.warnings.map((warning) => warning.path));
  const same = want.size === got.size && [...want].every((path) => got.has(path ?? ""));
  return same ? undefined : `warnings: got ${JSON.stringify([...got])} want ${JSON.stringify([...want])}`;
}
