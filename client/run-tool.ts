/** Runs the user's own helm, kustomize or kubectl: without a shell, within bounds, away from the folder that is rendered. */
import { execFile } from "node:child_process";
import { dirname } from "node:path";
import {
  largestRendering,
  type RenderCommand,
  type Rendering,
  type RenderPlan,
  readEnding,
  renderPatience,
} from "../server/service/rendering.ts";

/** What the first command of a plan that is installed gives; `signal` ends it early. */
export async function render({ commands }: RenderPlan, signal: AbortSignal): Promise<Rendering> {
  for (const command of commands) {
    const rendering = await run(command, signal);
    if (rendering !== null) return rendering;
  }
  return { is: "no-tool" };
}

function run(command: RenderCommand, signal: AbortSignal): Promise<Rendering | null> {
  const options = {
    // Some systems look for programs where they are run, and what is rendered may hold one of that name.
    cwd: dirname(process.execPath),
    timeout: renderPatience,
    killSignal: "SIGKILL",
    maxBuffer: largestRendering,
    windowsHide: true,
    signal,
  } as const;
  return new Promise((resolve) => {
    const child = execFile(command.program, command.args, options, (error, out, err) => {
      const code = error?.code ?? null;
      const kept = typeof code === "string" ? code : error?.killed ? "ETIMEDOUT" : null;
      const status = error === null ? 0 : typeof code === "number" ? code : null;
      resolve(readEnding(command, { error: kept, status, out, err }));
    });
    // Nothing is to be asked: who waits for an answer gets the end of the input.
    child.stdin?.on("error", () => undefined).end();
  });
}
