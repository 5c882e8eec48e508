/** Snippets: each only where it belongs, none with a finding of its own. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../../../server/messages/en.ts";
import { wholeKinds } from "../../../server/service/completion/snippets/snippets.ts";
import { diagnose } from "../../../server/service/diagnose.ts";
import { openManifest } from "../../../server/service/manifest.ts";
import { defaultSettings } from "../../../server/service/settings.ts";
import { targets } from "../../../simulator/api/target.ts";
import { at, type Offered } from "./at-cursor.ts";

function findings(text: string, target = targets.at(-1)): readonly string[] {
  const context = { settings: defaultSettings, words: en, structureElsewhere: false, others: [], now: 0, runs: true };
  return diagnose(openManifest("file:///a.yaml", "yaml", text, target), context).map(
    ({ code, message }) => `${code}: ${message}`,
  );
}

const snippets = ({ items }: Offered): readonly string[] =>
  items.filter(({ sort }) => sort === "snippet").map(({ label }) => label);

function accept(text: string, label: string): string {
  const offered = at(text);
  const item = offered.items.find((one) => one.label === label && one.sort === "snippet");
  assert.ok(item, `${label} among ${snippets(offered).join(", ")}`);
  return offered.accept(label);
}

test("whole objects are offered where a document is empty, by their kinds, and have no finding", () => {
  assert.deepEqual(snippets(at("|")), [...wholeKinds]);
  for (const kind of wholeKinds) {
    for (const target of targets) assert.deepEqual(findings(accept("|", kind), target), [], kind);
    const second = accept(
      `kind: Namespace\napiVersion: v1\nmetadata: { name: shop }\n---\n${kind.slice(0, 3)}|\n`,
      kind,
    );
    assert.deepEqual(findings(second), [], second);
  }
  assert.deepEqual(snippets(at("kind: Pod\n|")), []);
});

const deployment = (container: string, pod = "") => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
${pod}      containers:
        - name: web
          image: nginx:1.27
${container}`;

test("parts are offered at the one place where they belong, and have no finding", () => {
  const settings = `---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n---\napiVersion: v1\nkind: Secret\nmetadata: { name: credentials }\nstringData: { password: x }\n`;
  const places: readonly (readonly [text: string, names: readonly string[]])[] = [
    [deployment("        - |\n"), ["container"]],
    [deployment("", "      initContainers:\n        |\n"), ["sidecar"]],
    [deployment("          livenessProbe:\n            |\n"), ["execProbe", "httpProbe", "tcpProbe"]],
    [deployment("          envFrom:\n            - |\n") + settings, ["envFromConfigMap", "envFromSecret"]],
    [deployment("          env:\n            - |\n") + settings, ["envSecretKey"]],
    [deployment("          |\n"), ["emptyDirVolume"]],
    [deployment("          resources:\n            |\n"), ["requestsAndLimits"]],
    [deployment("          securityContext:\n            |\n"), ["restrictedContainer"]],
    [deployment("", "      securityContext:\n        |\n"), ["restrictedPod"]],
    [deployment("", "      topologySpreadConstraints:\n        - |\n"), ["zoneSpread"]],
    [deployment("").replace("  template:\n", "  strategy:\n    |\n  template:\n"), ["noDowntime"]],
  ];
  for (const [text, names] of places) {
    assert.deepEqual([...snippets(at(text))].sort(), names, text);
    for (const one of names) assert.deepEqual(findings(accept(text, one)), [], accept(text, one));
  }
});

test("the labels of a spread are those of the pods", () => {
  const text = deployment("", "      topologySpreadConstraints:\n        - |\n");
  assert.match(accept(text, "zoneSpread"), /labelSelector:\n {12}matchLabels:\n {14}app: web\n/);
});

test("a Job ignores disruptions", () => {
  const job = (rest: string) =>
    `apiVersion: batch/v1\nkind: Job\nmetadata: { name: a }\nspec:\n  podFailurePolicy:\n    |\n  template:\n    spec:\n      restartPolicy: Never\n      containers: [{ name: a, image: "b:1" }]\n${rest}`;
  assert.deepEqual(findings(accept(job(""), "ignoreDisruptions")), []);
});

test("a kustomization begins with its resources", () => {
  const offered = at("|", { uri: "file:///kustomization.yaml" });
  assert.deepEqual(snippets(offered), ["Kustomization"]);
  assert.match(offered.accept("Kustomization"), /kind: Kustomization\nresources:\n {2}- deployment.yaml$/);
});
