/** The kubectl terminal as VS Code sees it: keys in, bytes out. Lines are edited here and run in the language server. */
import * as vscode from "vscode";
import { t } from "../say.ts";
import { type Drawn, draw, leave, type Prompt } from "./draw.ts";
import { decodeKeys, freshDecoder, type Key } from "./keys.ts";
import { insert, lineOf } from "./line.ts";
import { type Edited, entered, newLineEditor, press } from "./line-editor.ts";
import { listing } from "./listing.ts";
import type { Completion, Output, Refusal, RunResult, Standing } from "./messages.ts";
import { bytesOf } from "./output.ts";

/** What a terminal needs of the trial behind it. */
export interface TrialLink {
  open(history: readonly string[]): Promise<Standing | Refusal | null>;
  run(line: string): Promise<RunResult>;
  complete(text: string): Promise<Completion | null>;
  interrupt(): void;
  /** Something was done, or time has passed. */
  moved(standing: Standing): void;
  readonly history: readonly string[];
  remember(history: readonly string[]): void;
  closed(): void;
}

/** Candidates that are listed. */
const mostListed = 200;
const pasteMarks = { on: "\x1b[?2004h", off: "\x1b[?2004l" };

export class KubectlTerminal implements vscode.Pseudoterminal {
  readonly #link: TrialLink;
  readonly #written = new vscode.EventEmitter<string>();
  readonly #ended = new vscode.EventEmitter<number>();
  #columns = 80;
  #decoder = freshDecoder;
  #editor = newLineEditor([]);
  #drawn: Drawn | null = null;
  #standing: Pick<Standing, "clock" | "folder"> = { clock: "0s", folder: "/" };
  /** Lines of a command that goes on. */
  #begun = "";
  #busy = true;
  #isRunning = false;
  #isAtLineStart = true;
  #keys: Key[] = [];
  readonly onDidWrite = this.#written.event;
  readonly onDidClose = this.#ended.event;

  constructor(link: TrialLink) {
    this.#link = link;
    this.#editor = newLineEditor(link.history);
  }

  open(size: vscode.TerminalDimensions | undefined): void {
    if (size) this.#columns = size.columns;
    void this.#begin();
  }

  close(): void {
    this.#link.closed();
  }

