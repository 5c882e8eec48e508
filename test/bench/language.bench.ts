/** How long the language service takes for a file of 1,000 documents, and for one of 49 lines. */
import { en } from "../../server/messages/en.ts";
import { diagnose } from "../../server/service/diagnose.ts";
import { hover } from "../../server/service/hover.ts";
import { editManifest, openManifest } from "../../server/service/manifest.ts";
import { defaultSettings } from "../../server/service/settings.ts";

const linesEach = 49;

function deployment(index: number): string {
  const variables = Array.from({ length: 14 }, (_, n) => `            - name: A${n}\n              value: "x"\n`).join(
    "",
  );
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
${variables}          ports:
            - containerPort: 80
`;
}

function percentile(times: readonly number[], part: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * part)] ?? 0;
}

function measure(documents: number): string {
  const text = Array.from({ length: documents }, (_, index) => deployment(index)).join("---\n");
  const context = { settings: defaultSettings, words: en, structureElsewhere: false, others: [], now: Date.now() };
  const begin = performance.now();
  let manifest = openManifest("file:///bench.yaml", "yaml", text);
  diagnose(manifest, context);
  const first = performance.now() - begin;
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
  const figure = (value: number) => `${value.toFixed(2)} ms`;
  return [
    `${documents} documents, ${text.split("\n").length} lines: first diagnostics ${figure(first)}`,
    `keystroke p50 ${figure(percentile(keystrokes, 0.5))}, p95 ${figure(percentile(keystrokes, 0.95))}`,
    `hover p95 ${figure(percentile(hovers, 0.95))}`,
  ].join("; ");
}

export async function bench(): Promise<void> {
  console.log(measure(1000));
  console.log(measure(1));
}
