/**
 * How long the language service takes for a file of 1,000 documents and for one of 48 lines: by itself, and as a server
 * beside yaml-language-server, which gets no schema here and so only looks at the syntax.
 */
import { fileURLToPath } from "node:url";
import { en } from "../../server/messages/en.ts";
import { diagnose } from "../../server/service/diagnose.ts";
import { editManifest, openManifest } from "../../server/service/manifest.ts";
import { hover } from "../../server/service/requests/hover.ts";
import { defaultSettings } from "../../server/service/settings.ts";
import { foreignPackage } from "./foreign.ts";
import { measureServer } from "./language-client.ts";
import { line, percentile } from "./side.ts";

/** With the marker between two documents. */
const linesEach = 49;
const short = process.argv.includes("--short");

function deployment(index: number): string {
  const variables = Array.from({ length: 14 }, (_, n) => `            - name: A${n}\n              value: "x"\n`);
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web-${index}
spec:
  replicas: 3
  selector:
    matchLabels:
      app: web-${index}
  template:
    metadata:
      labels:
        app: web-${index}
    spec:
      containers:
        - name: web
          image: nginx:1.27
          env:
${variables.join("")}          ports:
            - containerPort: 80
`;
}

function manifestOf(documents: number): string {
  return Array.from({ length: documents }, (_, index) => deployment(index)).join("---\n");
}

function inProcess(documents: number, bar: number): void {
  const text = manifestOf(documents);
  const context = { settings: defaultSettings, words: en, structureElsewhere: false, others: [], now: Date.now() };
  const begin = performance.now();
  let manifest = openManifest("file:///bench.yaml", "yaml", text);
  diagnose(manifest, context);
  line(
    `${documents} documents, ${text.split("\n").length - 1} lines: first diagnostics`,
    performance.now() - begin,
    "ms",
  );
  const keystrokes: number[] = [];
  const hovers: number[] = [];
  for (let stroke = 0; stroke < 200; stroke++) {
    const at = { line: ((stroke * 37) % documents) * linesEach + 5, character: 12 };
    const start = performance.now();
    manifest = editManifest(manifest, { range: { start: at, end: at }, text: "1" });
    diagnose(manifest, context);
    const done = performance.now();
    hover(manifest, at, { words: en, docs: {}, now: 0, timeZone: "UTC" });
    keystrokes.push(done - start);
    hovers.push(performance.now() - done);
  }
  line("  keystroke to complete diagnostics, p50", percentile(keystrokes, 0.5), "ms");
  line("  keystroke to complete diagnostics, p95", percentile(keystrokes, 0.95), "ms", ["at most", bar]);
  line("  hover, p95", percentile(hovers, 0.95), "ms", ["at most", 1]);
}

async function sideBySide(): Promise<void> {
  const place = foreignPackage("yaml-language-server");
  if (place === null) return console.log("  yaml-language-server: not to be had");
  const server = fileURLToPath(new URL("../../dist/server.mjs", import.meta.url));
  const small = manifestOf(1);
  const large = manifestOf(1000);
  const noSchema = { yaml: { schemaStore: { enable: false }, validate: true, hover: true } };
  const ours = await measureServer([server, "--stdio"], {}, small, large, 200);
  const theirs = await measureServer([`${place}/bin/yaml-language-server`, "--stdio"], noSchema, small, large, 6);
  line("server start to first diagnostics", ours.start, "ms", ["at most", 400]);
  line("  yaml-language-server", theirs.start, "ms");
  line("1,000 documents over the protocol: first diagnostics", ours.first, "ms");
  line("  yaml-language-server", theirs.first, "ms");
  line("  faster", theirs.first / ours.first, "times", ["at least", 1.5]);
  line("1,000 documents over the protocol: keystroke p95", ours.keystroke, "ms", ["at most", 10]);
  line("  yaml-language-server", theirs.keystroke, "ms");
  line("  faster", theirs.keystroke / ours.keystroke, "times", ["at least", 50]);
  line("1,000 documents over the protocol: hover p95", ours.hover, "ms");
  line("  yaml-language-server", theirs.hover, "ms");
  line("memory after it all", ours.memory, "MB");
  line("  yaml-language-server", theirs.memory, "MB");
  line("  part of theirs", ours.memory / theirs.memory, "times", ["at most", 0.5]);
}

export async function bench(): Promise<void> {
  inProcess(short ? 100 : 1000, 10);
  inProcess(1, 1);
  if (!short) await sideBySide();
}
