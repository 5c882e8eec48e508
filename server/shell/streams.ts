/** Where what commands print goes, and where what they read comes from. */
import { type Effect, type Running, type Steps, writeFile } from "./effects.ts";

/** What a command reads from. */
export interface Input {
  /** The next piece; null at the end. */
  read(): Steps<string | null>;
}

/** An input that has nothing. */
export const noInput: Input = {
  // biome-ignore lint/correctness/useYield: it gives what there is at once
  *read() {
    return null;
  },
};

/** An input of one text. */
export function inputOf(text: string): Input {
  let rest: string | null = text;
  return {
    // biome-ignore lint/correctness/useYield: it gives what there is at once
    *read() {
      const piece = rest;
      rest = null;
      return piece;
    },
  };
}

/** All that is left of an input. */
export function* readAll(input: Input): Steps<string> {
  let text = "";
  for (let piece = yield* input.read(); piece !== null; piece = yield* input.read()) text += piece;
  return text;
}

/** Gives the lines of an input one by one, without their ends, for as long as `take` asks for more. */
export function* eachLine(input: Input, take: (line: string) => Steps<boolean>): Steps<void> {
  let rest = "";
  for (let piece = yield* input.read(); piece !== null; piece = yield* input.read()) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (!(yield* take(line))) return;
  }
  if (rest !== "") yield* take(rest);
}

/** A command that reads what another one prints. The first is told to end when nobody reads on and it prints again. */
export function* piped(left: Running, right: (input: Input) => Running): Running {
  let answer: unknown;
  let isDone = false;
  /** Goes on until something is printed; null at the end. */
  function* printed(): Steps<string | null> {
    while (!isDone) {
      const step = left.next(answer);
      answer = undefined;
      if (step.done) isDone = true;
      else if ("out" in step.value) return step.value.out;
      else if (!("clear" in step.value)) answer = yield step.value;
    }
    return null;
  }
  try {
    const code = yield* right({ read: printed });
    yield* printed();
    return code;
  } finally {
    left.return(0);
  }
}

export type Target =
  | { readonly is: "out" | "err" | "nowhere" }
  | { readonly is: "file"; readonly path: string; text: string };

/** A command whose output goes elsewhere: into files, away, or its errors with what it prints. */
export function* redirected(running: Running, out: Target, err: Target): Running {
  let answer: unknown;
  let code = 0;
  try {
    for (;;) {
      const step = running.next(answer);
      answer = undefined;
      if (step.done) {
        code = step.value;
        break;
      }
      const effect = step.value;
      if ("out" in effect) yield* deliver(out, effect.out);
      else if ("err" in effect) yield* deliver(err, effect.err);
      else answer = yield effect;
    }
  } finally {
    running.return(0);
  }
  const files = new Set([out, err].filter((one) => one.is === "file"));
  for (const { path, text } of files) {
    const problem = yield* writeFile(path, text, true);
    if (problem === undefined) continue;
    yield { err: `${path}: ${problem}\n` };
    code = 1;
  }
  return code;
}

function* deliver(target: Target, text: string): Steps<void> {
  if (target.is === "file") target.text += text;
  else if (target.is !== "nowhere") yield (target.is === "out" ? { out: text } : { err: text }) satisfies Effect;
}

/** What a command prints, as a text; everything else it does is done. */
export function* captured(running: Running): Steps<{ readonly text: string; readonly code: number }> {
  let text = "";
  let answer: unknown;
  try {
    for (;;) {
      const step = running.next(answer);
      answer = undefined;
      if (step.done) return { text, code: step.value };
      if ("out" in step.value) text += step.value.out;
      else answer = yield step.value;
    }
  } finally {
    running.return(0);
  }
}
