/** Runs the user's own helm, kustomize or kubectl for `--render`: without a shell, within bounds, away from the folder that is rendered. */
import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import type { NotRendered } from "../messages/run-words.ts";
import {
  documentsIn,
  largestRendering,
  planRendering,
  type RenderCommand,
  type Rendering,
  type RenderPlan,
  readEnding,
  renderPatience,
  sourceAt,
} from "../service/rendering.ts";
import type { Input, Unreadable } from "./files.ts";

interface Named extends NotRendered {
  readonly name: string;
}

/** What the tools make of the charts and kustomizations around the named files and folders, each once. */
export function renderInputs(
  names: readonly string[],
  version: string,
): {
  readonly inputs: readonly Input[];
  readonly unreadable: readonly Unreadable[];
  readonly notRendered: readonly Named[];
} {
  const inputs: Input[] = [];
  const unreadable: Unreadable[] = [];
  const notRendered: Named[] = [];
  const seen = new Set<string>();
  for (const name of names) {
    const info = statSync(name, { throwIfNoEntry: false });
    if (info === undefined) {
      unreadable.push({ name, why: "missing" });
      continue;
    }
    const folder = info.isDirectory() ? resolve(name) : dirname(resolve(name));
    const plan = planRendering(folder, version, { namesIn, parentOf: dirname });
    if (plan === null) {
      notRendered.push({ name, plan, why: { is: "none-around" } });
      continue;
    }
    if (seen.has(plan.folder)) continue;
    seen.add(plan.folder);
    const rendering = render(plan);
    if (rendering.is !== "rendered") notRendered.push({ name, plan, why: rendering });
    else inputs.push(inputOf(rendering.text, plan));
  }
  return { inputs, unreadable, notRendered };
}

function inputOf(text: string, plan: RenderPlan): Input {
  const documents = documentsIn(text, plan);
  const rendered = {
    sourceAt(line: number) {
      const path = sourceAt(documents, line);
      return path === null ? null : shown(path);
    },
  };
  return { name: `${shown(plan.folder)} (${plan.tool})`, text, named: true, rendered };
}

/** Runs the first command of a plan that is installed. */
function render({ commands }: RenderPlan): Rendering {
  for (const command of commands) {
    const rendering = run(command);
    if (rendering !== null) return rendering;
  }
  return { is: "no-tool" };
}

function run(command: RenderCommand): Rendering | null {
  const { error, status, stdout, stderr } = spawnSync(command.program, command.args, {
    // Some systems look for programs where they are run, and what is rendered may hold one of that name.
    cwd: dirname(process.execPath),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    timeout: renderPatience,
    killSignal: "SIGKILL",
    maxBuffer: largestRendering,
    windowsHide: true,
  });
  const code = error === undefined ? null : ((error as NodeJS.ErrnoException).code ?? error.message);
  return readEnding(command, { error: code, status, out: stdout ?? "", err: stderr ?? "" });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function shown(path: string): string {
  return (relative("", path) || ".").split(sep).join("/");
}
