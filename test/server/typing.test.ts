// While a line is being typed nothing is said of it, and nothing comes that has to go again.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { en } from "../../server/messages/en.ts";
import { openManifest } from "../../server/service/manifest.ts";
import { objects } from "../../server/service/requests/objects.ts";
import { createService, type Service } from "../../server/service/service.ts";
import { defaultSettings } from "../../server/service/settings.ts";
import { lonePlace } from "../../server/service/standing/place.ts";
import { runs } from "../runs.ts";

const uri = "file:///a.yaml";
const never = () => false;

function opened(text: string): Service {
  const service = createService(
    {
      docs: {},
      now: () => 0,
      pause: () => Promise.resolve(),
      beyond: () => undefined,
      placeOf: () => lonePlace,
    },
    {
      settings: defaultSettings,
      words: en,
      timeZone: "UTC",
      structureElsewhere: false,
      pages: null,
      simulates: false,
      waits: true,
    },
  );
  service.open({ manifest: openManifest(uri, "yaml", text), version: 0 });
  return service;
}

function editor(text: string) {
  const service = opened(text);
  const told = async () =>
    (await service.settle(uri, never)).map(({ range, code }) => `${range.start.line + 1} ${code}`);
  return {
    service,
    told,
    /** Types at a place, letter by letter, and gives what is told after each letter. */
    async type(line: number, character: number, words: string): Promise<string[][]> {
      const after: string[][] = [];
      let at = { line, character };
      for (const letter of words) {
        service.edit(uri, 0, [{ range: { start: at, end: at }, text: letter }]);
        at = letter === "\n" ? { line: at.line + 1, character: 0 } : { ...at, character: at.character + 1 };
        after.push(await told());
      }
      return after;
    },
    backspace(line: number, character: number): Promise<string[]> {
      const range = { start: { line, character: character - 1 }, end: { line, character } };
      service.edit(uri, 0, [{ range, text: "" }]);
      return told();
    },
    rest(): Promise<string[]> {
      service.rest(uri);
      return told();
    },
  };
}

const pod = `apiVersion: v1
kind: Pod
metadata: { name: a }
spec:
  containers:
    - name: a
      image: a
`;

test("a name is not spoken of letter by letter, but once its line has rested", async () => {
  const { type, rest } = editor(pod);
  assert.deepEqual((await type(7, 0, "  restartPolcy: Alwys")).flat(), []);
  assert.deepEqual(await rest(), ["8 unknown-field", "8 value-not-supported"]);
});

test("a line is spoken of when the next one is begun", async () => {
  const { type } = editor(pod);
  assert.deepEqual((await type(7, 0, "  restartPolicy: Alwys\n")).at(-1), ["8 value-not-supported"]);
});

test("what a line only begins is not missed in it", async () => {
  const { type, rest } = editor(pod);
  assert.deepEqual((await type(7, 0, "  volumes:\n    - name:\n")).flat(), []);
  assert.deepEqual(await rest(), ["9 field-required"]);
});

test("what is wrong elsewhere stays told while a line cannot be read", async () => {
  const { type, backspace, told } = editor(pod.replace("kind: Pod", "kind: Pod\nspce: 1"));
  assert.deepEqual(await told(), ["3 unknown-field"]);
  assert.deepEqual(new Set((await type(8, 0, "  dns")).flat()), new Set(["3 unknown-field"]));
  assert.deepEqual(await backspace(8, 5), ["3 unknown-field"]);
});

test("what is put right goes at once", async () => {
  const { type, backspace, told } = editor(pod.replace("image: a", "image: a\n  restartPolicy: Neve"));
  assert.deepEqual(await told(), ["8 value-not-supported"]);
  assert.deepEqual((await type(7, 21, "r")).at(-1), []);
  assert.deepEqual(await backspace(7, 22), []);
});

test("what is pasted is spoken of at once", async () => {
  const { service, told } = editor(pod);
  const end = { line: 7, character: 0 };
  service.edit(uri, 1, [{ range: { start: end, end }, text: "  restartPolicy: Neve\n  dnsPolicy: None\n" }]);
  assert.equal((await told()).length > 0, true);
});

const lines = [
  "apiVersion: apps/v1",
  "kind: Deployment",
  "kind: Deploymnt",
  "metadata:",
  "  name: web",
  "  name: Web_",
  "  labels: { app: web }",
  "spec:",
  "  replicas: 2",
  "  replicas: -2",
  "  replcas: two",
  "  selector: { matchLabels: { app: web } }",
  "  template:",
  "    metadata: { labels: { app: wbe } }",
  "    spec:",
  "     containers:",
  "      containers:",
  "        - name: web",
  "          image: nginx:1.29",
  "          resources: { limits: { memory: 5 Gi } }",
  "          ports: [{ name: http, containerPort: 80 }]",
  "          livenessProbe: { httpGet: { port: htpp } }",
  "---",
  "# a comment",
  "",
];
const manifest = fc.array(fc.constantFrom(...lines), { minLength: 1, maxLength: 14 }).map((some) => some.join("\n"));

test("whatever is typed, no finding comes while its line is typed, and at last all is told that a fresh look finds", async () => {
  const property = fc.asyncProperty(manifest, async (text) => {
    const { service, type, rest } = editor("");
    let before: string[] = [];
    for (const [at, line] of text.split("\n").entries()) {
      for (const told of await type(at, 0, line)) {
        for (const one of told) assert.ok(before.includes(one), `${one} comes within "${line}"`);
        before = told;
      }
      before = (await type(at, line.length, "\n"))[0] ?? [];
    }
    await rest();
    const fresh = opened(`${text}\n`);
    assert.deepEqual(service.diagnoses(uri), fresh.diagnoses(uri));
    assert.deepEqual(await service.settle(uri, never), fresh.diagnoses(uri));
  });
  await fc.assert(property, { numRuns: runs(40) });
});

test("an object without a value says why at once, also while its line is typed", async () => {
  const service = opened(pod);
  const at = { line: 2, character: 18 };
  service.edit(uri, 1, [{ range: { start: at, end: { line: 2, character: 19 } }, text: "A" }]);
  assert.deepEqual(await service.settle(uri, never), []);
  const { objects: listed } = await objects.answer(service, { uri }, never);
  assert.deepEqual(
    listed.map(({ object, problems }) => [object, problems[0]?.range.start.line]),
    [[null, 2]],
  );
});
