// Tools for agents: a line of the protocol goes in, a line comes out; what they answer is what the command line prints.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { answerLine } from "../../server/agent/mcp.ts";
import { toolSurroundings } from "../../server/agent/surroundings.node.ts";
import { tools } from "../../server/agent/tools.ts";
import { runCommand } from "../../server/cli/run.ts";
import { deploymentText } from "../../server/rules/examples.ts";

const folder = mkdtempSync(join(tmpdir(), "seatrial-agent-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const around = toolSurroundings(folder, { version: "0.1.0", environment: {} });

function said(message: unknown): object {
  const line = answerLine(JSON.stringify(message), around, "0.1.0");
  return line === null ? {} : JSON.parse(line);
}

function called(name: string, input: object): { readonly text: string; readonly failed: boolean } {
  const { result } = said({
    jsonrpc: "2.0",
    id: 1,
    method: "tools/call",
    params: { name, arguments: input },
  }) as unknown as {
    result: { content: readonly { text: string }[]; isError: boolean };
  };
  return { text: result.content[0]?.text ?? "", failed: result.isError };
}

const rolling = deploymentText("  replicas: 3\n");

test("a client greets, asks for the tools and is told that they only read", () => {
  const greeting = said({
    jsonrpc: "2.0",
    id: 0,
    method: "initialize",
    params: { protocolVersion: "2025-03-26", capabilities: {} },
  });
  assert.equal((greeting as { result: { protocolVersion: string } }).result.protocolVersion, "2025-03-26");
  assert.deepEqual(said({ jsonrpc: "2.0", method: "notifications/initialized" }), {});
  const { result } = said({ jsonrpc: "2.0", id: "a", method: "tools/list" }) as unknown as {
    result: { tools: readonly { name: string; annotations: { readOnlyHint: boolean } }[] };
  };
  assert.deepEqual(
    result.tools.map(({ name, annotations }) => [name, annotations.readOnlyHint]),
    ["check_manifest", "simulate_rollout", "explain_field", "compare_versions"].map((name) => [name, true]),
  );
});

test("a manifest is checked as the command line checks it", () => {
  const bad = rolling.replace("replicas: 3", "replicaz: 3");
  const { out } = runCommand(["check", "--format", "json", "--stdin-filename", "manifest.yaml", "-"], {
    environment: {},
    version: "0.1.0",
    now: Date.now(),
    readStandardInput: () => bad,
  });
  assert.deepEqual(JSON.parse(called("check_manifest", { manifest: bad }).text), JSON.parse(out));
  const held = JSON.parse(
    called("check_manifest", { manifest: rolling.replaceAll("app: web", "app: shop"), before: rolling }).text,
  );
  assert.match(JSON.stringify(held), /cannot be changed on the existing Deployment/);
});

test("a rollout is simulated, its events only where they are wanted", () => {
  const run = JSON.parse(called("simulate_rollout", { manifest: rolling }).text);
  assert.equal(run.workloads[0].summary.unfinished, null);
  assert.equal(run.entries, undefined);
  const change = called("simulate_rollout", {
    manifest: rolling.replace(/image: .*/, "image: next:2"),
    before: rolling,
    record: true,
  });
  assert.ok(JSON.parse(change.text).entries.length > 10);
});

test("a field is explained, and versions are compared by meaning", () => {
  const field = JSON.parse(
    called("explain_field", { kind: "Deployment", path: "spec.template.spec.containers.image" }).text,
  );
  assert.equal(field.type, "string");
  assert.deepEqual(JSON.parse(called("explain_field", { kind: "deploy", path: "spec.strategy" }).text).fields, [
    "rollingUpdate",
    "type",
  ]);
  assert.equal(called("explain_field", { kind: "Deployment", path: "spec.nothing" }).failed, true);
  const [change] = JSON.parse(
    called("compare_versions", { before: rolling, after: rolling.replace("replicas: 3", "replicas: 4") }).text,
  );
  assert.deepEqual(change.changes, [{ path: "spec.replicas", from: 3, to: 4 }]);
});

test("files are read below the working folder and nowhere else", () => {
  writeFileSync(join(folder, "a.yaml"), rolling);
  assert.equal(called("check_manifest", { path: "a.yaml" }).failed, false);
  for (const path of ["../a.yaml", "/etc/passwd", "none.yaml", "."])
    assert.equal(called("check_manifest", { path }).failed, true, path);
  assert.equal(called("check_manifest", {}).failed, true);
});

test("whatever comes in, an answer comes out in the terms of JSON-RPC", () => {
  const code = (line: string) => JSON.parse(answerLine(line, around, "0") ?? "{}").error?.code;
  assert.equal(code("{"), -32700);
  assert.equal(code("[]"), -32600);
  assert.equal(code("3"), -32600);
  assert.equal(code('{"id":1}'), -32600);
  assert.equal(code('{"jsonrpc":"2.0","id":1,"method":"resources/list"}'), -32601);
  assert.equal(code('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"rm"}}'), -32602);
  assert.equal(
    code('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"explain_field","arguments":[]}}'),
    -32602,
  );
  assert.equal(answerLine('{"jsonrpc":"2.0","method":"tools/list"}', around, "0"), null);
});

test("VS Code offers the same tools in the same words, and only when it is asked for", () => {
  const { contributes } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  assert.deepEqual(
    contributes.languageModelTools.map(({ name, modelDescription, inputSchema, when }: Record<string, unknown>) => [
      name,
      modelDescription,
      inputSchema,
      when,
    ]),
    tools.map(({ name, description, inputSchema }) => [
      `seatrial_${name}`,
      description,
      inputSchema,
      "config.seatrial.agentTools",
    ]),
  );
  assert.equal(contributes.configuration.properties["seatrial.agentTools"].default, false);
});
