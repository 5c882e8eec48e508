/** The version of Kubernetes that manifests are for: chosen, changed, and told of where it matters. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runCommand } from "../../server/cli/run.ts";
import { en } from "../../server/messages/en.ts";
import { ko } from "../../server/messages/ko.ts";
import { statefulText } from "../../server/rules/examples.ts";
import { openManifest } from "../../server/service/manifest.ts";
import { createService } from "../../server/service/service.ts";
import { defaultSettings, readSettings } from "../../server/service/settings.ts";
import { lonePlace } from "../../server/service/standing/place.ts";
import { newestTarget, targets } from "../../simulator/api/target.ts";

const uri = "file:///db.yaml";
const spare = statefulText("").replace(
  "  serviceName: db\n",
  "  serviceName: db\n  updateStrategy: { rollingUpdate: { maxUnavailable: 0 } }\n",
);

function serviceFor(words = en) {
  const surroundings = {
    docs: {},
    now: () => 0,
    pause: () => Promise.resolve(),
    beyond: () => undefined,
    placeOf: () => lonePlace,
  };
  const preferences = { settings: defaultSettings, words, timeZone: "UTC", structureElsewhere: false, pages: null };
  return createService(surroundings, { ...preferences, simulates: false, waits: false });
}

const codes = (service: ReturnType<typeof serviceFor>) =>
  service
    .diagnoses(uri)
    .filter(({ severity }) => severity === "error")
    .map(({ code }) => code);

test("the setting takes a version that is known, and the newest for any other", () => {
  assert.equal(readSettings({ kubernetesVersion: "1.35" }).target, "1.35");
  for (const odd of ["1.33", "latest", 1.36, null]) {
    assert.equal(readSettings({ kubernetesVersion: odd }).target, newestTarget, String(odd));
  }
});

test("the setting can be any version that there is, and is the newest unless it is set", () => {
  const { contributes } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"));
  const setting = contributes.configuration.properties["seatrial.kubernetesVersion"];
  assert.deepEqual([setting.enum, setting.default], [targets, newestTarget]);
});

test("another version judges what is open, and what it is compared with, anew", () => {
  const service = serviceFor();
  const applied = spare.replace("maxUnavailable: 0", "maxUnavailable: 1");
  service.open({ manifest: openManifest(uri, "yaml", spare), version: 1 });
  service.compare(uri, openManifest(uri, "yaml", applied.replace("serviceName: db", "serviceName: old")));
  assert.deepEqual(codes(service), ["max-unavailable-zero", "immutable"]);
  service.prefer({ settings: { ...defaultSettings, target: "1.36" } });
  assert.deepEqual(codes(service), ["immutable-fields"]);
  service.edit(uri, 2, [{ text: spare.replace("maxUnavailable: 0", "maxUnavailable: 2") }]);
  assert.deepEqual(codes(service), ["immutable-fields"]);
  service.prefer({ settings: defaultSettings });
  assert.deepEqual(codes(service), ["immutable"]);
});

test("a field that only another version has is told so, with the version", () => {
  const text = spare
    .replace("maxUnavailable: 0 } }\n", "maxUnavailable: 1 } }\n")
    .replace("    spec:\n", "    spec:\n      workloadRef: {}\n");
  const told = [en, ko].map((words) => {
    const service = serviceFor(words);
    service.open({ manifest: openManifest(uri, "yaml", text), version: 1 });
    return service.diagnoses(uri).find(({ code }) => code === "field-of-another-version")?.message ?? "";
  });
  assert.match(told[0] ?? "", /PodSpec has this field in Kubernetes 1\.35, not in 1\.37\./);
  assert.match(told[1] ?? "", /쿠버네티스 1\.35에 있고 1\.37에는 없습니다/);
});

test("the command line asks the version that it is told", () => {
  const around = { environment: {}, version: "0", now: 0, readStandardInput: () => spare };
  const run = (...words: string[]) => runCommand(words, around);
  assert.match(run("check", "-").out, /\[max-unavailable-zero\]/);
  assert.doesNotMatch(run("check", "--kubernetes-version", "1.36", "-").out, /max-unavailable-zero/);
  assert.equal(run("simulate", "--kubernetes-version=1.36", "-").code, 0);
  assert.equal(run("simulate", "-").code, 1);
  const { code, err } = run("check", "--kubernetes-version", "1.33", "-");
  assert.deepEqual(
    [code, err.split("\n")[0]],
    [2, "seatrial: `--kubernetes-version` is one of 1.34, 1.35, 1.36, 1.37, not `1.33`"],
  );
});

test("a field that the version drops unseen is told of, with the versions in which it works", () => {
  const text = spare.replace("maxUnavailable: 0", "maxUnavailable: 2");
  const told = targets.map((target) => {
    const service = serviceFor();
    service.open({ manifest: openManifest(uri, "yaml", text, target), version: 1 });
    return service
      .diagnoses(uri)
      .filter(({ code }) => code === "field-dropped")
      .map(({ message }) => message);
  });
  assert.deepEqual(told[2], [
    "Kubernetes 1.36 drops `maxUnavailable` unseen: its feature gate is off. It works in 1.37.",
  ]);
  assert.deepEqual(told[3], []);
});
