/** `seatrial kubectl` at a prompt: lines edited by readline, Tab, history, Ctrl+C. */
import { createInterface } from "node:readline";
import { clockText } from "../shell/clock.ts";
import { complete } from "../shell/complete.ts";
import { advance, drive, type Ended } from "../shell/drive.ts";
import { runText } from "../shell/run.ts";
import type { Trial } from "../shell/trial.ts";
import { surfaceOf } from "./surface.ts";

/** Time without a line after which the cluster's clock stands, in milliseconds of the wall. */
const longestIdle = 300_000;

/** Runs what is entered until the person ends it; `keep` is called after each line. */
export async function prompt(trial: Trial, keep: () => void): Promise<number> {
  const signal = { aborted: false };
  const surface = surfaceOf(signal, true);
  const { shell } = trial;
  let begun = "";
  let code = 0;
  let wall = surface.clock();

  async function catchUp(): Promise<void> {
    const passed = Math.min(longestIdle, surface.clock() - wall);
    wall = surface.clock();
    if (typeof trial.speed !== "number") return;
    await advance(trial.session, trial.session.now() + Math.floor(passed * trial.speed), surface);
  }

  const lines = createInterface({
    input: process.stdin,
    output: process.stdout,
    history: [...shell.state.history].reverse(),
    historySize: 1000,
    completer: (text: string, done: (error: null, result: [string[], string]) => void) => {
      void complete(`${begun}${text}`, trial, surface.list).then(({ from, candidates }) =>
        done(null, [[...candidates], `${begun}${text}`.slice(from)]),
      );
    },
  });
  const showPrompt = (): void => {
    const time = clockText(trial.session.now() - trial.session.server.start);
    lines.setPrompt(begun === "" ? `+${time} $ ` : "> ");
    lines.prompt();
  };
  let isRunning = false;
  lines.on("SIGINT", () => {
    if (isRunning) signal.aborted = true;
    else {
      begun = "";
      process.stdout.write("^C\n");
      lines.write(null, { ctrl: true, name: "u" });
      showPrompt();
    }
  });

  async function enter(line: string): Promise<Ended | null> {
    const text = begun + line;
    const running = runText(shell, text);
    if ("incomplete" in running) {
      begun = `${text}\n`;
      return null;
    }
    begun = "";
    await catchUp();
    if (text.trim() !== "") shell.state.history = [...shell.state.history, text].slice(-1000);
    signal.aborted = false;
    isRunning = true;
    const ended = await drive(trial, running, surface);
    isRunning = false;
    wall = surface.clock();
    keep();
    return ended;
  }

  showPrompt();
  for await (const line of lines) {
    const ended = await enter(line);
    if (ended) ({ code } = ended);
    if (ended?.exit) break;
    showPrompt();
  }
  lines.close();
  return code;
}
