/** What becomes of an object when a changed text is brought to it: by apply, replace and server-side apply. */
import { parseManifest } from "../../../server/yaml/parse.ts";
import { asObject, type JsonObject } from "../../../simulator/api/json.ts";
import type { Problem } from "../../../simulator/api/problem.ts";
import type { Surroundings } from "../../../simulator/api/registry/surroundings.ts";
import { anyCluster } from "../../../simulator/api/service-ranges.ts";
import { recordedTarget } from "../../../simulator/api/target.ts";
import { type Change, changeOf, objectBefore } from "../../../simulator/kubectl/change/change.ts";
import type { Origin } from "../../../simulator/kubectl/change/made.ts";
import type { Mode } from "../../../simulator/kubectl/change/outcome.ts";
import { silentText } from "../../../simulator/kubectl/change/silent.ts";
import { liveAfter } from "../apply/between.ts";
import { type Outcome, readLines, type Suite } from "../suite.ts";

interface Answer {
  readonly verdict: string;
  readonly causes: readonly { reason: string; field: string }[];
  readonly strict?: readonly { kind: string; field?: string }[];
  readonly warnings: readonly string[];
  readonly stderr?: string;
  readonly silent?: Readonly<Record<string, readonly string[]>>;
  readonly written?: boolean;
  readonly generation?: string;
  readonly status?: number;
  readonly live?: JsonObject;
}

interface Case {
  readonly id: string;
  readonly rule: string;
  readonly old: string;
  readonly new: string;
  readonly made?: Origin;
  readonly between?: readonly (readonly string[])[];
  readonly stdin?: string;
  readonly stored?: boolean;
  readonly oldStatus?: unknown;
  readonly live?: JsonObject;
  readonly cluster?: string;
  readonly dump?: string;
  readonly modes: Readonly<Record<string, Answer>>;
}

export const suite: Suite = {
  name: "apply",
  run: (dir) =>
    readLines<Case>(dir, "apply.jsonl").flatMap((one) =>
      Object.entries(one.modes).map(([mode, answer]) => judge(one, mode as Mode, answer)),
    ),
};

function judge(one: Case, mode: Mode, answer: Answer): Outcome {
  const id = `${one.id} ${mode}`;
  try {
    const detail = difference(one, mode, answer);
    return detail === undefined ? { id, pass: true } : { id, pass: false, detail: `${one.rule}: ${detail}` };
  } catch (error) {
    return { id, pass: false, detail: String((error as Error).stack ?? error) };
  }
}

/** The cluster that the facts were recorded in. */
function surroundingsOf(one: Case): Surroundings {
  const families = one.cluster === "dual-stack" || one.dump !== undefined ? ["IPv4", "IPv6"] : ["IPv4"];
  return {
    target: recordedTarget,
    admission: true,
    ranges: { ...anyCluster, isKnown: true, families },
    storageClass: (name) => (name === "grows" || name === "fixed" ? { allowVolumeExpansion: name === "grows" } : null),
    priorityClass: () => null,
    hasServiceAccount: (_namespace, name) => name === "default",
    hasNamespace: (name) => name !== "nowhere",
    runtimeClass: () => null,
  };
}

function manifestIn(text: string): unknown {
  return parseManifest(text).find((each) => !each.isEmpty)?.value;
}

function difference(one: Case, mode: Mode, answer: Answer): string | undefined {
  const surroundings = surroundingsOf(one);
  const request = {
    old: manifestIn(one.old),
    next: manifestIn(one.new),
    mode,
    surroundings,
    ...(one.made ? { origin: one.made } : {}),
  };
  const made = objectBefore(request);
  if (answer.verdict === "old refused") return made === undefined ? undefined : "the old text was taken";
  if (made === undefined) return "the old text was refused";
  const withStatus = one.oldStatus === undefined ? made : { ...made, status: one.oldStatus as never };
  const recorded = answer.live ?? one.live;
  // What was put into the storage as it is has no last-applied annotation where it has annotations of its own.
  const isBare = one.stored === true && asObject(recorded?.["metadata"])["annotations"] !== undefined;
  const live =
    one.between || one.stored
      ? liveAfter(withStatus, one.between ?? [], recorded, one.stdin, surroundings, isBare)
      : withStatus;
  return differing(changeOf({ ...request, live }), live, answer);
}

function differing(change: Change, live: JsonObject, answer: Answer): string | undefined {
  const got = change.problems.map((each) => `${each.reason} ${each.path}`);
  if (change.verdict !== answer.verdict) {
    return `got ${change.verdict} ${JSON.stringify(got)}, want ${answer.verdict} ${JSON.stringify(answer.causes)}`;
  }
  if (answer.verdict === "malformed") return uncovered(change.problems, answer);
  if (answer.verdict === "rejected" && answer.status !== change.status) return `status ${change.status}`;
  const causes = answer.causes.map(({ reason, field }) => `${reason} ${field}`);
  if (answer.verdict !== "client" && answer.verdict !== "rejected" && !isSameSet(got, causes))
    return `causes ${compared(got, causes)}`;
  const warnings = change.warnings.map(({ path }) => path);
  const wanted = answer.warnings.map((text) => text.split(": ")[0] ?? "");
  if (!isSameSet(warnings, wanted)) return `warnings ${compared(warnings, wanted)}`;
  const missed = answer.stderr?.includes("is missing the") === true;
  if (change.lacksLastApplied !== missed && answer.verdict === "accepted")
    return `last-applied missing: want ${missed}`;
  return answer.verdict === "accepted" ? differingEffect(change, live, answer) : undefined;
}

function differingEffect(change: Change, live: JsonObject, answer: Answer): string | undefined {
  for (const key of ["dropped", "different", "order", "kept"] as const) {
    const got = change.silent[key].map(silentText);
    const want = answer.silent?.[key] ?? [];
    if (!isSameSet(got, want)) return `silent ${key} ${compared(got, want)}`;
  }
  if (change.written !== answer.written) return `written: got ${change.written}`;
  if (answer.generation === undefined) return undefined;
  const generation = (object: JsonObject | undefined) => asObject(object?.["metadata"])["generation"];
  const moved = generation(change.result) === generation(live) ? "same" : "up";
  const got = change.isNew ? "new object" : moved;
  return got === answer.generation ? undefined : `generation: got ${got}, want ${answer.generation}`;
}

function uncovered(problems: readonly Problem[], { strict = [] }: Answer): string | undefined {
  const missing = strict.filter(({ kind, field }) => {
    if (kind === "unknown") return !problems.some((one) => one.reason === "UnknownField" && one.path === field);
    if (!field) return !problems.some((one) => one.reason === "Malformed");
    return !problems.some((one) => one.reason === "Malformed" && one.path.replace(/\[\d+\]/g, "") === field);
  });
  return missing.length === 0 ? undefined : `missing ${JSON.stringify(missing)}, got ${JSON.stringify(problems)}`;
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  const [left, right] = [new Set(a), new Set(b)];
  return left.size === right.size && [...left].every((one) => right.has(one));
}

function compared(got: readonly string[], want: readonly string[]): string {
  return `got ${JSON.stringify([...new Set(got)])} want ${JSON.stringify([...new Set(want)])}`;
}
