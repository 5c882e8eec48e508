// Whatever is typed, everything that is said of the text as it has become is what is said of the same text opened anew.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { en } from "../../server/messages/en.ts";
import { readBase } from "../../server/service/base.ts";
import { type Context, diagnose } from "../../server/service/diagnose.ts";
import { manifestFacts } from "../../server/service/fact-memory.ts";
import { type Change, editManifest, type Manifest, manifestText, openManifest } from "../../server/service/manifest.ts";
import { documentObjects } from "../../server/service/objects.ts";
import { defaultSettings } from "../../server/service/settings.ts";
import { lineStarts, positionAt } from "../../server/service/text.ts";
import { runs } from "../runs.ts";

const workload = (kind: string, name: string, label: string, more = "") => `apiVersion: apps/v1
kind: ${kind}
metadata:
  name: ${name}
spec:
${more}  selector:
    matchLabels: { app: ${label} }
  template:
    metadata:
      labels: { app: ${label} }
    spec:
      containers:
        - name: main
          image: nginx:1.29
          ports: [{ name: http, containerPort: 8080 }]
          livenessProbe: { httpGet: { port: http } }
`;
const service = (name: string, label: string, port: string, more = "") => `apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec:
${more}  selector: { app: ${label} }
  ports: [{ port: 80, targetPort: ${port} }]
`;
const documents = [
  workload("Deployment", "web", "web", "  replicas: 3\n"),
  workload("Deployment", "shop", "web", "  strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 100% } }\n"),
  workload("StatefulSet", "db", "db", "  serviceName: db\n"),
  workload("DaemonSet", "agent", "db"),
  service("db", "db", "http", "  clusterIP: None\n"),
  service("web", "web", "8081"),
  `# seatrial-ignore service-missing\n${workload("StatefulSet", "cache", "cache", "  serviceName: nowhere # seatrial-ignore\n")}`,
  `apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly }
spec:
  schedule: "0 0 30 2 *"
  jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } } } }
`,
  `kind: List
apiVersion: v1
items:
  - apiVersion: v1
    kind: Service
    metadata: { name: db }
    spec: { ports: [{ port: 1 }], selector: { app: db } }
  - { apiVersion: v1, kind: Pod, metadata: { name: a, labels: { app: web } }, spec: { containers: [{ name: a, image: a }] } }
`,
  "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { a: b }\n",
  "apiVersion: extensions/v1beta1\nkind: Deployment\nmetadata: { name: old }\n",
  "# nothing but a comment\n",
  "a: &a [x\n",
  "kind: Deploymnt\napiVersion: apps/v1\nmetadata: { name: '{{ .Values.name }}' }\n",
];
const pieces = [
  "---\n",
  "\n---\n",
  "--- # next\n",
  "...\n",
  "# seatrial-ignore\n",
  "# seatrial-ignore selector-overlap, unknown-field\n",
  " # seatrial-ignore",
  "# seatrial-ignore-file volume-unused\n",
  "  replicas: many\n",
  "  serviceName: web\n",
  "      labels: { app: db }\n",
  "app: web",
  "app: db",
  "namespace: shop",
  "http",
  "name: db",
  "unknown: 1\n",
  '"',
  "{",
  "]",
  "&x ",
  "*x",
  "\r\n",
  "\t",
  "-",
  " ",
  "é\u{1f600}",
];

const file = fc.array(fc.constantFrom(...documents), { maxLength: 5 }).map((some) => some.join("---\n"));
/** Places as parts of the whole, so that they mean something in a text of any length. */
const place = fc.nat(9999).map((part) => part / 10_000);
const word = /\b(web|db|shop|http|8080|8081|Deployment|StatefulSet|None|nowhere|100%|OrderedReady)/g;
const edit = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant("word" as const),
      at: place,
      to: fc.constantFrom("web", "db", "http", "8080", "StatefulSet", "None", "0"),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant("insert" as const), at: place, text: fc.constantFrom(...pieces) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant("delete" as const), at: place, length: fc.integer({ min: 1, max: 60 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant("deleteLines" as const),
      at: place,
      lines: fc.integer({ min: 1, max: 12 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("repeatLine" as const), at: place, to: place }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant("addDocument" as const),
      at: place,
      document: fc.constantFrom(...documents),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant("replaceAll" as const),
      from: fc.constantFrom("web", "db", "http"),
      to: fc.constantFrom("web", "db", "x"),
    }),
  },
);
type Edit = typeof edit extends fc.Arbitrary<infer E> ? E : never;

