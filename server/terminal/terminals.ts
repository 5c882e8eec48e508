/** The trials of a client's terminals: each a session with a shell in this process, driven a piece at a time. */

import type { ManifestObject } from "../../simulator/api/objects.ts";
import type { Target } from "../../simulator/api/target.ts";
import { isWrite } from "../../simulator/apiserver/request.ts";
import type { Scenario } from "../../simulator/scenario/scenario.ts";
import { createSession } from "../../simulator/session.ts";
import type { ShellWords } from "../messages/shell.ts";
import { complete } from "../shell/complete.ts";
import { advance, drive, type Output, type Surface } from "../shell/drive.ts";
import { runText } from "../shell/run.ts";
import { createTrial, emptyScenario, type KeptTrial, keptTrial, type Trial } from "../shell/trial.ts";
import type {
  Asked,
  AskParams,
  CompleteParams,
  Completion,
  Opened,
  OpenParams,
  ReplaceParams,
  RunParams,
  RunResult,
  Standing,
} from "./protocol.ts";

/** What terminals need of the connection to their client. */
export interface TerminalHost {
  readonly target: () => Target;
  readonly words: () => ShellWords;
  readonly output: (id: string, outputs: readonly Output[]) => void;
  readonly files: Pick<Surface, "read" | "list" | "writeFile">;
  readonly edit: (id: string, name: string, text: string) => Promise<string | null>;
  /** The clock on the wall, in milliseconds. */
  readonly clock: () => number;
  readonly rest: (milliseconds: number) => Promise<void>;
}

interface Open {
  readonly trial: Trial;
  /** Steps that its scenario had when it was opened or replaced. */
  steps: number;
  /** When the clock on the wall was last looked at. */
  wall: number;
  /** Set while something runs. */
  signal: Signal | null;
}

/** Whether what runs is to end. */
interface Signal {
  aborted: boolean;
  /** Called when it becomes so. */
  readonly listeners: Set<() => void>;
}

function abort(signal: Signal | null | undefined): void {
  if (!signal) return;
  signal.aborted = true;
  for (const listener of signal.listeners) listener();
}

const everywhere: ReadonlySet<string> = new Set(["default", "kube-system", "kube-public", "kube-node-lease"]);

/** The scenario of a panel, where namespaces are taken for granted, with those that its objects are in. */
function inNamespaces(scenario: Scenario): Scenario {
  const named = scenario.steps.flatMap(({ action }) =>
    action.do === "apply"
      ? action.object.kind === "Namespace"
        ? []
        : [action.object.metadata.namespace ?? "default"]
      : [],
  );
  const missing = [...new Set(named)].filter((name) => !everywhere.has(name));
  const steps = missing.map((name) => {
    const object = { apiVersion: "v1", kind: "Namespace", metadata: { name } } as ManifestObject;
    return { at: 0, action: { do: "apply", object } } as const;
  });
  return { ...scenario, steps: [...steps, ...scenario.steps] };
}

/** Time for which nobody need be there before the cluster's clock stops, in milliseconds of the wall. */
const longestIdle = 300_000;

export interface Terminals {
  open(params: OpenParams): Promise<Opened>;
  run(params: RunParams): Promise<RunResult | null>;
  complete(params: CompleteParams): Promise<Completion>;
  stand(id: string): Promise<Standing | null>;
  replace(params: ReplaceParams): Promise<Standing | null>;
  ask(params: AskParams): Asked;
  interrupt(id: string): void;
  close(id: string): void;
}

