/** Somebody at the shell: lines in, what is on the screen out. */
import { shellEn } from "../../server/messages/shell.en.ts";
import { drive, type Surface } from "../../server/shell/drive.ts";
import type { Speed } from "../../server/shell/effects.ts";
import { resolvePath } from "../../server/shell/paths.ts";
import { runText } from "../../server/shell/run.ts";
import { createTrial, emptyScenario, type KeptTrial, keptTrial, type Trial } from "../../server/shell/trial.ts";

export interface Shell {
  readonly trial: Trial;
  /** All that a line prints, errors too; `⌫` where the screen is emptied. */
  type(line: string): Promise<string>;
  /** Its exit code. */
  code(line: string): Promise<number>;
  kept(): KeptTrial;
  readonly files: Map<string, string>;
  /** Ends what runs when so much was printed. */
  interruptAfter(outputs: number): void;
}

export interface ShellOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly kept?: KeptTrial;
  readonly speed?: Speed;
  readonly edit?: (name: string, text: string) => string | null;
  readonly attended?: boolean;
}

export function shell(options: ShellOptions = {}): Shell {
  const { files: given = {}, edit = () => null, speed = "pause", attended = false } = options;
  const kept: KeptTrial = options.kept ?? { version: 1, scenario: { ...emptyScenario(1, "1.36"), horizon: 0 }, speed };
  const made = createTrial(kept, shellEn, []);
  if ("problems" in made) throw new Error(JSON.stringify(made.problems));
  const { trial, present } = made;
  trial.session.advanceTo(present);
  const files = new Map(Object.entries(given).map(([path, text]) => [resolvePath("/", path), text]));
  let wall = 0;
  let left = Number.POSITIVE_INFINITY;

  async function run(line: string): Promise<{ readonly text: string; readonly code: number }> {
    let text = "";
    let aborted = false;
    const surface: Surface = {
      write(output) {
        text += "out" in output ? output.out : "err" in output ? output.err : "⌫";
        if (--left <= 0) aborted = true;
      },
      read: async (path) => files.get(path) ?? null,
      list: async (path) => namesIn(files, path),
      async writeFile(path, more, append) {
        if (path.endsWith(".ro")) return "Permission denied";
        files.set(path, append ? (files.get(path) ?? "") + more : more);
        return null;
      },
      open: async (path) => (files.has(path) ? null : "No such file or directory"),
      edit: async (name, before) => edit(name, before),
      clock: () => wall,
      async rest(milliseconds) {
        wall += Math.max(1, milliseconds);
      },
      signal: {
        get aborted() {
          return aborted;
        },
      },
      attended,
    };
    const running = runText(trial.shell, line);
    if ("incomplete" in running) return { text: "(incomplete)", code: 0 };
    const { code, exit } = await drive(trial, running, surface);
    return { text: exit ? `${text}(exit)` : text, code };
  }

  return {
    trial,
    type: async (line) => (await run(line)).text,
    code: async (line) => (await run(line)).code,
    kept: () => keptTrial(trial),
    files,
    interruptAfter(outputs) {
      left = outputs;
    },
  };
}

function namesIn(files: ReadonlyMap<string, string>, folder: string): readonly string[] | null {
  const prefix = folder === "/" ? "/" : `${folder}/`;
  const names = [...files.keys()]
    .filter((path) => path.startsWith(prefix))
    .map((path) => /^[^/]*\/?/.exec(path.slice(prefix.length))?.[0] ?? "");
  return names.length === 0 && folder !== "/" ? null : [...new Set(names)];
}
