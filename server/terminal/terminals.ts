/** The trials of a client's terminals: each a session with a shell in this process, driven a piece at a time. */

import type { ManifestObject } from "../../simulator/api/objects.ts";
import type { Problem } from "../../simulator/api/problem.ts";
import type { Target } from "../../simulator/api/target.ts";
import { isWrite } from "../../simulator/apiserver/request.ts";
import type { FieldDocs } from "../../simulator/kubectl/command/command.ts";
import type { Scenario } from "../../simulator/scenario/scenario.ts";
import { createSession } from "../../simulator/session.ts";
import { filesOf, play } from "../labs/cluster.ts";
import { beginCourse, type Course, greet, guide, keptCourse, look, speaksToLab } from "../labs/course.ts";
import { readLab } from "../labs/read-lab.ts";
import type { LabWords } from "../messages/labs.ts";
import type { ShellWords } from "../messages/shell.ts";
import { clockText } from "../shell/clock.ts";
import { complete } from "../shell/complete.ts";
import { advance, drive, type Output, type Surface } from "../shell/drive.ts";
import { runText } from "../shell/run.ts";
import { createTrial, emptyScenario, type KeptTrial, keptTrial, type Trial } from "../shell/trial.ts";
import { visible } from "../shell/visible.ts";
import type {
  Asked,
  AskParams,
  CompleteParams,
  Completion,
  LabFile,
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
  readonly labWords: () => LabWords;
  /** What `explain` tells of fields. */
  readonly docs?: FieldDocs;
  readonly output: (id: string, outputs: readonly Output[]) => void;
  readonly files: Pick<Surface, "read" | "list" | "writeFile" | "open">;
  readonly edit: (id: string, name: string, text: string) => Promise<string | null>;
  /** The clock on the wall, in milliseconds. */
  readonly clock: () => number;
  readonly rest: (milliseconds: number) => Promise<void>;
}

