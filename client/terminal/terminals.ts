/** The open kubectl terminals, what is kept of their trials, and what the language server asks for them. */
import * as vscode from "vscode";
import type { Language } from "../language.ts";
import { t } from "../say.ts";
import { EditedTexts } from "./edit.ts";
import { listNames, readText, showText, writeText } from "./files.ts";
import {
  type CompleteParams,
  type Completion,
  closeNotification,
  completeRequest,
  type EditParams,
  editRequest,
  interruptNotification,
  type KeptTrial,
  type LabFile,
  listRequest,
  type OpenParams,
  type OutputParams,
  openRequest,
  outputNotification,
  type PathParams,
  type Refusal,
  type ReplaceParams,
  type RunParams,
  type RunResult,
  readRequest,
  replaceRequest,
  runRequest,
  type Scenario,
  type Standing,
  type Step,
  showRequest,
  type WriteParams,
  writeRequest,
} from "./messages.ts";
import { KubectlTerminal, type TrialLink } from "./pseudoterminal.ts";

export const profileId = "seatrial.kubectl";

/** The trial of a terminal that belongs to no panel. */
const ownTrial = "kubectl";
const keptKey = (id: string): string => `seatrial.terminal ${id}`;
const historyKey = "seatrial.terminalHistory";
const openKey = "seatrial.terminalOpen";

interface Open {
  readonly pty: KubectlTerminal;
  terminal: vscode.Terminal | null;
  /** Steps that were told of. */
  told: number;
}

/** What a trial begins with: that of a panel, or a lab; else an empty cluster. */
export interface Begin {
  readonly scenario?: Scenario;
  readonly lab?: LabFile;
}

/** Something was done in a terminal, or time has passed there. */
export interface Moved {
  readonly id: string;
  /** What is new since it was told of last. */
  readonly steps: readonly Step[];
  /** Milliseconds since the trial began. */
  readonly time: number;
}

export class Terminals implements vscode.Disposable {
  readonly #language: Language;
  readonly #memory: vscode.Memento;
  readonly #open = new Map<string, Open>();
  readonly #edited = new EditedTexts();
  readonly #moved = new vscode.EventEmitter<Moved>();
  readonly #subscriptions: vscode.Disposable[];
  #isEnding = false;
  readonly onDidMove = this.#moved.event;

