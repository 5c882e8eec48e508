/** What a lab asks of a cluster: command lines of kubectl, looked at without anybody seeing it, now or in a copy of the cluster. */
import { parseDurationText } from "../../simulator/scenario/duration-text.ts";
import { advance, drive, type Surface } from "../shell/drive.ts";
import { runText } from "../shell/run.ts";
import { newShell } from "../shell/state.ts";
import { createTrial, keptTrial, type Trial } from "../shell/trial.ts";
import type { Answer, Condition } from "./lab.ts";

/** How work is spread over time, so that others get their turn. */
export type Turns = Pick<Surface, "clock" | "rest">;

export interface Printed {
  readonly out: string;
  readonly code: number;
}

/** What a command line of kubectl prints. It is cut at blanks: a condition is no line of a shell. */
export async function ask(trial: Trial, line: string, turns: Turns): Promise<Printed> {
  const [, ...words] = line.trim().split(/\s+/);
  const running = trial.shell.world.kubectl(
    words,
    { read: () => undefined, list: () => undefined },
    { variables: {}, config: undefined, keep: () => undefined },
  );
  return run(trial, running, turns, new Map());
}

/** Plays command lines of a shell one after the other, with the files of a lab. */
export async function play(
  trial: Trial,
  lines: readonly string[],
  files: Map<string, string>,
  turns: Turns,
): Promise<readonly Printed[]> {
  const printed: Printed[] = [];
  for (const line of lines) {
    const running = runText(trial.shell, line);
    printed.push("incomplete" in running ? { out: "", code: 2 } : await run(trial, running, turns, files));
  }
  return printed;
}

async function run(
  trial: Trial,
  running: Parameters<typeof drive>[1],
  { clock, rest }: Turns,
  files: Map<string, string>,
): Promise<Printed> {
  let out = "";
  const { code } = await drive(trial, running, {
    write: (output) => {
      if ("out" in output) out += output.out;
    },
    ...filesOf(files),
    edit: async () => null,
    clock,
    rest,
    signal: { aborted: false },
    attended: false,
  });
  return { out, code };
}

/** The files of a lab as a shell reads, writes and opens them: all in one folder. Without an editor none is opened. */
export function filesOf(
  files: Map<string, string>,
  edit?: Surface["edit"],
): Pick<Surface, "read" | "list" | "writeFile" | "open"> {
  return {
    read: async (path) => files.get(path.slice(1)) ?? null,
    list: async (path) => (path === "/" ? [...files.keys()] : null),
    async writeFile(path, text, append) {
      const name = path.slice(1);
      if (name === "" || name.includes("/")) return "No such file or directory";
      files.set(name, (append ? (files.get(name) ?? "") : "") + text);
      return null;
    },
    async open(path) {
      const name = path.slice(1);
      if (edit === undefined) return "Operation not supported";
      if (name === "" || name.includes("/")) return "No such file or directory";
      const text = await edit(name, files.get(name) ?? "");
      if (text !== null) files.set(name, text);
      return null;
    },
  };
}

/** The same cluster at the same moment, in which anything may be tried. */
async function copyOf(trial: Trial, turns: Turns): Promise<Trial | undefined> {
  const made = createTrial({ ...keptTrial(trial), speed: "max" }, trial.shell.words, []);
  if ("problems" in made) return undefined;
  made.trial.shell.state.folder = newShell().folder;
  await advance(made.trial.session, made.present, turns);
  return made.trial;
}

/** Whether a condition holds now. */
export async function holds(trial: Trial, condition: Condition, turns: Turns): Promise<boolean> {
  const { out, code } = await ask(trial, condition.run, turns);
  if (condition.fails === true) return code !== 0;
  if (code !== 0) return false;
  const text = out.trim();
  const { is, oneOf, contains, lines } = condition;
  return (
    (is === undefined || text === is) &&
    (oneOf === undefined || oneOf.includes(text)) &&
    (contains === undefined || text.includes(contains)) &&
    (lines === undefined || countOf(text, "lines") === lines)
  );
}

/** The right answer of a question, worked out on a copy of the cluster where something has to happen first. */
export async function answerOf(
  trial: Trial,
  answer: Answer,
  files: ReadonlyMap<string, string>,
  turns: Turns,
): Promise<readonly string[]> {
  if ("text" in answer) return [answer.text];
  const isLater = answer.if !== undefined || answer.after !== undefined;
  const there = isLater ? await copyOf(trial, turns) : trial;
  if (there === undefined) return [];
  await play(there, answer.if ?? [], new Map(files), turns);
  const wait = answer.after === undefined ? 0 : (parseDurationText(answer.after) ?? 0);
  if (wait > 0) await advance(there.session, there.session.now() + wait, turns);
  const text = (await ask(there, answer.run, turns)).out.trim();
  const right = answer.count ? String(countOf(text, answer.count)) : text === "" ? "0" : text;
  return [right, ...(answer.oneOf ?? [])];
}

function countOf(text: string, what: "lines" | "words"): number {
  return text === "" ? 0 : text.split(what === "lines" ? "\n" : /\s+/).length;
}

/** Whether what was answered is one of the right answers: blanks around it, quotes and case do not count. */
export function isRight(given: string, right: readonly string[]): boolean {
  const plain = (text: string) =>
    text
      .trim()
      .replace(/^["'`]|["'`]$/g, "")
      .toLowerCase();
  return right.some((one) => plain(one) === plain(given));
}
