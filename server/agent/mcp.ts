/** The Model Context Protocol as a function: a message in, the answer out. JSON-RPC 2.0; only tools are offered. */
import { type ToolSurroundings, tools } from "./tools.ts";

/** Versions of the protocol that are spoken, the newest first. */
const versions = ["2025-06-18", "2025-03-26", "2024-11-05"] as const;

interface Message {
  readonly id?: string | number | null;
  readonly method?: unknown;
  readonly params?: Readonly<Record<string, unknown>>;
}

const codes = { parse: -32700, request: -32600, method: -32601, params: -32602, internal: -32603 } as const;

/** The answer to a line of text; null where none is due, as to notifications. */
export function answerLine(line: string, around: ToolSurroundings, version: string): string | null {
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    return JSON.stringify(refusal(null, "parse", "this is no JSON"));
  }
  if (!Array.isArray(message)) {
    const answer = answerTo(message, around, version);
    return answer === null ? null : JSON.stringify(answer);
  }
  if (message.length === 0) return JSON.stringify(refusal(null, "request", "an empty batch"));
  const answers = message.flatMap((one: unknown) => answerTo(one, around, version) ?? []);
  return answers.length === 0 ? null : JSON.stringify(answers);
}

function answerTo(message: unknown, around: ToolSurroundings, version: string): object | null {
  if (typeof message !== "object" || message === null) return refusal(null, "request", "this is no request");
  const { id, method, params } = message as Message;
  if (typeof method !== "string") {
    // What answers us is no request; nothing was asked.
    return "result" in message || "error" in message ? null : refusal(id ?? null, "request", "there is no method");
  }
  if (id === undefined || id === null) return null;
  switch (method) {
    case "initialize":
      return result(id, {
        protocolVersion: versions.find((one) => one === params?.["protocolVersion"]) ?? versions[0],
        capabilities: { tools: {} },
        serverInfo: { name: "seatrial", title: "Seatrial", version },
        instructions:
          "Judges and simulates Kubernetes manifests. Nothing is applied, no cluster is asked, no file is written. Check a manifest before you hand it over; simulate a rollout to know whether it is safe.",
      });
    case "ping":
      return result(id, {});
    case "tools/list":
      return result(id, {
        tools: tools.map(({ name, title, description, inputSchema }) => ({
          name,
          title,
          description,
          inputSchema,
          annotations: {
            title,
            readOnlyHint: true,
            destructiveHint: false,
            idempotentHint: true,
            openWorldHint: false,
          },
        })),
      });
    case "tools/call":
      return call(id, params ?? {}, around);
    default:
      return refusal(id, "method", `there is no method ${method.slice(0, 100)}`);
  }
}

function call(id: string | number, params: Readonly<Record<string, unknown>>, around: ToolSurroundings): object {
  const tool = tools.find(({ name }) => name === params["name"]);
  if (tool === undefined) return refusal(id, "params", `there is no tool ${String(params["name"]).slice(0, 100)}`);
  const given = params["arguments"] ?? {};
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    return refusal(id, "params", "arguments have to be an object");
  }
  try {
    const { text, failed } = tool.call(given as Readonly<Record<string, unknown>>, around);
    return result(id, { content: [{ type: "text", text }], isError: failed });
  } catch (error) {
    return refusal(id, "internal", String(error));
  }
}

function result(id: string | number, value: object): object {
  return { jsonrpc: "2.0", id, result: value };
}

function refusal(id: string | number | null, code: keyof typeof codes, message: string): object {
  return { jsonrpc: "2.0", id, error: { code: codes[code], message } };
}