  constructor(language: Language, memory: vscode.Memento) {
    this.#language = language;
    this.#memory = memory;
    const { client } = language;
    this.#subscriptions = [
      this.#edited,
      this.#moved,
      client.onNotification(outputNotification, ({ id, outputs }: OutputParams) =>
        this.#open.get(id)?.pty.print(outputs),
      ),
      client.onRequest(readRequest, ({ path }: PathParams) => readText(path)),
      client.onRequest(listRequest, ({ path }: PathParams) => listNames(path)),
      client.onRequest(writeRequest, ({ path, text, append }: WriteParams) => writeText(path, text, append)),
      client.onRequest(showRequest, ({ path }: PathParams) => showText(path)),
      client.onRequest(editRequest, ({ name, text }: EditParams) => this.#edited.edit(name, text)),
      language.onDidStartAnew(() => {
        for (const { pty } of this.#open.values()) void pty.begin();
      }),
      vscode.window.onDidOpenTerminal((terminal) => {
        const { pty } = terminal.creationOptions as Partial<vscode.ExtensionTerminalOptions>;
        for (const one of this.#open.values()) if (one.pty === pty) one.terminal = terminal;
      }),
      // A terminal that ends by itself is not closed by the person.
      vscode.window.onDidCloseTerminal((terminal) => {
        for (const [id, one] of this.#open) if (one.terminal === terminal) this.#closed(id);
      }),
      vscode.window.registerTerminalProfileProvider(profileId, {
        provideTerminalProfile: () => new vscode.TerminalProfile(this.#options(this.#freeId(), "kubectl")),
      }),
    ];
  }

  /** Shows the terminal of a trial, and begins it where there is none: what was kept, else the scenario, else an empty cluster. */
  show(id = ownTrial, name = "kubectl", begin: Begin = {}): void {
    const open = this.#open.get(id);
    if (open?.terminal) {
      open.terminal.show();
      return;
    }
    const terminal = vscode.window.createTerminal(this.#options(id, name, begin));
    const made = this.#open.get(id);
    if (made) made.terminal = terminal;
    terminal.show();
  }

  /** Opens what was open when the window was closed or reloaded. */
  restore(): void {
    if (this.#memory.get<boolean>(openKey) !== true || this.#open.size > 0) return;
    const terminal = vscode.window.createTerminal(this.#options(ownTrial, "kubectl"));
    const made = this.#open.get(ownTrial);
    if (made) made.terminal = terminal;
  }

  /** Steps of a lab that are done; undefined where it was not begun. */
  labSteps(id: string): number | undefined {
    const course = this.#memory.get<KeptTrial>(keptKey(id))?.["course"] as { readonly done?: number } | undefined;
    return course?.done;
  }

  /** Ends a trial, and keeps nothing of it. */
  async forget(id: string): Promise<void> {
    this.#open.get(id)?.terminal?.dispose();
    this.#open.delete(id);
    await this.#memory.update(keptKey(id), undefined);
  }

  isOpen(id: string): boolean {
    return this.#open.has(id);
  }

  /** Puts another scenario in the place of a trial's: what was done was changed elsewhere. */
  async replace(id: string, scenario: Scenario): Promise<void> {
    const open = this.#open.get(id);
    if (!open) return;
    const params: ReplaceParams = { id, scenario };
    const standing = await this.#ask<Standing>(replaceRequest, params);
    if (!standing) return;
    open.told = 0;
    await this.#memory.update(keptKey(id), standing.kept);
    open.pty.take(standing, t("The trial was changed in the panel."));
  }

  dispose(): void {
    this.#isEnding = true;
    for (const one of this.#subscriptions) one.dispose();
  }

  /** A second terminal has a trial of its own. */
  #freeId(): string {
    for (let number = 1; ; number++) {
      const id = number === 1 ? ownTrial : `${ownTrial} ${number}`;
      if (!this.#open.has(id)) return id;
    }
  }

  #options(id: string, name: string, begin: Begin = {}): vscode.ExtensionTerminalOptions {
    const pty = new KubectlTerminal(this.#link(id, begin));
    this.#open.set(id, { pty, terminal: null, told: 0 });
    if (id === ownTrial) void this.#memory.update(openKey, true);
    return { name, pty, iconPath: new vscode.ThemeIcon("terminal"), isTransient: true };
  }

  async #ask<Result>(method: string, params: unknown): Promise<Result | null> {
    return this.#language.client.sendRequest<Result | null>(method, params).then(undefined, () => null);
  }

  #link(id: string, { scenario, lab }: Begin): TrialLink {
    const { client } = this.#language;
    const memory = this.#memory;
    // What a panel shows now is what its terminal begins with, whatever was kept of an earlier one.
    let given = scenario;
    return {
      open: (history) => {
        const kept = given ? undefined : memory.get<KeptTrial>(keptKey(id));
        const seed = vscode.workspace.getConfiguration("seatrial").get("simulation.seed", 1);
        const params: OpenParams = {
          id,
          history,
          seed,
          ...(kept && !lab ? { kept } : {}),
          ...(lab ? { lab: { ...lab, ...(kept ? { kept } : {}) } } : {}),
          ...(given ? { scenario: given } : {}),
        };
        given = undefined;
        return this.#ask<Standing | Refusal>(openRequest, params);
      },
      run: (line) => {
        const params: RunParams = { id, line };
        return this.#ask<Exclude<RunResult, null>>(runRequest, params);
      },
      complete: (text) => {
        const params: CompleteParams = { id, text };
        return this.#ask<Completion>(completeRequest, params);
      },
      interrupt: () => void client.sendNotification(interruptNotification, { id }),
      moved: (standing) => {
        void memory.update(keptKey(id), standing.kept);
        const open = this.#open.get(id);
        if (!open) return;
        const steps = standing.done.slice(open.told);
        open.told = standing.done.length;
        this.#moved.fire({ id, steps, time: standing.time });
      },
      history: memory.get<readonly string[]>(historyKey) ?? [],
      remember: (history) => void memory.update(historyKey, history),
      closed: () => this.#closed(id),
    };
  }

  #closed(id: string): void {
    if (!this.#open.delete(id)) return;
    void this.#language.client.sendNotification(closeNotification, { id }).then(undefined, () => undefined);
    // When the window goes its terminals close too, and are to be there again.
    setTimeout(() => {
      if (!this.#isEnding && id === ownTrial && !this.#open.has(id)) void this.#memory.update(openKey, false);
    }, 500);
  }
}
