/** A language server as a process, measured from the outside as an editor sees it. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import { percentile } from "./side.ts";

export interface ServerFigures {
  /** From the start of the process to the first diagnostics, in milliseconds. */
  readonly start: number;
  /** From opening the document in a warm server to its diagnostics. */
  readonly first: number;
  readonly keystroke: number;
  readonly hover: number;
  /** Megabytes, after the edits. */
  readonly memory: number;
}

/** Starts `command` and lets it diagnose a small document, then `text`, then `strokes` edits of one character each. */
export async function measureServer(
  command: readonly string[],
  settings: Readonly<Record<string, unknown>>,
  small: string,
  text: string,
  strokes: number,
): Promise<ServerFigures> {
  const begin = performance.now();
  const child = spawn(process.execPath, command, { stdio: ["pipe", "pipe", "ignore"] });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  let arrived = (_uri: string): void => {};
  connection.onNotification("textDocument/publishDiagnostics", ({ uri }: { uri: string }) => arrived(uri));
  connection.onRequest("workspace/configuration", ({ items }: { items: { section?: string }[] }) =>
    items.map(({ section }) => settings[section ?? ""] ?? null),
  );
  connection.onRequest("client/registerCapability", () => null);
  connection.listen();
  const diagnosed = (uri: string, send: () => Promise<void>): Promise<number> =>
    new Promise((resolve) => {
      const sent = performance.now();
      arrived = (of) => {
        if (of === uri) resolve(performance.now() - sent);
      };
      void send();
    });
  const open = (uri: string, content: string) =>
    diagnosed(uri, () =>
      connection.sendNotification("textDocument/didOpen", {
        textDocument: { uri, languageId: "yaml", version: 1, text: content },
      }),
    );
  try {
    await connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: null,
      capabilities: { workspace: { configuration: true }, textDocument: { publishDiagnostics: {} } },
    });
    await connection.sendNotification("initialized", {});
    await connection.sendNotification("workspace/didChangeConfiguration", { settings });
    await open("file:///small.yaml", small);
    const start = performance.now() - begin;
    const uri = "file:///large.yaml";
    const first = await open(uri, text);
    const keystrokes: number[] = [];
    const hovers: number[] = [];
    const lines = text.split("\n").length;
    for (let stroke = 0; stroke < strokes; stroke++) {
      const document = Math.floor(((stroke * 37 * 49) % Math.max(49, lines - 49)) / 49);
      const at = { line: document * 49 + 5, character: 12 };
      const change = () =>
        connection.sendNotification("textDocument/didChange", {
          textDocument: { uri, version: stroke + 2 },
          contentChanges: [{ range: { start: at, end: at }, text: "1" }],
        });
      keystrokes.push(await diagnosed(uri, change));
      const asked = performance.now();
      await connection.sendRequest("textDocument/hover", { textDocument: { uri }, position: { ...at, character: 4 } });
      hovers.push(performance.now() - asked);
    }
    return {
      start,
      first,
      keystroke: percentile(keystrokes, 0.95),
      hover: percentile(hovers, 0.95),
      memory: memoryOf(child.pid),
    };
  } finally {
    connection.dispose();
    child.kill();
  }
}

/** Resident megabytes of a process; not a number where the system does not tell. */
function memoryOf(pid: number | undefined): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

interface At {
  readonly line: number;
  readonly character: number;
}
interface Between {
  readonly start: At;
  readonly end: At;
}

/** A completion as far as the figures depend on it. */
export interface CompletionItem {
  readonly label: string;
  readonly kind?: number;
  readonly insertText?: string;
  readonly textEdit?: { readonly range?: Between; readonly insert?: Between; readonly newText: string };
  readonly additionalTextEdits?: readonly { readonly range: Between; readonly newText: string }[];
}

/** A server that is asked for completions. */
export interface Completing {
  open(uri: string, text: string): Promise<void>;
  /** Puts a text at a place. */
  change(uri: string, at: At, text: string): Promise<void>;
  complete(uri: string, position: At): Promise<readonly CompletionItem[]>;
  stop(): void;
}

/** Starts `command` as an editor does that knows snippets. */
export async function startCompleting(
  command: readonly string[],
  settings: Readonly<Record<string, unknown>>,
): Promise<Completing> {
  const child = spawn(process.execPath, command, { stdio: ["pipe", "pipe", "ignore"] });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.onRequest("workspace/configuration", ({ items }: { items: { section?: string }[] }) =>
    items.map(({ section }) => settings[section ?? ""] ?? null),
  );
  connection.onRequest("client/registerCapability", () => null);
  connection.listen();
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: {
      workspace: { configuration: true },
      textDocument: {
        completion: {
          completionItem: {
            snippetSupport: true,
            insertTextModeSupport: { valueSet: [1, 2] },
            resolveSupport: { properties: ["documentation"] },
          },
        },
        diagnostic: {},
      },
    },
  });
  await connection.sendNotification("initialized", {});
  await connection.sendNotification("workspace/didChangeConfiguration", { settings });
  let version = 1;
  return {
    open: (uri, text) =>
      connection.sendNotification("textDocument/didOpen", {
        textDocument: { uri, languageId: uri.endsWith(".json") ? "json" : "yaml", version, text },
      }),
    change: (uri, at, text) =>
      connection.sendNotification("textDocument/didChange", {
        textDocument: { uri, version: ++version },
        contentChanges: [{ range: { start: at, end: at }, text }],
      }),
    async complete(uri, position) {
      const answer = await connection.sendRequest<
        readonly CompletionItem[] | { readonly items: readonly CompletionItem[] } | null
      >("textDocument/completion", { textDocument: { uri }, position });
      return answer === null ? [] : "items" in answer ? answer.items : answer;
    },
    stop() {
      connection.dispose();
      child.kill();
    },
  };
}