export function createTerminals(host: TerminalHost): Terminals {
  const all = new Map<string, Open>();

  function standing({ trial, steps }: Open): Standing {
    const { session, shell } = trial;
    const kept = keptTrial(trial);
    const done = kept.scenario.steps.slice(steps);
    return { done, time: session.now() - session.server.start, folder: shell.state.folder, kept };
  }

  /** Between commands time passes as on the wall, for as long as somebody seems to be there. */
  async function catchUp(open: Open): Promise<void> {
    const { trial } = open;
    const wall = host.clock();
    const passed = Math.min(longestIdle, wall - open.wall);
    open.wall = wall;
    if (open.signal || typeof trial.speed !== "number" || passed <= 0) return;
    await advance(trial.session, trial.session.now() + Math.floor(passed * trial.speed), host);
  }

  function surfaceOf(id: string, signal: Signal): Surface & { flush(): void } {
    let waiting: Output[] = [];
    const flush = (): void => {
      if (waiting.length > 0) host.output(id, waiting);
      waiting = [];
    };
    return {
      write(output) {
        const last = waiting.at(-1);
        // One message for a table, not one for each of its lines.
        if (last && "out" in last && "out" in output) waiting[waiting.length - 1] = { out: last.out + output.out };
        else waiting.push(output);
        if (waiting.length > 100) flush();
      },
      flush,
      ...host.files,
      async edit(name, text) {
        flush();
        // An editor may stay open for as long as it likes; Ctrl+C ends the waiting for it.
        const given = new Promise<null>((resolve) => signal.listeners.add(() => resolve(null)));
        return Promise.race([host.edit(id, name, text), given]);
      },
      clock: host.clock,
      async rest(milliseconds) {
        flush();
        if (milliseconds <= 0) return host.rest(0);
        const ended = new Promise<void>((resolve) => signal.listeners.add(resolve));
        await Promise.race([host.rest(milliseconds), ended]);
      },
      signal,
      attended: true,
    };
  }

  return {
    async open({ id, kept, scenario, history, seed }) {
      const fresh: KeptTrial = { version: 1, scenario: { ...emptyScenario(seed, host.target()), horizon: 0 } };
      const begun = kept?.version === 1 ? kept : scenario ? { ...fresh, scenario: inNamespaces(scenario) } : fresh;
      let made = createTrial(begun, host.words(), history);
      // What cannot be played any more must not keep anybody from beginning anew.
      if ("problems" in made) made = createTrial(fresh, host.words(), history);
      if ("problems" in made) return { refused: made.problems.map(({ code }) => code).join(", ") };
      const { trial, present } = made;
      await advance(trial.session, present, host);
      const { steps } = trial.session.scenario();
      const open: Open = { trial, steps: steps.length, wall: host.clock(), signal: null };
      all.set(id, open);
      return standing(open);
    },
    async run({ id, line }) {
      const open = all.get(id);
      if (!open || open.signal) return null;
      await catchUp(open);
      const { trial } = open;
      const running = runText(trial.shell, line);
      if ("incomplete" in running) return running;
      const { state } = trial.shell;
      if (line.trim() !== "") state.history = [...state.history, line].slice(-1000);
      const signal: Signal = { aborted: false, listeners: new Set() };
      open.signal = signal;
      const surface = surfaceOf(id, signal);
      try {
        const { code, exit } = await drive(trial, running, surface);
        return { ...standing(open), code, exit };
      } finally {
        surface.flush();
        open.signal = null;
        open.wall = host.clock();
      }
    },
    async complete({ id, text }) {
      const open = all.get(id);
      if (!open) return { from: text.length, candidates: [] };
      await catchUp(open);
      return complete(text, open.trial, host.files.list);
    },
    async stand(id) {
      const open = all.get(id);
      if (!open) return null;
      await catchUp(open);
      return standing(open);
    },
    async replace({ id, scenario: given }) {
      const open = all.get(id);
      if (!open || open.signal) return null;
      const scenario = inNamespaces(given);
      const session = createSession(scenario);
      if ("problems" in session) return null;
      await advance(session, scenario.start + scenario.horizon, host);
      open.trial.session = session;
      open.steps = scenario.steps.length;
      open.wall = host.clock();
      return standing(open);
    },
    ask({ id, requests }) {
      const open = all.get(id);
      if (!open) return [];
      return requests.filter((one) => !isWrite(one)).map((one) => open.trial.session.request(one));
    },
    interrupt(id) {
      abort(all.get(id)?.signal);
    },
    close(id) {
      abort(all.get(id)?.signal);
      all.delete(id);
    },
  };
}
