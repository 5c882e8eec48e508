/** Somebody's way through a lab: which step, how many hints were asked for; and what is told on the way. */
import type { LabWords } from "../messages/labs.ts";
import type { Trial } from "../shell/trial.ts";
import { answerOf, holds, isRight, type Turns } from "./cluster.ts";
import { inLanguage, type Lab, type LabStep } from "./lab.ts";

/** What is kept of a course. Plain JSON. */
export interface KeptCourse {
  /** Number of steps that are done. */
  readonly done: number;
  readonly hints: number;
  /** The lab's files as they are now. */
  readonly files: readonly (readonly [name: string, text: string])[];
}

export interface Course {
  readonly lab: Lab;
  readonly files: Map<string, string>;
  done: number;
  hints: number;
}

export function beginCourse(lab: Lab, kept?: KeptCourse): Course {
  const { done = 0, hints = 0, files = [...lab.files] } = kept ?? {};
  return { lab, files: new Map(files), done: Math.min(done, lab.steps.length), hints };
}

export function keptCourse({ done, hints, files }: Course): KeptCourse {
  return { done, hints, files: [...files] };
}

export function stepNow({ lab, done }: Course): LabStep | undefined {
  return lab.steps[done];
}

/** The step that is to be done, with the hints so far. */
export function tell(course: Course, words: LabWords): string {
  const { lab, done, hints } = course;
  const step = stepNow(course);
  if (!step) return `${words.finished(inLanguage(lab.title, words.language))}\n`;
  const text = inLanguage(step.text, words.language);
  const shown = step.hints.slice(0, hints).map((hint) => `  ${words.hint(inLanguage(hint, words.language))}`);
  const how = step.type === "question" ? words.howToAnswer : words.howToGoOn;
  return [`${words.step(done + 1, lab.steps.length)} ${text}`, ...shown, `  ${how}`, ""].join("\n");
}

/** The beginning: what the lab is about, what files there are, and the first step. */
export function greet(course: Course, words: LabWords): string {
  const { lab, files } = course;
  const names = [...files.keys()];
  const lines = [
    inLanguage(lab.title, words.language),
    inLanguage(lab.about, words.language),
    ...(names.length > 0 ? [words.files(names.join(", "))] : []),
    "",
    tell(course, words),
  ];
  return lines.join("\n");
}

/** Goes on when the cluster is as the task wants it; what is told then, empty when nothing has changed. */
export async function look(course: Course, trial: Trial, words: LabWords, turns: Turns): Promise<string> {
  const step = stepNow(course);
  if (step?.type !== "task") return "";
  for (const condition of step.done) if (!(await holds(trial, condition, turns))) return "";
  return goOn(course, words, words.done);
}

function goOn(course: Course, words: LabWords, praise: string): string {
  course.done++;
  course.hints = 0;
  return `${praise}\n\n${tell(course, words)}`;
}

/** Judges an answer. */
export async function answer(
  course: Course,
  trial: Trial,
  given: string,
  words: LabWords,
  turns: Turns,
): Promise<string> {
  const step = stepNow(course);
  if (step?.type !== "question") return `${words.noQuestion}\n`;
  if (given.trim() === "") return tell(course, words);
  const right = await answerOf(trial, step.answer, course.files, turns);
  if (!isRight(given, right)) return `${words.wrong}\n`;
  const why = step.why ? ` ${inLanguage(step.why, words.language)}` : "";
  return goOn(course, words, `${words.right}${why}`);
}

/** One hint more. */
export function hint(course: Course, words: LabWords): string {
  const step = stepNow(course);
  if (!step) return tell(course, words);
  const next = step.hints[course.hints];
  if (!next) return `${step.hints.length === 0 ? words.noHints : words.noMoreHints}\n`;
  course.hints++;
  return `${words.hint(inLanguage(next, words.language))}\n`;
}

/** The way to do the step. */
export async function solution(course: Course, trial: Trial, words: LabWords, turns: Turns): Promise<string> {
  const step = stepNow(course);
  if (!step) return tell(course, words);
  if (step.type === "task") return step.solution.map((line) => `  ${line}\n`).join("");
  const [right = ""] = await answerOf(trial, step.answer, course.files, turns);
  return `  answer ${right}\n`;
}

/** Whether a line speaks to the lab and not to the cluster. */
export function speaksToLab(line: string): boolean {
  return /^\s*(?:lab|hint|solution|answer)(?:\s|$)/.test(line);
}

/** What a line comes to that speaks to the lab and not to the cluster; undefined for all others. */
export async function guide(
  course: Course,
  trial: Trial,
  line: string,
  words: LabWords,
  turns: Turns,
): Promise<string | undefined> {
  const found = /^\s*(?:lab(?:\s+|$))?(hint|solution|answer|help)?(?:\s+([\s\S]*))?$/.exec(line);
  if (found === null || !speaksToLab(line)) return undefined;
  const [, verb, rest = ""] = found;
  switch (verb) {
    case "hint":
      return hint(course, words);
    case "solution":
      return solution(course, trial, words, turns);
    case "answer":
      return answer(course, trial, rest, words, turns);
    case undefined:
      return rest === "" ? tell(course, words) : `${words.usage}\n`;
    default:
      return `${words.usage}\n`;
  }
}
