// What is written at a wrong level, or cannot be read, hides nothing else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../../server/messages/en.ts";
import { ko } from "../../server/messages/ko.ts";
import { diagnose } from "../../server/service/diagnose.ts";
import { openManifest } from "../../server/service/manifest.ts";
import { defaultSettings } from "../../server/service/settings.ts";

const shop = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  replicas: 3
  selector:
    matchLabels:
      app: shop
  template:
    metadata:
      labels:
        app: shop
    spec:
      containers:
        - name: shop
          image: shop:1
      volumes:
        - name: data
          emptyDir: {}
`;

function told(text: string, words = en): string[] {
  const context = { settings: defaultSettings, words, structureElsewhere: false, others: [], now: 0 };
  return diagnose(openManifest("file:///a.yaml", "yaml", text), context).map(
    ({ range, message }) => `${range.start.line + 1}:${range.start.character + 1} ${message}`,
  );
}
const unused = (line: number) => `${line}:17 No container mounts the volume \`data\`.`;

test("a field says at which level it belongs", () => {
  assert.deepEqual(told(shop.replace("      volumes:", "      replicas: 2\n      volumes:")), [
    "18:7 `replicas` does not belong in `spec.template.spec` but in `spec`.",
    unused(20),
  ]);
  assert.deepEqual(told(shop.replace("      volumes:", "          nodeSelector: { a: b }\n      volumes:")), [
    "18:11 `nodeSelector` does not belong in `spec.template.spec.containers[0]` but in `spec.template.spec`.",
    unused(20),
  ]);
  assert.deepEqual(told(shop.replace("  replicas: 3", "  rollingUpdate: { maxSurge: 1 }\n  strategy: {}")), [
    "6:3 `rollingUpdate` does not belong in `spec` but in `spec.strategy`.",
    unused(20),
  ]);
  assert.deepEqual(told(shop.replace(/ {6}volumes[\s\S]*/, "      ports: [{ containerPort: 80 }]\n"), ko), [
    "18:7 `ports`의 자리는 `spec.template.spec`이(가) 아니라 `spec.template.spec.containers[0]`입니다.",
  ]);
});

test("a level that is left out is told once, whatever slid", () => {
  const flat = shop.replace("    spec:\n", "").replace(/^ {6}(?=containers|volumes)/gm, "    ");
  assert.deepEqual(told(flat.replace(/^ {8}(- name| {2})/gm, "      $1")), [
    "14:5 These fields do not belong in `spec.template` but in `spec.template.spec`: containers, volumes.",
  ]);
});

test("an unknown field hides nothing else", () => {
  assert.deepEqual(told(shop.replace("replicas: 3", "replcas: -3\n  paused: 1").replace("shop:1", '"shop:1 "')), [
    "6:3 Unknown field `spec.replcas`. Did you mean `replicas`?",
    "7:11 `spec.paused`: `1` is read as a number; a boolean (`true` or `false`) is expected.",
    "6:12 `spec.replicas` is not valid (it is `-3`). It has to be 0 or more.",
  ]);
});

test("a line that is indented wrongly is told once, with what fits", () => {
  assert.deepEqual(told(shop.replace("        - name: shop", "       - name: shop")), [
    "16:8 This line is indented by 7; what it could belong with is indented by 4, 6 or 8.",
  ]);
  assert.deepEqual(told(shop.replace("  replicas", "\treplicas")), [
    "6:1 A tab stands here: YAML is indented with blanks only.",
  ]);
});