interface Open {
  readonly trial: Trial;
  /** The lab that is done in it. */
  readonly course: Course | null;
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

interface Begun {
  readonly trial: Trial;
  readonly course: Course;
}

function refusal(problems: readonly Problem[]): { readonly refused: string } {
  return { refused: problems.map(({ code }) => code).join(", ") };
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

/** Nothing that an object holds is taken for a control sequence of the terminal. */
function shownOf(output: Output): Output {
  if ("clear" in output) return output;
  return "out" in output ? { out: visible(output.out) } : { err: visible(output.err) };
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

  function standing({ trial, steps, course }: Open): Standing {
    const { session, shell } = trial;
    const kept = keptTrial(trial);
    const done = kept.scenario.steps.slice(steps);
    const way = course ? { course: keptCourse(course) } : {};
    const time = session.now() - session.server.start;
    return { done, time, clock: clockText(time), folder: shell.state.folder, kept: { ...kept, ...way } };
  }

  /** The beginning of a lab, with what it finds there. */
  async function beginLab(given: LabFile, seed: number): Promise<Begun | { readonly refused: string }> {
    const words = host.labWords();
    const read = readLab(given.file, given.text);
    if ("problems" in read) {
      return { refused: read.problems.map(({ code, path }) => words.problem[code](path)).join("; ") };
    }
    const { lab } = read;
    const kept = given.kept;
    const scenario = { ...emptyScenario(seed, host.target()), horizon: 0, faults: lab.faults };
    const made = createTrial(kept ?? { version: 1, scenario, speed: "max" }, host.words(), [], host.docs);
    if ("problems" in made)
      return kept ? beginLab({ file: given.file, text: given.text }, seed) : refusal(made.problems);
    const course = beginCourse(lab, kept?.course);
    await advance(made.trial.session, made.present, host);
    if (kept === undefined) {
      await play(made.trial, lab.start, course.files, host);
      made.trial.speed = 1;
    }
    return { trial: made.trial, course };
  }

  /** Between commands time passes as on the wall, for as long as somebody seems to be there. */
  async function catchUp(open: Open): Promise<void> {
    const { trial } = open;
    const wall = host.clock();
    const passed = Math.min(longestIdle, wall - open.wall);
    open.wall = wall;
    if (typeof trial.speed !== "number" || passed <= 0) return;
    await advance(trial.session, trial.session.now() + Math.floor(passed * trial.speed), host);
  }

  function surfaceOf(id: string, signal: Signal, course: Course | null): Surface & { flush(): void } {
    let waiting: Output[] = [];
    const flush = (): void => {
      if (waiting.length > 0) host.output(id, waiting);
      waiting = [];
    };
    const edit = async (name: string, text: string): Promise<string | null> => {
      flush();
      // An editor may stay open for as long as it likes; Ctrl+C ends the waiting for it.
      const given = new Promise<null>((resolve) => signal.listeners.add(() => resolve(null)));
      return Promise.race([host.edit(id, name, text), given]);
    };
    return {
      write(given) {
        const output = shownOf(given);
        const last = waiting.at(-1);
        // One message for a table, not one for each of its lines.
        if (last && "out" in last && "out" in output) waiting[waiting.length - 1] = { out: last.out + output.out };
        else waiting.push(output);
        if (waiting.length > 100) flush();
      },
      flush,
      ...(course ? filesOf(course.files, edit) : host.files),
      edit,
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

  function begin(id: string, trial: Trial, course: Course | null): Open {
    const { steps } = trial.session.scenario();
    const open: Open = { trial, course, steps: steps.length, wall: host.clock(), signal: null };
    all.set(id, open);
    return open;
  }

  return {
    async open({ id, kept, scenario, history, seed, lab }) {
      if (lab) {
        const begun = await beginLab(lab, seed);
        if ("refused" in begun) return begun;
        begun.trial.shell.state.history = history;
        const greeting = greet(begun.course, host.labWords());
        const opened = begin(id, begun.trial, begun.course);
        return { ...standing(opened), greeting };
      }
      const fresh: KeptTrial = { version: 1, scenario: { ...emptyScenario(seed, host.target()), horizon: 0 } };
      const begun = kept?.version === 1 ? kept : scenario ? { ...fresh, scenario: inNamespaces(scenario) } : fresh;
      let made = createTrial(begun, host.words(), history, host.docs);
      // What cannot be played any more must not keep anybody from beginning anew.
      if ("problems" in made) made = createTrial(fresh, host.words(), history, host.docs);
      if ("problems" in made) return refusal(made.problems);
      await advance(made.trial.session, made.present, host);
      return standing(begin(id, made.trial, null));
    },
    async run({ id, line }) {
      const open = all.get(id);
      if (!open || open.signal) return null;
      const { trial, course } = open;
      const running = course && speaksToLab(line) ? null : runText(trial.shell, line);
      if (running && "incomplete" in running) return running;
      // From now on it can be interrupted.
      const signal: Signal = { aborted: false, listeners: new Set() };
      open.signal = signal;
      const surface = surfaceOf(id, signal, course);
      try {
        await catchUp(open);
        const { state } = trial.shell;
        if (line.trim() !== "") state.history = [...state.history, line].slice(-1000);
        if (course && running === null) {
          surface.write({ out: (await guide(course, trial, line, host.labWords(), host)) ?? "" });
          return { ...standing(open), code: 0, exit: false };
        }
        if (running === null) return null;
        const { code, exit } = await drive(trial, running, surface);
        if (course && !exit) surface.write({ out: await look(course, trial, host.labWords(), host) });
        return { ...standing(open), code, exit };
      } finally {
        surface.flush();
        open.signal = null;
        open.wall = host.clock();
      }
    },
    async complete({ id, text }) {
      const open = all.get(id);
      if (!open || open.signal) return { from: text.length, candidates: [] };
      await catchUp(open);
      const { list } = open.course ? filesOf(open.course.files) : host.files;
      return complete(text, open.trial, list);
    },
    async stand(id) {
      const open = all.get(id);
      if (!open) return null;
      if (!open.signal) await catchUp(open);
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
