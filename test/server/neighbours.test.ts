// Whatever becomes of the files of a workspace, their neighbours are those that a fresh look would find.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Disk } from "../../server/disk.ts";
import { en } from "../../server/messages/en.ts";
import { neighboursOn } from "../../server/neighbours.ts";
import { diagnose } from "../../server/service/diagnose.ts";
import { manifestFacts } from "../../server/service/fact-memory.ts";
import { openManifest } from "../../server/service/manifest.ts";
import { defaultSettings } from "../../server/service/settings.ts";
import { newestTarget } from "../../simulator/api/target.ts";
import { runs } from "../runs.ts";

const controller = (kind: string, name: string, label: string, more = "") => `apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name}, namespace: shop }
spec:
${more}  selector: { matchLabels: { app: ${label} } }
  template:
    metadata: { labels: { app: ${label} } }
    spec: { containers: [{ name: main, image: main, ports: [{ name: http, containerPort: 80 }] }] }
`;
const service = (label: string, more: string) => `apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop }
spec: { selector: { app: ${label} }, ports: [{ port: 80, targetPort: http }]${more} }
`;
const texts = [
  service("db", ", clusterIP: None"),
  service("db", ""),
  service("web", ", clusterIP: None"),
  controller("Deployment", "web", "db"),
  `${controller("DaemonSet", "agent", "agent")}---\n${service("agent", ", clusterIP: None")}`,
  "a: [\n",
  "",
];
const here = `${controller("StatefulSet", "db", "db", "  serviceName: db\n")}---\n${service("web", "").replace("db", "front")}`;
const uriOf = (name: string) => `file:///shop/${name}`;
const names = ["a.yaml", "b.yaml", "c/d.yml", "node_modules/e.yaml"];

/** A disk in memory, which may forget a file at any time. */
function diskOf(files: ReadonlyMap<string, string>): Disk {
  const keyOf = (uri: string) => (uri.startsWith("file:///") ? uri.slice("file://".length) : null);
  const concerns = (key: string) => key.startsWith("/shop/") && !key.includes("node_modules");
  return {
    keyOf,
    concerns,
    async *list() {
      for (const name of files.keys()) if (concerns(`/shop/${name}`)) yield `/shop/${name}`;
    },
    async read(key) {
      const text = files.get(key.slice("/shop/".length));
      return text === undefined ? null : { uri: `file://${key}`, text };
    },
  };
}

const step = fc.oneof(
  fc.record({ does: fc.constant("write" as const), name: fc.constantFrom(...names), text: fc.constantFrom(...texts) }),
  fc.record({ does: fc.constant("remove" as const), name: fc.constantFrom(...names) }),
  fc.record({ does: fc.constant("open" as const), name: fc.constantFrom(...names) }),
  fc.record({ does: fc.constant("close" as const), name: fc.constantFrom(...names) }),
  fc.record({ does: fc.constant("folders" as const) }),
);

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test("after any changes of files the neighbours are those of a fresh look", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const files = new Map([["a.yaml", texts[0] as string]]);
      const open = new Set<string>();
      const neighbours = neighboursOn(
        diskOf(files),
        turn,
        () => undefined,
        () => newestTarget,
      );
      neighbours.setFolders(["file:///shop"]);
      neighbours.begin();
      for (const one of steps) {
        if (one.does === "folders") neighbours.setFolders(["file:///shop"]);
        else if (one.does === "open") {
          open.add(one.name);
          neighbours.opened(uriOf(one.name));
        } else if (one.does === "close") {
          open.delete(one.name);
          neighbours.closed(uriOf(one.name));
        } else {
          if (one.does === "write") files.set(one.name, one.text);
          else files.delete(one.name);
          neighbours.changed([uriOf(one.name)]);
        }
        if (steps.length % 2 === 0) await turn();
      }
      for (let at = 0; at < 60; at++) await turn();
      const context = { settings: defaultSettings, words: en, structureElsewhere: false, now: 0 };
      const placed = (uri: string, text: string, at = uri) =>
        openManifest(uri, "yaml", text, newestTarget, neighbours.placeOf(at));
      const manifest = placed(uriOf("here.yaml"), here);
      const found = diagnose(manifest, { ...context, others: [], beyond: neighbours.around() });
      const others = [...files]
        .filter(([name]) => !open.has(name) && !name.startsWith("node_modules"))
        .map(([name, text]) => manifestFacts(placed(uriOf(name), text)));
      const anew = placed(`file:///fresh/${fresh++}.yaml`, here, uriOf("here.yaml"));
      const codes = (some: typeof found) => some.map(({ code, range }) => `${range.start.line} ${code}`);
      assert.deepEqual(codes(found), codes(diagnose(anew, { ...context, others })));
    }),
    { numRuns: runs(200) },
  );
});

let fresh = 0;

test("in an editor, too, what a kustomization makes and what a certificate speaks of is there", async () => {
  const pod = (key: string) => `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
  - name: web
    image: web
    env: [{ name: PORT, valueFrom: { configMapKeyRef: { name: made, key: ${key} } } }]
    envFrom: [{ secretRef: { name: web-tls } }]
---
apiVersion: v1
kind: ConfigMap
metadata: { name: other }
data: { A: a }
---
apiVersion: v1
kind: Secret
metadata: { name: other }
stringData: { A: a }
`;
  const kustomization =
    "resources: [pod.yaml, certificate.yaml]\nconfigMapGenerator:\n- name: made\n  envs: [made.env]\n";
  const certificate =
    "apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: a }\nspec: { secretName: web-tls }\n";
  const codes = async (key: string, more: Readonly<Record<string, string>>) => {
    const files = new Map(
      Object.entries({ "kustomization.yaml": kustomization, "made.env": "PORT=1\n", "pod.yaml": pod(key), ...more }),
    );
    const neighbours = neighboursOn(
      diskOf(files),
      turn,
      () => undefined,
      () => newestTarget,
    );
    neighbours.setFolders(["file:///shop"]);
    neighbours.opened(uriOf("pod.yaml"));
    neighbours.begin();
    for (let wait = 0; wait < 500 && neighbours.around() === undefined; wait++) await turn();
    const manifest = openManifest(
      uriOf("pod.yaml"),
      "yaml",
      pod(key),
      newestTarget,
      neighbours.placeOf(uriOf("pod.yaml")),
    );
    const context = { settings: defaultSettings, words: en, structureElsewhere: false, others: [], now: 0 };
    return diagnose(manifest, { ...context, beyond: neighbours.around() }).map(
      ({ code, problem }) => `${code} ${problem.params["name"]}`,
    );
  };
  assert.deepEqual(await codes("PORT", { "certificate.yaml": certificate }), []);
  assert.deepEqual(await codes("PROT", { "certificate.yaml": certificate }), ["key-missing made"]);
  assert.deepEqual(await codes("PORT", {}), ["counterpart-missing web-tls"]);
});
