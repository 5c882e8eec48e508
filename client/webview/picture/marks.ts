/** What stands on the axis: the change, a person's steps, and what the run itself marks. Chips that would touch become one. */
import type { Verdict } from "../../../simulator/insight/verdict.ts";
import type { Mode } from "../../../simulator/played.ts";
import type { Action } from "../../../simulator/scenario/scenario.ts";
import { say } from "../messages/words.ts";
import type { IconName } from "../parts/icon.tsx";
import type { OwnStep } from "../state/trial.ts";
import { stepWords } from "../verdict/step-words.ts";
import type { Scale } from "./scale.ts";

export interface Mark {
  readonly key: string;
  readonly time: number;
  readonly text: string;
  readonly icon: IconName;
  /** A step of a person, which can be moved, edited and removed. */
  readonly step: OwnStep | null;
  /** Its right edge stands at its time, not its left one. */
  readonly end: boolean;
  readonly bad: boolean;
  /** It could not be carried out, and why. */
  readonly refused: string | null;
  /** Other marks that it stands for as well. */
  readonly others: readonly Mark[];
}

const icons: Partial<Record<Action["do"], IconName>> = {
  scale: "scale",
  setImage: "image",
  undo: "undo",
  restart: "restart",
  pause: "pause",
  resume: "play",
  delete: "trash",
  deletePod: "trash",
  drain: "drain",
  cordon: "ban",
  uncordon: "check",
  taint: "ban",
  untaint: "check",
  nodeLost: "skull",
  nodeBack: "power",
  addNode: "plus",
  removeNode: "trash",
  fault: "bolt",
};

/** The drawing of an action. */
export const actionIcon = ({ do: what }: Action): IconName => icons[what] ?? "flag";

const bare = { step: null, end: false, bad: false, refused: null, others: [] } as const;

/** All marks in order of time. `refusals`: why steps were refused, by their id. */
export function marksOf(
  mode: Mode,
  steps: readonly OwnStep[],
  verdict: Verdict | null,
  takes: number,
  refusals: ReadonlyMap<number, string>,
): readonly Mark[] {
  const begin: Mark = {
    ...bare,
    key: "begin",
    time: 0,
    text: say(mode === "create" ? "applyNew" : mode === "restart" ? "restartChip" : "apply"),
    icon: mode === "restart" ? "restart" : "flag",
  };
  const own = steps.map(
    (step): Mark => ({
      ...bare,
      key: `step-${step.id}`,
      time: step.at,
      text: stepWords(step.action),
      icon: actionIcon(step.action),
      step,
      refused: refusals.get(step.id) ?? null,
    }),
  );
  const last = endMark(verdict, takes);
  return [begin, ...own, ...(last ? [last] : [])].sort((a, b) => a.time - b.time);
}

function endMark(verdict: Verdict | null, takes: number): Mark | null {
  switch (verdict?.code) {
    case undefined:
    case "nothing-runs":
    case "job-runs":
    case "cron":
    case "on-delete":
      return null;
    case "stuck":
      return verdict.deadline === null
        ? null
        : {
            ...bare,
            key: "deadline",
            time: verdict.deadline,
            text: say("deadline"),
            icon: "clock",
            end: true,
            bad: true,
          };
    case "job-failed":
      return {
        ...bare,
        key: "failed",
        time: verdict.time,
        text: say("failedChip"),
        icon: "error",
        end: true,
        bad: true,
      };
    case "job-done":
      return { ...bare, key: "complete", time: verdict.time, text: say("complete"), icon: "check", end: true };
    default:
      return takes > 0 ? { ...bare, key: "done", time: takes, text: say("done"), icon: "check", end: true } : null;
  }
}

/** Pixels that a chip takes: its letters, its drawing and its sides. */
const chipWidth = ({ text }: Mark): number => text.length * 5.6 + 24;

/** The marks with those together that would touch, in a track so many pixels wide. The end is left out rather than joined. */
export function joined(marks: readonly Mark[], scale: Scale, width: number): readonly Mark[] {
  const pixels = (mark: Mark) => (scale.x(mark.time) * width) / 100;
  const shown: Mark[] = [];
  let free = Number.NEGATIVE_INFINITY;
  for (const mark of marks) {
    const x = pixels(mark);
    if (x < -1 || x > width + 1) continue;
    const last = shown.at(-1);
    if (mark.end) {
      if (x - chipWidth(mark) >= free) shown.push(mark);
      continue;
    }
    if (last && x < free) {
      const others = [...last.others, mark];
      const next = {
        ...last,
        others,
        text: say("moreChips", { first: last.text.replace(/, \+\d+$/, ""), n: others.length }),
      };
      shown[shown.length - 1] = next;
      free = Math.max(free, pixels(last) + chipWidth(next));
      continue;
    }
    shown.push(mark);
    free = x + chipWidth(mark) + 2;
  }
  return shown;
}
