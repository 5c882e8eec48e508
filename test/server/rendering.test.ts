/** What the user's own tools make of charts and kustomizations: with the real helm and kubectl where there are programs of them. */
import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { runCommand } from "../../server/cli/run.ts";
import { runWordsEn } from "../../server/messages/run-words.en.ts";
import { runWordsKo } from "../../server/messages/run-words.ko.ts";
import { documentsIn, planRendering, readEnding, sourceAt, spelt } from "../../server/service/rendering.ts";
import { installKubernetesTools } from "../tools/install.ts";

const folder = fileURLToPath(new URL("./rendering", import.meta.url));
const tools = await installKubernetesTools();
const usual = process.env["PATH"];
const empty = mkdtempSync(join(tmpdir(), "seatrial-no-tools-"));
after(() => {
  process.env["PATH"] = usual;
  rmSync(empty, { recursive: true });
});

/** The command with these folders on the PATH, its paths as they stand from the folder of the samples. */
function seatrial(path: string, ...words: readonly string[]) {
  process.env["PATH"] = path;
  const around = { environment: {}, version: "0", now: Date.UTC(2026, 0, 1), readStandardInput: () => "" };
  const { code, out, err } = runCommand(words, around);
  const shorter = (text: string) => text.replaceAll(`${folder}/`, "").replaceAll(/(?:[\w.-]+\/)*rendering\//g, "");
  return { code, out: shorter(out), err: shorter(err) };
}

const disk = (files: Readonly<Record<string, readonly string[]>>) => ({
  namesIn: (name: string) => files[name] ?? [],
  parentOf: dirname,
});
const helm = { program: "helm", args: ["template", "--kube-version", "1.36", "/shop"] };

test("a file is rendered with the nearest chart or kustomization above it", () => {
  const files = disk({ "/shop": ["Chart.yaml", "values.yaml"], "/shop/site": ["kustomization.yml"] });
  const chart = planRendering("/shop/templates/web", "1.36", files);
  assert.deepEqual(chart, { tool: "helm", folder: "/shop", commands: [helm] });
  const site = planRendering("/shop/site", "1.36", files);
  assert.deepEqual(site?.commands.map(spelt), ["kustomize build /shop/site", "kubectl kustomize /shop/site"]);
  assert.equal(planRendering("/other/folder", "1.36", files), null);
});

test("a word with a space is told in quotes", () => {
  assert.equal(spelt({ program: "kustomize", args: ["build", "/my site"] }), 'kustomize build "/my site"');
});

test("helm's comments and kustomize's annotations tell which file an object comes from", () => {
  const rendered =
    "---\n# Source: shop/templates/a.yaml\nkind: A\n---\n# Source: shop/charts/db/templates/b.yaml\nkind: B\n";
  const chart = documentsIn(rendered, { tool: "helm", folder: "/c", commands: [helm] });
  assert.deepEqual(
    [0, 2, 5].map((line) => sourceAt(chart, line)),
    [null, "/c/templates/a.yaml", "/c/charts/db/templates/b.yaml"],
  );
  const annotation = (origin: string) =>
    `kind: A\nmetadata:\n  annotations:\n    config.kubernetes.io/origin: |\n      ${origin}\n`;
  const built = `${annotation("path: ../base/a.yaml")}---\nkind: B\n---\n${annotation("repo: github.com/a/b")}`;
  const plan = { tool: "kustomize", folder: "/k", commands: [helm] } as const;
  assert.deepEqual(
    documentsIn(built, plan).map(({ source }) => source),
    [{ line: 4, path: "/k/../base/a.yaml" }, null, null],
  );
});

test("a tool that is missing, too slow, too talkative or fails is told apart", () => {
  const ending = { error: null, status: 0, out: "a: 1", err: "a warning" };
  assert.deepEqual(readEnding(helm, ending), { is: "rendered", command: helm, text: "a: 1" });
  assert.equal(readEnding(helm, { ...ending, error: "ENOENT" }), null);
  assert.equal(readEnding(helm, { ...ending, error: "ETIMEDOUT" })?.is, "time-out");
  assert.equal(readEnding(helm, { ...ending, error: "ENOBUFS" })?.is, "too-large");
  const failed = { is: "failed", command: helm, words: "a warning" };
  assert.deepEqual(readEnding(helm, { ...ending, status: 1 }), failed);
  assert.deepEqual(readEnding(helm, { ...ending, error: "EACCES", err: "" }), { ...failed, words: "EACCES" });
});

test("every way not to be rendered has its words and a way out, in both languages", () => {
  const plan = { tool: "helm", folder: "/shop", commands: [helm] } as const;
  const ways = [
    { plan: null, why: { is: "none-around" } },
    { plan, why: { is: "no-tool" } },
    { plan, why: { is: "time-out", command: helm } },
    { plan, why: { is: "too-large", command: helm } },
    { plan, why: { is: "failed", command: helm, words: "Error: no" } },
  ] as const;
  for (const words of [runWordsEn, runWordsKo]) {
    const said = ways.map((one) => words.notRendered(one, "check"));
    assert.equal(new Set(said).size, ways.length);
    for (const one of said) assert.doesNotMatch(one, /undefined|NaN/);
  }
  assert.match(runWordsEn.notRendered(ways[2], "check"), /ended after 30 s; .* `seatrial check -`/);
});

test("without a tool on the PATH it is said which one is needed", () => {
  assert.deepEqual(seatrial(empty, "check", "--render", `${folder}/chart`), {
    code: 2,
    out: "",
    err: `seatrial: chart: ${runWordsEn.notRendered({ plan: planRendering(`${folder}/chart`, "1.36", disk({ [`${folder}/chart`]: ["Chart.yaml"] })), why: { is: "no-tool" } }, "check")}\n`,
  });
  const built = seatrial(empty, "check", "--render", `${folder}/kustomization/deployment.yaml`);
  assert.match(built.err, /neither `kustomize` nor `kubectl` is on the PATH/);
  assert.match(seatrial(empty, "check", "--render", empty).err, /no `Chart.yaml` and no `kustomization.yaml`/);
  assert.match(seatrial(empty, "check", "--render", "nowhere").err, /nowhere: no such file or folder/);
  assert.match(seatrial(empty, "check", "--render", "-").err, /not standard input/);
});

if (tools === null) {
  test("helm and kubectl of the tests have no programs for this platform: only what needs none is tested", () => {
    assert.notEqual(`${process.platform} ${process.arch}`, "linux x64");
  });
} else {
  const path = `${tools}${delimiter}${empty}`;

  test("a chart is judged as helm renders it, and a finding names the template", () => {
    const { code, out, err } = seatrial(path, "check", "--render", `${folder}/chart/templates/job.yaml`);
    assert.equal(err, "");
    assert.match(out, /chart \(helm\):\d+:\d+: error: .*parallelism.*\(from chart\/templates\/job\.yaml\)\n/);
    assert.match(out, /1 finding: 2 objects in 1 file\.\n$/);
    assert.equal(code, 1);
  });

  test("a chart is rendered once, whatever of it is named", () => {
    const named = [`${folder}/chart`, `${folder}/chart/Chart.yaml`, `${folder}/chart/templates`];
    const { out } = seatrial(path, "check", "--render", ...named);
    assert.match(out, /2 objects in 1 file\.\n$/);
  });

  test("reports that are shown at files name the template", () => {
    const { out } = seatrial(path, "check", "--render", "--format", "github", `${folder}/chart`);
    assert.match(out, /^::error file=chart\/templates\/job\.yaml,line=1,/);
    const json = JSON.parse(seatrial(path, "check", "--render", "--format", "json", `${folder}/chart`).out) as unknown;
    assert.deepEqual(
      (json as { readonly source?: string }[]).map(({ source }) => source),
      ["chart/templates/deployment.yaml", "chart/templates/job.yaml"],
    );
  });

  test("a kustomization is built by kubectl where there is no kustomize, and simulated", () => {
    const checked = seatrial(path, "check", "--render", `${folder}/kustomization`);
    assert.deepEqual(checked, { code: 0, out: "No problems: 1 object in 1 file.\n", err: "" });
    const { code, out } = seatrial(path, "simulate", "--render", `${folder}/kustomization/deployment.yaml`);
    assert.equal(code, 0);
    assert.match(out, /Deployment web/);
    assert.match(out, /at most 2 pods at once/);
  });

  test("kustomize is preferred to kubectl", () => {
    const own = mkdtempSync(join(tmpdir(), "seatrial-kustomize-"));
    const script = join(own, "kustomize");
    writeFileSync(script, '#!/bin/sh\necho "kind: $1"; echo "cannot $1" >&2; exit 3\n');
    chmodSync(script, 0o755);
    const { code, err } = seatrial(
      `${own}${delimiter}${tools}${delimiter}/bin`,
      "check",
      "--render",
      `${folder}/kustomization`,
    );
    rmSync(own, { recursive: true });
    assert.equal(code, 2);
    assert.match(err, /`kustomize build .*kustomization` failed: cannot build\n.*`seatrial check -`\n$/);
  });

  test("what helm says of a chart that it cannot render is handed on", () => {
    const broken = mkdtempSync(join(tmpdir(), "seatrial-chart-"));
    writeFileSync(join(broken, "Chart.yaml"), "apiVersion: v2\nname: broken\n");
    const { code, err } = seatrial(path, "check", "--render", broken);
    rmSync(broken, { recursive: true });
    assert.equal(code, 2);
    assert.match(err, /helm template --kube-version 1\.37 .*failed: Error: .*version is required/s);
  });
}