function changeOf(text: string, one: Edit): Change {
  const starts = lineStarts(text);
  const range = (from: number, to: number) => ({
    start: positionAt(starts, text.length, from),
    end: positionAt(starts, text.length, to),
  });
  const line = (at: number) => starts[Math.floor(at * starts.length)] as number;
  switch (one.does) {
    case "insert": {
      const at = Math.floor(one.at * (text.length + 1));
      return { range: range(at, at), text: one.text };
    }
    case "word": {
      const found = [...text.matchAll(word)];
      const [chosen] = found.slice(Math.floor(one.at * found.length));
      if (chosen === undefined) return { range: range(0, 0), text: "" };
      return { range: range(chosen.index, chosen.index + chosen[0].length), text: one.to };
    }
    case "delete": {
      const at = Math.floor(one.at * (text.length + 1));
      return { range: range(at, at + one.length), text: "" };
    }
    case "deleteLines": {
      const at = Math.floor(one.at * starts.length);
      return { range: range(starts[at] as number, starts[at + one.lines] ?? text.length), text: "" };
    }
    case "repeatLine": {
      const from = line(one.at);
      const end = text.indexOf("\n", from) + 1 || text.length;
      return { range: range(line(one.to), line(one.to)), text: text.slice(from, end) };
    }
    case "addDocument":
      return { range: range(line(one.at), line(one.at)), text: `---\n${one.document}---\n` };
    case "replaceAll":
      return { text: text.replaceAll(one.from, one.to) };
  }
}

interface Files {
  /** The one that is looked at. */
  readonly here: Manifest;
  /** Another one that is open. */
  readonly beside: Manifest;
  /** The committed version. */
  readonly base: Manifest;
}

/** Everything that is said, as a client gets it. */
function said({ here, beside, base }: Files, withRuns: boolean): unknown {
  const context: Context = {
    settings: defaultSettings,
    words: en,
    structureElsewhere: false,
    others: [manifestFacts(beside)],
    now: Date.UTC(2026, 0, 1),
    base: readBase(base),
    runs: withRuns,
  };
  const found = diagnose(here, context);
  return {
    diagnostics: found.map(({ range, severity, code, message, index }) => ({ range, severity, code, message, index })),
    objects: documentObjects(here, found),
  };
}

const sequence = fc.record({
  here: file,
  beside: file,
  committed: file,
  edits: fc.array(fc.record({ which: fc.constantFrom("here", "here", "here", "beside", "base"), edit }), {
    minLength: 1,
    maxLength: 8,
  }),
  // Runs of the simulator take most of the time there is; a few sequences show that they are remembered rightly.
  withRuns: fc.nat(19).map((one) => one === 0),
});

let sequences = 0;

test("after any edits everything that is said is what is said of a fresh text", () => {
  fc.assert(
    fc.property(sequence, ({ here, beside, committed, edits, withRuns }) => {
      const open = (name: string, text: string) => openManifest(`file:///${sequences}/${name}.yaml`, "yaml", text);
      sequences++;
      let files: Files = { here: open("here", here), beside: open("beside", beside), base: open("base", committed) };
      let found = said(files, withRuns);
      for (const one of edits) {
        const changed = files[one.which];
        files = { ...files, [one.which]: editManifest(changed, changeOf(manifestText(changed), one.edit)) };
        found = said(files, withRuns);
      }
      const fresh = (manifest: Manifest) => open("fresh", manifestText(manifest));
      const anew = { here: fresh(files.here), beside: fresh(files.beside), base: fresh(files.base) };
      assert.deepEqual(found, said(anew, withRuns));
    }),
    { numRuns: runs(300) },
  );
});
