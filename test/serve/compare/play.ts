/** One command line on one state of a cluster, by our kubectl in process and by the real one over HTTP. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readDocs } from "../../../server/docs.node.ts";
import { parseManifest } from "../../../server/yaml/parse.ts";
import type { JsonObject } from "../../../simulator/api/json.ts";
import type { Environment } from "../../../simulator/kubectl/command/command.ts";
import { runKubectl, runToEnd } from "../../../simulator/kubectl/command/run.ts";
import type { Session } from "../../../simulator/session.ts";
import { doorOf } from "../../../simulator/session-door.ts";
import { begun, type Served, served, type Told } from "../help.ts";
import { type State, states } from "./states.ts";

/** A line of the data: on which state, which words, and what stands in the environment. */
export interface Line {
  readonly state: string;
  readonly text: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly words: readonly string[];
}

/** So long a command is waited for, in milliseconds of the cluster: what watches would never end. */
const patience = 900_000;

const here = import.meta.dirname;

/** The lines of the data file, under the names of their states. */
export function readLines(): readonly Line[] {
  const lines: Line[] = [];
  let state = "";
  for (const text of readFileSync(join(here, "lines.txt"), "utf8").split("\n")) {
    const heading = /^# (\w+)$/.exec(text)?.[1];
    if (heading !== undefined) state = heading;
    else if (text.trim() !== "" && !text.startsWith("#")) lines.push({ state, text, ...wordsOf(text) });
  }
  return lines;
}

/** Words as a shell has them: quotes, and variables in front. */
function wordsOf(text: string): Pick<Line, "variables" | "words"> {
  const words = [...text.matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g)].map(([word]) =>
    word.replace(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => single ?? double ?? ""),
  );
  const variables: Record<string, string> = {};
  while (/^[A-Z_]+=/.test(words[0] ?? "")) {
    const [name = "", ...value] = words.shift()!.split("=");
    variables[name] = value.join("=");
  }
  return { variables, words };
}

function sessionOf({ manifests = "", seconds = 0, after = [], later = 0 }: State): Session {
  const session = begun(manifests, seconds, { kubernetes: "1.36" }, later);
  for (const action of after) {
    const performed = session.perform(action);
    if (!("step" in performed) || performed.step.problem) throw new Error(JSON.stringify(performed));
  }
  session.advanceTo(session.now() + later * 1000);
  return session;
}

export interface Played {
  readonly ours: Told;
  readonly real: Told;
}

export interface Stage {
  play(line: Line): Promise<Played>;
  close(): Promise<void>;
}

/** Two equal clusters, one for each kubectl; they are made anew when a line has changed one of them. */
export function createStage(): Stage {
  let at: string | undefined;
  let mine: Session | undefined;
  let theirs: Served | undefined;

  async function set(state: string): Promise<void> {
    await theirs?.close();
    const given = Object.hasOwn(states, state) ? states[state] : undefined;
    if (!given) throw new Error(`there is no state ${state}`);
    mine = sessionOf(given);
    theirs = await served(sessionOf(given));
    at = state;
  }

  return {
    async play(line) {
      if (at !== line.state) await set(line.state);
      const steps = mine!.scenario().steps.length;
      const time = mine!.now();
      const ours = playOurs(mine!, theirs!, line);
      const { clock } = theirs!.serving;
      clock.setSpeed(speedFor(line.text));
      const real = await playReal(theirs!, line);
      clock.setSpeed(0);
      const isTouched = [mine!, theirs!.session].some(
        (one) => one.scenario().steps.length !== steps || one.now() !== time,
      );
      if (isTouched) at = undefined;
      return { ours, real };
    },
    close: async () => theirs?.close(),
  };
}

/** What waits for the cluster, where nothing says for how long. */
const waiting = /^(\S+=\S+ )*(delete|drain|wait|rollout status|replace .*--force|logs .*-f|run .*--rm)\b/;

/** Time passes for the real kubectl only where it waits: faster than on the wall, unless it counts the seconds. */
function speedFor(text: string): number {
  if (!waiting.test(text) || /--watch=false|--wait=false|--dry-run/.test(text)) return 0;
  return /--timeout=/.test(text) ? 1 : 100;
}

/** A folder like the one that the files of the lines are in. */
function inFolder<T>(folder: string, play: () => T): T {
  for (const name of readdirSync(join(here, "files"))) {
    writeFileSync(join(folder, name), readFileSync(join(here, "files", name)));
  }
  return play();
}

function playReal(served: Served, { words, variables }: Line): Promise<Told> {
  const limited = words.some((word) => word.startsWith("--timeout")) ? words : ["--request-timeout=10s", ...words];
  return inFolder(served.folder, () => served.run("kubectl", limited, "", variables));
}

function playOurs(session: Session, { serving }: Served, { words, variables }: Line): Told {
  const folder = join(here, "files");
  const environment: Environment = {
    door: doorOf(() => session),
    docs: readDocs(),
    files: {
      read: (path) => readable(() => readFileSync(join(folder, path), "utf8")),
      list: (path) =>
        readable(() => (statSync(join(folder, path)).isDirectory() ? readdirSync(join(folder, path)) : undefined)),
    },
    readDocuments: (text) =>
      parseManifest(text)
        .filter(({ isEmpty }) => !isEmpty)
        .map(({ value, problems }) => (problems[0] ? { error: problems[0].code } : { value })),
    config: configOf(serving.port),
    variables,
  };
  const latest = session.now() + patience;
  try {
    return runToEnd(runKubectl(environment, words), {
      pass(most) {
        if (session.now() >= latest) return false;
        const end = Math.min(latest, session.now() + most);
        const next = Math.min(end, session.next() ?? end);
        return Number.isFinite(next) && session.advanceTo(next);
      },
      edit: (name, text) => edited(variables["KUBE_EDITOR"] ?? "true", name, text),
    });
  } catch (error) {
    return { stdout: "", stderr: `thrown: ${error instanceof Error ? error.stack : String(error)}`, exitCode: -1 };
  }
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function configOf(port: number): JsonObject {
  return {
    apiVersion: "v1",
    kind: "Config",
    "current-context": "seatrial",
    contexts: [{ name: "seatrial", context: { cluster: "seatrial", namespace: "default", user: "seatrial" } }],
    clusters: [
      {
        name: "seatrial",
        cluster: { "certificate-authority-data": "DATA+OMITTED", server: `https://127.0.0.1:${port}` },
      },
    ],
    users: [{ name: "seatrial", user: { token: "REDACTED" } }],
  };
}

function edited(editor: string, name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "seatrial-edit-"));
  try {
    const file = join(folder, name.replaceAll("/", "-"));
    writeFileSync(file, text);
    execFileSync("sh", ["-c", `${editor} "${file}"`]);
    return readFileSync(file, "utf8");
  } finally {
    rmSync(folder, { recursive: true });
  }
}
