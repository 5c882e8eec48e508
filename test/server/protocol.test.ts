import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";
import type * as client from "../../client/protocol.ts";
import type * as server from "../../server/service/protocol.ts";

// Client and server declare the same shapes without knowing each other: each has to be assignable to the other.
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
const objects: Same<client.ObjectsResult, server.ObjectsResult> = true;
const asked: Same<client.ObjectsParams, server.ObjectsParams> = true;
const standing: Same<client.StandingResult, server.StandingResult> = true;
const changed: Same<client.ObjectsChangedParams, server.ObjectsChangedParams> = true;

test("client and server agree on their messages", () => {
  assert.ok(objects && asked && changed && standing);
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

/** A server process with a client's end of the wire; ended when the work is done. */
async function withServer(
  options: server.InitializationOptions,
  capabilities: object,
  work: (connection: MessageConnection) => Promise<void>,
  folder: string | null = null,
  flags: readonly string[] = [],
): Promise<void> {
  const main = fileURLToPath(new URL("../../server/main.node.ts", import.meta.url));
  const child = spawn(process.execPath, [...flags, main, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  try {
    const rootUri = folder && pathToFileURL(folder).href;
    const start = { processId: null, rootUri, capabilities, initializationOptions: options };
    await connection.sendRequest("initialize", start);
    await connection.sendNotification("initialized", {});
    await work(connection);
  } finally {
    connection.dispose();
    child.kill();
  }
}

/** The codes of the next published diagnostics that fit. */
function published(connection: MessageConnection, fits: (codes: string[]) => boolean): Promise<string[]> {
  return new Promise((resolve) => {
    connection.onNotification("textDocument/publishDiagnostics", (params: { diagnostics: { code: string }[] }) => {
      const codes = params.diagnostics.map(({ code }) => code);
      if (fits(codes)) resolve(codes);
    });
  });
}

const opened = (words: string, at = uri) => ({
  textDocument: { uri: at, languageId: "yaml", version: 1, text: words },
});

test("advice that takes a run follows when nothing is typed; a committed version is compared with", async () => {
  await withServer({ language: "en" }, {}, async (connection) => {
    const advice = published(connection, (codes) => codes.includes("rollout-downtime"));
    const recreate = text.replace("  replicas: 3\n", "  replicas: 3\n  strategy: { type: Recreate }\n");
    await connection.sendNotification("textDocument/didOpen", opened(recreate));
    assert.deepEqual(await advice, ["rollout-downtime"]);
    const refused = published(connection, (codes) => codes.includes("immutable"));
    await connection.sendNotification("seatrial/base", { uri, text: recreate.replaceAll("app: web", "app: www") });
    assert.deepEqual((await refused).toSorted(), ["immutable", "rollout-downtime"]);
    const page = await connection.sendRequest<server.ExplainResult>("seatrial/explain", { code: "rollout-downtime" });
    assert.match(page.markdown ?? "", /^# rollout-downtime\n/);
  });
});

test("beside the YAML extension only what that one reports is left to it", async () => {
  const wrong = text
    .replace("replicas: 3", "replicas: many")
    .replace("image: nginx:1.27", "imagee: a\n          resources: { limits: { cpu: 1 core } }");
  for (const [yamlExtension, expected] of [
    [false, ["invalid-quantity", "unknown-field", "wrong-type"]],
    ["syntax", ["invalid-quantity", "unknown-field", "wrong-type"]],
    [true, ["invalid-quantity"]],
  ] as const) {
    await withServer({ yamlExtension }, {}, async (connection) => {
      const found = published(connection, () => true);
      await connection.sendNotification("textDocument/didOpen", opened(wrong));
      assert.deepEqual((await found).toSorted(), expected);
    });
  }
});

const stateful = text.replace("Deployment", "StatefulSet").replace("  replicas: 3\n", "  serviceName: db\n");
const headless = `apiVersion: v1
kind: Service
metadata: { name: db }
spec: { clusterIP: None, selector: { app: web }, ports: [{ port: 80 }] }
`;

test("the version of Kubernetes is that of the settings, and open texts follow when it changes", async () => {
  const spare = stateful.replace("serviceName: db\n", "updateStrategy: { rollingUpdate: { maxUnavailable: 0 } }\n");
  const initialization = { settings: { kubernetesVersion: "1.36" } };
  await withServer(initialization, {}, async (connection) => {
    const told = published(connection, (codes) => codes.includes("field-dropped"));
    await connection.sendNotification("textDocument/didOpen", opened(spare));
    assert.deepEqual(await told, ["field-dropped"]);
    const kubernetes = async () => {
      const { kubernetes, objects } = await connection.sendRequest<server.ObjectsResult>("seatrial/objects", { uri });
      return [kubernetes, objects[0]?.object === null];
    };
    assert.deepEqual(await kubernetes(), ["1.36", false]);
    const refused = published(connection, (codes) => codes.includes("max-unavailable-zero"));
    const settings = { seatrial: { kubernetesVersion: "1.37" } };
    await connection.sendNotification("workspace/didChangeConfiguration", { settings });
    await refused;
    assert.deepEqual(await kubernetes(), ["1.37", true]);
  });
});

/** A file in a folder is installed with the others of it. */
const beside = (folder: string) => pathToFileURL(join(folder, "web.yaml")).href;

test("files of the workspace that are not open are neighbours, as they are and as they become", async () => {
  const folder = mkdtempSync(join(tmpdir(), "seatrial-"));
  const file = join(folder, "db.yaml");
  mkdirSync(join(folder, "node_modules"));
  writeFileSync(join(folder, "node_modules", "db.yaml"), headless);
  writeFileSync(join(folder, "large.yaml"), `${headless}# ${"x".repeat(1024 * 1024)}`);
  writeFileSync(join(folder, "binary.json"), Buffer.from([0, 255, 254, 13]));
  const capabilities = { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } };
  const work = async (connection: MessageConnection) => {
    const watched = new Promise((resolve) => connection.onRequest("client/registerCapability", resolve));
    const missing = published(connection, (codes) => codes.join() === "service-missing");
    await connection.sendNotification("textDocument/didOpen", opened(stateful, beside(folder)));
    await missing;
    assert.match(JSON.stringify(await watched), /"workspace\/didChangeWatchedFiles".*"\*\*\/\*\.\{yaml,yml,json\}"/);
    const tell = async (type: number) =>
      connection.sendNotification("workspace/didChangeWatchedFiles", {
        changes: [{ uri: pathToFileURL(file).href, type }],
      });
    const changes: readonly (readonly [type: number, words: string | null, expected: string])[] = [
      [1, headless, ""],
      [2, headless.replace("clusterIP: None, ", ""), "service-not-headless"],
      [3, null, "service-missing"],
      [1, headless, ""],
    ];
    for (const [type, words, expected] of changes) {
      const next = published(connection, (codes) => codes.join() === expected);
      if (words === null) rmSync(file);
      else writeFileSync(file, words);
      // What is found when the folder is first read needs no telling; told twice it is the same.
      await tell(type);
      const again = setInterval(() => void tell(type), 200);
      await next;
      clearInterval(again);
    }
    const open = published(connection, (codes) => codes.join() === "service-selects-others");
    const textDocument = { uri: pathToFileURL(file).href, languageId: "yaml", version: 1, text: headless };
    await connection.sendNotification("textDocument/didOpen", {
      textDocument: { ...textDocument, text: headless.replace("app: web", "app: other") },
    });
    // What is open counts as it is there, not as it was saved.
    await connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: beside(folder), version: 2 },
      contentChanges: [{ text: `${stateful}# more\n` }],
    });
    await open;
  };
  try {
    await withServer({ language: "en" }, capabilities, work, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a folder is read without being told of its files", async () => {
  const folder = mkdtempSync(join(tmpdir(), "seatrial-"));
  writeFileSync(join(folder, "db.yml"), headless);
  try {
    await withServer(
      { language: "en" },
      {},
      async (connection) => {
        const missing = published(connection, (codes) => codes.join() === "service-missing");
        await connection.sendNotification("textDocument/didOpen", opened(stateful, beside(folder)));
        await missing;
        await published(connection, (codes) => codes.length === 0);
      },
      folder,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a client that refuses whatever it is asked is served all the same", async () => {
  const folder = mkdtempSync(join(tmpdir(), "seatrial-"));
  writeFileSync(join(folder, "db.yml"), headless);
  const capabilities = {
    textDocument: { diagnostic: {} },
    workspace: {
      diagnostics: { refreshSupport: true },
      didChangeWatchedFiles: { dynamicRegistration: true },
      workspaceFolders: true,
    },
  };
  const work = async (connection: MessageConnection) => {
    // The client's end answers what it has no handler for with an error. News of the folder reach it as a question.
    const asked = new Promise((resolve) => {
      connection.onRequest("workspace/diagnostic/refresh", () => {
        resolve(null);
        throw new Error("not here");
      });
    });
    await connection.sendNotification("textDocument/didOpen", opened(stateful));
    await asked;
    const params = { textDocument: { uri } };
    for (let i = 0; i < 3; i++) await connection.sendRequest("textDocument/diagnostic", params);
  };
  try {
    await withServer({ language: "en" }, capabilities, work, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("advice that a run proves leads to its moment where the client can show it", async () => {
  const recreate = text.replace("  replicas: 3\n", "  replicas: 3\n  strategy: { type: Recreate }\n");
  type Shown = { code: string; data?: server.SimulateArgument; range: object };
  for (const experimental of [{ seatrialSimulate: true }, {}]) {
    await withServer({ language: "ko" }, { experimental }, async (connection) => {
      const shown = new Promise<Shown>((resolve) => {
        connection.onNotification("textDocument/publishDiagnostics", ({ diagnostics }: { diagnostics: Shown[] }) => {
          const found = diagnostics.find(({ code }) => code === "rollout-downtime");
          if (found) resolve(found);
        });
      });
      await connection.sendNotification("textDocument/didOpen", opened(recreate));
      const diagnostic = await shown;
      const actions = await connection.sendRequest<{ title: string; command?: object }[]>("textDocument/codeAction", {
        textDocument: { uri },
        range: diagnostic.range,
        context: { diagnostics: [diagnostic], only: ["quickfix"] },
      });
      const ignored = `여기서 ${diagnostic.code} 무시`;
      if (!experimental.seatrialSimulate) {
        assert.equal(diagnostic.data, undefined);
        assert.deepEqual(
          actions.map(({ title }) => title),
          [ignored],
        );
        return;
      }
      const { time, ...rest } = diagnostic.data as server.SimulateArgument;
      assert.deepEqual(rest, { uri, kind: "Deployment", namespace: "", name: "web" });
      // When the three pods are ready; from then on another version can be tried.
      assert.ok(time > 1000 && time < 60_000, String(time));
      const title = "시뮬레이션에서 보기";
      assert.deepEqual(
        actions.map((one) => [one.title, one.command]),
        [
          [ignored, undefined],
          [title, { title, command: "seatrial.simulate", arguments: [diagnostic.data] }],
        ],
      );
    });
  }
});

test("a server with little memory outlives hostile texts and their edits", async () => {
  const head = "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec:\n";
  const hostile: readonly (readonly [text: string, code: string])[] = [
    [`${head}  x: ${"a".repeat(50_000_000)}`, "yaml-too-large"],
    [`${head}  x: ${"[".repeat(100_000)}`, "yaml-too-deep"],
    [`${head}  x: "\ud800"`, "yaml-unprintable"],
    [`${head}  x: "\u0000\u0001"`, "yaml-unprintable"],
    [`${head}  x: &x [*x]`, "yaml-cyclic-anchor"],
  ];
  const flags = ["--max-old-space-size=512"];
  await withServer(
    { language: "en" },
    {},
    async (connection) => {
      for (const [at, [words, code]] of hostile.entries()) {
        const textDocument = { uri: `file:///${at}.yaml`, languageId: "yaml", version: 1, text: words };
        const found = published(connection, (codes) => codes.includes(code));
        await connection.sendNotification("textDocument/didOpen", { textDocument });
        await found;
        const again = published(connection, (codes) => codes.includes(code));
        const start = { line: 0, character: 0 };
        await connection.sendNotification("textDocument/didChange", {
          textDocument: { uri: textDocument.uri, version: 2 },
          contentChanges: [{ range: { start, end: start }, text: "# more\n" }],
        });
        await again;
      }
      const found = published(connection, (codes) => codes.join() === "unknown-field");
      await connection.sendNotification("textDocument/didOpen", opened(text.replace("image:", "imagee:")));
      await found;
    },
    null,
    flags,
  );
});

test("a question that cannot be answered gets nothing for an answer, and the next one is answered", async () => {
  await withServer({}, {}, async (connection) => {
    await connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "yaml", version: 1, text },
    });
    assert.equal(await connection.sendRequest("textDocument/hover", {}), null);
    assert.deepEqual(await connection.sendRequest("textDocument/codeAction", { textDocument: { uri } }), []);
    await connection.sendNotification("textDocument/didChange", { textDocument: { uri, version: 2 } });
    const symbols = await connection.sendRequest<{ name: string }[]>("textDocument/documentSymbol", {
      textDocument: { uri },
    });
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ["web"],
    );
  });
});
