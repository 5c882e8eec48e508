/** When something is worked out anew, and where it is looked at then. */
import { batch, effect } from "@preact/signals";
import { sayProblem } from "../messages/words.ts";
import { remember, tell } from "./host.ts";
import * as model from "./model.ts";
import { playOf, variedBy } from "./play.ts";
import { createRunner, startWorker } from "./runner.ts";
import { beginTimeline, isTried, nothingTried, undone } from "./trial.ts";

const runMain = createRunner(startWorker);
const runAside = createRunner(startWorker);
const runPlain = createRunner(startWorker);

let lastKey = "";
/** The playhead waits here for the run that is under way: `null` leaves it where it is. */
let nextTime: number | null = null;
let waiting: (() => void)[] = [];

/** Does it now, or after the run that is under way: before the first run there is nothing to look at or to change. */
export function onceRun(work: () => void): void {
  if (model.result.value && !model.working.value) work();
  else waiting.push(work);
}

async function rerun(): Promise<void> {
  const wanted = model.wanted.value;
  const stale = wanted.target === null || model.shown.value?.object === null;
  if (stale) return;
  model.working.value = true;
  const before = model.result.value;
  try {
    const found = await runMain(playOf(wanted));
    if (found === null) return;
    batch(() => {
      model.working.value = false;
      model.broken.value = null;
      if ("problems" in found) {
        model.refusal.value = found.problems.map(sayProblem).join(" ");
        takeBack();
        return;
      }
      if (tookBack) tookBack = false;
      else model.refusal.value = null;
      model.lastValid.value = model.manifest.value;
      model.result.value = { ...found, wanted };
      if (nextTime !== null) model.time.value = nextTime;
      else if (
        before === null ||
        before.wanted.mode !== wanted.mode ||
        !sameTarget(before.wanted.target, wanted.target)
      )
        model.time.value = firstLook();
      else model.time.value = Math.min(model.time.value, model.end.value);
    });
    nextTime = null;
    remember();
    const due = waiting;
    waiting = [];
    for (const work of due) onceRun(work);
    await compareNow();
  } catch (error) {
    model.working.value = false;
    model.broken.value = String(error);
    tell({ type: "failed", message: String(error) });
  }
}

/** What was refused is told until the run after the next. */
let tookBack = false;

/** What cannot be tried is not tried: the next run is one without it, and the sentence why stays. */
function takeBack(): void {
  const { past, now } = model.timeline.value;
  if (!isTried(now)) return;
  tookBack = true;
  model.timeline.value = past.length > 0 ? undone(model.timeline.value) : beginTimeline(nothingTried(now.seed));
  remember();
}

const sameTarget = (a: typeof model.target.value, b: typeof model.target.value): boolean =>
  a?.kind === b?.kind && a?.name === b?.name && a?.namespace === b?.namespace;

/** Where a picture is first looked at: in the middle of what happens, where most is seen. */
export function firstLook(): number {
  const { verdict, end } = model;
  const about = verdict.value;
  if (about?.code === "cron") return 0;
  if (about?.code === "stuck") return about.deadline ?? end.value;
  if (about?.code === "below-floor" || about?.code === "downtime") return about.at;
  return Math.round(end.value / 2);
}

/** Runs what the shown run is compared with, and the same without what-ifs where there are some. */
export async function compareNow(): Promise<void> {
  const found = model.result.value;
  const chosen = model.variant.value;
  if (!found) return;
  if (chosen) {
    const wanted = variedBy(found.wanted, chosen);
    const second = await runAside(playOf(wanted));
    if (second !== null) model.other.value = "problems" in second ? null : { ...second, wanted };
  } else model.other.value = null;
  const name = found.wanted.target;
  if (found.wanted.trial.whatIfs.length === 0 || !name) model.plainTakes.value = null;
  else {
    const wanted = variedBy(found.wanted, "steps");
    const plain = await runPlain(playOf(wanted));
    if (plain !== null && !("problems" in plain)) {
      model.plainTakes.value = model.rolloutIn({ ...plain, wanted }, name)?.takes ?? null;
    }
  }
}

/** Runs again whenever what is wanted has changed. */
export function followWanted(): void {
  effect(() => {
    const key = model.wantedKey.value;
    const hasNone = model.workloads.value.length === 0;
    if (hasNone || key === lastKey) return;
    lastKey = key;
    void rerun();
  });
}

/** Tries again what failed. */
export function again(): void {
  lastKey = "";
  model.broken.value = null;
  void rerun();
}

/** Puts the playhead at a time once the next run is there. */
export function lookNextAt(time: number): void {
  nextTime = time;
}