  setDimensions({ columns }: vscode.TerminalDimensions): void {
    if (columns === this.#columns) return;
    this.#columns = columns;
    if (this.#drawn) this.#draw(true);
  }

  handleInput(data: string): void {
    const { keys, decoder } = decodeKeys(this.#decoder, data);
    this.#decoder = decoder;
    for (const key of keys) {
      // What runs is interrupted at once, and what was typed meanwhile is forgotten.
      if (this.#isRunning && "key" in key && key.key === "interrupt") {
        this.#keys = [];
        this.#write("^C\r\n");
        this.#link.interrupt();
      } else this.#keys.push(key);
    }
    void this.#pump();
  }

  /** What a command prints. */
  print(outputs: readonly Output[]): void {
    for (const output of outputs) {
      const bytes = bytesOf(output);
      if (bytes === "") continue;
      this.#write(bytes);
      this.#isAtLineStart = bytes.endsWith("\n") || "clear" in output;
    }
  }

  /** Takes up a trial that has become another one without a command, and says so. */
  take(standing: Standing, note: string): void {
    this.#standing = standing;
    if (this.#busy) return;
    if (this.#drawn) this.#write(`${leave(this.#drawn, this.#columns)}`);
    this.#drawn = null;
    this.#write(`\x1b[90m${note}\x1b[39m\r\n`);
    this.#draw();
  }

  /** Goes on after the language server was started anew. */
  async begin(): Promise<void> {
    if (this.#drawn) this.#write(leave(this.#drawn, this.#columns));
    this.#drawn = null;
    this.#isRunning = false;
    this.#begun = "";
    await this.#begin();
  }

  async #begin(): Promise<void> {
    this.#busy = true;
    const standing = await this.#link.open(this.#editor.history);
    if (!standing || "refused" in standing) {
      const why = standing?.refused ?? t("The language server does not answer.");
      this.print([{ err: `${why}\n` }]);
      return;
    }
    this.#standing = standing;
    this.#write(
      `${pasteMarks.on}\x1b[90m${t("kubectl on a simulated cluster; 'help' shows what there is.")}\x1b[39m\r\n`,
    );
    if (standing.greeting !== undefined) this.print([{ out: standing.greeting }]);
    this.#busy = false;
    this.#draw();
    await this.#pump();
  }

  #write(bytes: string): void {
    this.#written.fire(bytes);
  }

  #prompt(): Prompt {
    if (this.#begun !== "") return { text: "> " };
    const { clock, folder } = this.#standing;
    const text = `+${clock}${folder === "/" ? "" : ` ${folder.slice(1)}`} $ `;
    return { text, colour: ["\x1b[36m", "\x1b[39m"] };
  }

  #draw(isAnew = false): void {
    const { bytes, drawn } = draw(this.#editor, this.#prompt(), this.#columns, this.#drawn, isAnew);
    this.#drawn = drawn;
    this.#write(bytes);
  }

  /** Keys one after the other; while a line runs they wait. */
  async #pump(): Promise<void> {
    while (!this.#busy) {
      const key = this.#keys.shift();
      if (!key) return;
      await this.#take(press(this.#editor, key));
    }
  }

  async #take({ editor, effect }: Edited): Promise<void> {
    this.#editor = editor;
    if (effect !== "end") this.#draw();
    switch (effect) {
      case "bell":
        this.#write("\x07");
        return;
      case "clear-screen":
        this.#drawn = null;
        this.#write("\x1b[2J\x1b[H");
        this.#draw();
        return;
      case "interrupt":
        this.#below("^C");
        this.#begun = "";
        this.#editor = { ...newLineEditor(editor.history), killed: editor.killed };
        this.#draw();
        return;
      case "end":
        this.#below("exit");
        this.#write(pasteMarks.off);
        this.#ended.fire(0);
        return;
      case "complete":
        return this.#complete();
      case "submit":
        return this.#submit();
      case undefined:
        return;
    }
  }

  /** Goes below the line. */
  #below(mark = ""): void {
    if (this.#drawn) this.#write(leave(this.#drawn, this.#columns).replace("\r\n", `${mark}\r\n`));
    this.#drawn = null;
  }

  async #submit(): Promise<void> {
    const typed = this.#editor.line.text;
    const line = this.#begun === "" ? typed : `${this.#begun}\n${typed}`;
    this.#below();
    this.#busy = true;
    this.#isRunning = true;
    this.#isAtLineStart = true;
    const result = await this.#link.run(line).catch(() => null);
    this.#isRunning = false;
    this.#busy = false;
    if (result && "incomplete" in result) {
      this.#begun = line;
      this.#editor = { ...newLineEditor(this.#editor.history), killed: this.#editor.killed };
    } else {
      this.#begun = "";
      this.#editor = entered(this.#editor, line);
      this.#link.remember(this.#editor.history);
    }
    if (!this.#isAtLineStart) this.#write("\r\n");
    if (result && !("incomplete" in result)) {
      this.#standing = result;
      this.#link.moved(result);
      if (result.exit) {
        this.#write(pasteMarks.off);
        this.#ended.fire(result.code);
        return;
      }
    }
    this.#draw();
  }

  async #complete(): Promise<void> {
    const { line } = this.#editor;
    const before = line.text.slice(0, line.cursor);
    // The lines before it belong to the command too.
    const above = this.#begun === "" ? "" : `${this.#begun}\n`;
    this.#busy = true;
    const found = await this.#link.complete(above + before).catch(() => null);
    this.#busy = false;
    if (!found || found.candidates.length === 0) return this.#write("\x07");
    const typed = (above + before).slice(found.from);
    const common = commonStart(found.candidates);
    if (common.length > typed.length && common.startsWith(typed)) {
      this.#editor = { ...this.#editor, line: insert(line, common.slice(typed.length)) };
      return this.#draw();
    }
    if (found.candidates.length === 1) {
      const rest = line.text.slice(line.cursor);
      const head = before.slice(0, found.from - above.length) + common;
      this.#editor = { ...this.#editor, line: { ...lineOf(head + rest), cursor: head.length } };
      return this.#draw();
    }
    this.#below();
    const shown = found.candidates.slice(0, mostListed).map((one) => one.trimEnd());
    this.#write(listing(shown, this.#columns));
    if (found.candidates.length > shown.length) this.#write("…\r\n");
    this.#draw();
  }
}

function commonStart(texts: readonly string[]): string {
  const [first = ""] = texts;
  let length = first.length;
  for (const text of texts) while (!text.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}
