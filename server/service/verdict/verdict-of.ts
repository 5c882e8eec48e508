/** The verdict on a workload of a text, as the panel gives it: the change from HEAD is played, or a restart, or a creation. */
import { numberAt } from "../../../simulator/api/json.ts";
import { kinds } from "../../../simulator/api/kinds.ts";
import type { JobSpec, ManifestObject } from "../../../simulator/api/objects.ts";
import { jobRunOf } from "../../../simulator/insight/job-run.ts";
import { rolloutOf } from "../../../simulator/insight/rollout.ts";
import { jobVerdict } from "../../../simulator/insight/run-verdicts.ts";
import { rolloutVerdict, type Verdict } from "../../../simulator/insight/verdict.ts";
import { type Mode, nameOf, type Play, runPlay } from "../../../simulator/played.ts";
import { isApplicable, namedObject } from "../../../simulator/scenario/defaults.ts";
import { mostPods } from "../../rules/run.ts";
import { type Base, counterpartOf } from "../base.ts";
import { checkSlice } from "../check.ts";
import type { Manifest } from "../manifest.ts";
import type { Listed } from "../objects.ts";
import type { Subject } from "../subject.ts";

/** Kinds that a new version is rolled out of. */
const rolled: ReadonlySet<string> = new Set(["Deployment", "StatefulSet", "DaemonSet"]);
/** Objects beside a workload that are played with it. */
const mostBeside = 50;
const remembered = 200;
const known = new Map<string, Verdict | null>();

/** What is played for a workload; null where nothing is, or where it would cost too much. */
export function playFor(manifest: Manifest, { subject, index }: Listed, base: Base | undefined): Play | null {
  if (subject === null || !subject.accepted || !kinds.named(subject.kind)?.workload || subject.kind === "CronJob")
    return null;
  const object = namedObject(subject.value as ManifestObject, index);
  if (podsOf(subject) > mostPods) return null;
  const beside = manifest.slices
    .flatMap((slice) => checkSlice(slice).subjects)
    .filter((one) => one.accepted && isApplicable(one.kind) && !kinds.named(one.kind)?.workload && one.name !== "")
    .slice(0, mostBeside)
    .map((one) => one.value as ManifestObject);
  const old = base && counterpartOf(subject, base);
  const before = old?.accepted ? [...beside, old.value as ManifestObject] : [];
  const after = [...beside, object];
  const isChange = before.length > 0 && JSON.stringify(old?.value) !== JSON.stringify(subject.value);
  const mode: Mode = isChange ? "change" : rolled.has(subject.kind) ? "restart" : "create";
  return {
    mode,
    before: mode === "change" ? before : mode === "restart" ? after : [],
    after,
    target: nameOf(object),
    seed: 1,
    kubernetes: subject.target,
    faults: [],
    steps: [],
  };
}

function podsOf({ kind, object }: Subject): number {
  const spec = object?.spec as never;
  if (kind !== "Job") return numberAt(spec, "replicas") ?? 1;
  return Math.max(numberAt(spec, "completions") ?? 1, numberAt(spec, "parallelism") ?? 1);
}

/** The verdict of a play where it has been worked out; undefined where it has not. */
export function knownVerdict(play: Play): Verdict | null | undefined {
  return known.get(JSON.stringify(play));
}

/** Works the verdict of a play out, once for each content; null where there is none. */
export function workOut(play: Play): Verdict | null {
  const key = JSON.stringify(play);
  const found = known.has(key) ? (known.get(key) ?? null) : verdictOf(play);
  known.delete(key);
  known.set(key, found);
  if (known.size > remembered) known.delete(known.keys().next().value as string);
  return found;
}

function verdictOf(play: Play): Verdict | null {
  const name = play.target;
  const object = play.after.at(-1);
  if (name === null || object === undefined) return null;
  try {
    const played = runPlay(play);
    if ("problems" in played) return null;
    const { trace, from } = played;
    if (trace.ending === "budget") return null;
    return name.kind === "Job"
      ? jobVerdict(jobRunOf(trace, name, from, object.spec as unknown as JobSpec))
      : rolloutVerdict(trace, name, from, rolloutOf(trace, name, from), { mode: play.mode });
  } catch {
    // One workload that cannot be played must not take the others with it.
    return null;
  }
}
