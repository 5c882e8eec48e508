// The server for browsers needs nothing of Node: it answers as a worker in which there is nothing but messages.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: unknown;
}

/** The worker's messages, and what it is told. */
function startWorker(): { tell(message: object): void; answer(id: number): Promise<unknown> } {
  const script = readFileSync(new URL("../../dist/server.browser.js", import.meta.url), "utf8");
  const answers = new Map<number, (result: unknown) => void>();
  const port: { onmessage?: (event: { data: unknown }) => void } & Record<string, unknown> = {
    // Only errors are listened to in this way.
    addEventListener() {},
    postMessage(message: Message) {
      if (message.id !== undefined && message.method === undefined) answers.get(message.id)?.(message.result);
      // What the server asks of its client is answered with nothing.
      else if (message.id !== undefined) port.onmessage?.({ data: { jsonrpc: "2.0", id: message.id, result: null } });
    },
    ...{
      setTimeout,
      clearTimeout,
      queueMicrotask,
      performance,
      console,
      TextEncoder,
      TextDecoder,
      URL,
      Intl,
      structuredClone,
    },
  };
  port["self"] = port;
  runInContext(script, createContext(port));
  return {
    tell: (message) => port.onmessage?.({ data: { jsonrpc: "2.0", ...message } }),
    answer: (id) => new Promise((resolve) => answers.set(id, resolve)),
  };
}

test("a manifest is judged and hovered over in a worker", async () => {
  const worker = startWorker();
  const ask = (id: number, method: string, params: object) => {
    const answer = worker.answer(id);
    worker.tell({ id, method, params });
    return answer;
  };
  const begun = (await ask(1, "initialize", {
    processId: null,
    rootUri: null,
    capabilities: { textDocument: { diagnostic: {} } },
  })) as {
    readonly capabilities: Readonly<Record<string, unknown>>;
  };
  assert.equal(begun.capabilities["renameProvider"] !== undefined, true);
  worker.tell({ method: "initialized", params: {} });
  const uri = "vscode-vfs://github/shop/web.yaml";
  const text = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  ports: [{ port: 70000 }]\n";
  worker.tell({
    method: "textDocument/didOpen",
    params: { textDocument: { uri, languageId: "yaml", version: 1, text } },
  });
  const report = (await ask(2, "textDocument/diagnostic", { textDocument: { uri } })) as {
    readonly items: readonly { readonly code: string }[];
  };
  assert.ok(
    report.items.some(({ code }) => code === "out-of-range"),
    JSON.stringify(report.items),
  );
  const hover = (await ask(3, "textDocument/hover", {
    textDocument: { uri },
    position: { line: 4, character: 4 },
  })) as {
    readonly contents: { readonly value: string };
  };
  assert.match(hover.contents.value, /The list of ports/);
});
