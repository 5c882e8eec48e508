/** The verdict on a workload of a text, as the panel gives it: the change from HEAD is played, or a restart, or a creation. */
import { numberAt } from "../../../simulator/api/json.ts";
import { kinds } from "../../../simulator/api/kinds.ts";
import type { JobSpec, ManifestObject } from "../../../simulator/api/objects.ts";
import { jobRunOf } from "../../../simulator/insight/job-run.ts";
import { rolloutOf } from "../../../simulator/insight/rollout.ts";
import { jobVerdict } from "../../../simulator/insight/run-verdicts.ts";
import { rolloutVerdict, type Verdict } from "../../../simulator/insight/verdict.ts";
import { type Mode, nameOf, type Play, runPlay } from "../../../simulator/played.ts";
import { namedObject } from "../../../simulator/scenario/defaults.ts";
import { mostPods } from "../../rules/run.ts";
import { type Base, counterpartOf } from "../base.ts";
import { checkSlice } from "../check.ts";
import type { Manifest } from "../manifest.ts";
import type { Subject } from "../subject.ts";

/** Kinds that a new version is rolled out of. */
const rolled: ReadonlySet<string> = new Set(["Deployment", "StatefulSet", "DaemonSet"]);
/** Kinds that decide about the pods of every workload, and those that only do where they are named. */
const deciding: ReadonlySet<string> = new Set([
  "LimitRange",
  "Namespace",
  "PersistentVolume",
  "PriorityClass",
  "ResourceQuota",
  "StorageClass",
]);
const namedOnly: ReadonlySet<string> = new Set(["ConfigMap", "PersistentVolumeClaim", "Secret", "ServiceAccount"]);
/** Objects beside a workload that are played with it. */
const mostBeside = 50;
const remembered = 200;
const known = new Map<string, Verdict | null>();

/** What is played, and by what its verdict is found again. */
export interface KeyedPlay {
  readonly play: Play;
  readonly key: string;
}

interface Made {
  readonly beside: readonly Subject[];
  readonly old: Subject | undefined;
  readonly made: KeyedPlay | null;
}

const besides = new WeakMap<Manifest, readonly Subject[]>();
const plays = new WeakMap<Subject, Made>();

/** The objects of a file that may decide about pods; found in one pass. */
function decidingIn(manifest: Manifest): readonly Subject[] {
  const found =
    besides.get(manifest) ??
    manifest.slices
      .flatMap((slice) => checkSlice(slice).subjects)
      .filter(({ kind, accepted, name }) => accepted && name !== "" && (deciding.has(kind) || namedOnly.has(kind)));
  besides.set(manifest, found);
  return found;
}

/** What is played for a workload; null where nothing is, or where it would cost too much. Made again only when something of it differs. */
export function playFor(manifest: Manifest, subject: Subject, index: number, base: Base | undefined): KeyedPlay | null {
  if (!subject.accepted || !kinds.named(subject.kind)?.workload || subject.kind === "CronJob") return null;
  if (podsOf(subject) > mostPods) return null;
  const all = decidingIn(manifest);
  const text = all.length === 0 ? "" : JSON.stringify(subject.value);
  const beside = all
    .filter(({ kind, name }) => deciding.has(kind) || text.includes(JSON.stringify(name)))
    .slice(0, mostBeside);
  const old = base && counterpartOf(subject, base);
  const last = plays.get(subject);
  if (
    last &&
    last.old === old &&
    last.beside.length === beside.length &&
    last.beside.every((one, at) => one === beside[at])
  )
    return last.made;
  const play = makePlay(subject, index, beside, old);
  const made = { play, key: JSON.stringify(play) };
  plays.set(subject, { beside, old, made });
  return made;
}

function makePlay(subject: Subject, index: number, around: readonly Subject[], old: Subject | undefined): Play {
  const object = namedObject(subject.value as ManifestObject, index);
  const beside = around.map(({ value }) => value as ManifestObject);
  const after = [...beside, object];
  const isChange = old?.accepted === true && JSON.stringify(old.value) !== JSON.stringify(subject.value);
  const mode: Mode = isChange ? "change" : rolled.has(subject.kind) ? "restart" : "create";
  const before = mode === "change" ? [...beside, old?.value as ManifestObject] : mode === "restart" ? after : [];
  return {
    mode,
    before,
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
export function knownVerdict({ key }: KeyedPlay): Verdict | null | undefined {
  return known.get(key);
}

/** Works the verdict of a play out, once for each content; null where there is none. */
export function workOut({ play, key }: KeyedPlay): Verdict | null {
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
