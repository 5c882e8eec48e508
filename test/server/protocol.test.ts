import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import type * as client from "../../client/protocol.ts";
import type * as server from "../../server/protocol.ts";

// Client and server declare the same shapes without knowing each other: each has to be assignable to the other.
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
const objects: Same<client.ObjectsResult, server.ObjectsResult> = true;
const asked: Same<client.ObjectsParams, server.ObjectsParams> = true;
const changed: Same<client.ObjectsChangedParams, server.ObjectsChangedParams> = true;

test("client and server agree on their messages", () => {
  assert.ok(objects && asked && changed);
});

const uri = "file:///web.yaml";
const text = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web }
    spec:
      containers:
        - name: web
          image: nginx:1.27
`;

test("a server on standard streams tells, follows edits, hovers and lists objects", async () => {
  const main = fileURLToPath(new URL("../../server/main.node.ts", import.meta.url));
  const child = spawn(process.execPath, [main, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  try {
    const answer = await connection.sendRequest<{ capabilities: { hoverProvider: boolean } }>("initialize", {
      processId: null,
      rootUri: null,
      capabilities: { textDocument: { diagnostic: {} } },
    });
    assert.equal(answer.capabilities.hoverProvider, true);
    await connection.sendNotification("initialized", {});
    await connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "yaml", version: 1, text },
    });
    const pull = async () => {
      const params = { textDocument: { uri } };
      return (await connection.sendRequest<{ items: { code: string }[] }>("textDocument/diagnostic", params)).items;
    };
    assert.deepEqual(await pull(), []);
    const range = { start: { line: 5, character: 12 }, end: { line: 5, character: 13 } };
    await connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range, text: "-1" }],
    });
    const [finding] = await pull();
    assert.deepEqual(
      { ...finding, message: "", code: "" },
      {
        range: { start: { line: 5, character: 12 }, end: { line: 5, character: 14 } },
        severity: 1,
        code: "",
        source: "seatrial",
        message: "",
      },
    );
    const back = { start: { line: 5, character: 12 }, end: { line: 5, character: 14 } };
    await connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: 3 },
      contentChanges: [{ range: back, text: "3" }],
    });
    const hover = await connection.sendRequest<{ contents: { value: string } }>("textDocument/hover", {
      textDocument: { uri },
      position: { line: 5, character: 4 },
    });
    assert.match(hover.contents.value, /at most 4 pods, never fewer than 3 available/);
    const listed = await connection.sendRequest<server.ObjectsResult>("seatrial/objects", { uri });
    assert.equal(listed.version, 3);
    assert.deepEqual(
      listed.objects.map(({ kind, name }) => `${kind}/${name}`),
      ["Deployment/web"],
    );
  } finally {
    connection.dispose();
    child.kill();
  }
});
