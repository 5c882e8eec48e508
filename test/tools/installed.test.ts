/** The commands as they are after `npm install` of the packed tarball, in a folder that knows nothing of this one. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import { npm } from "../../client/build/run.mjs";
import { shipped } from "./lib/shipped.ts";

const folder = mkdtempSync(join(tmpdir(), "seatrial-installed-"));
const command = (name: string): string => join(folder, "node_modules/.bin", name);
const quietly = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "nginx:1.29" }] }
`;

let packed: readonly string[] = [];

before(async () => {
  const pack = await npm(["pack", "--json", ...quietly, "--pack-destination", folder]);
  assert.equal(pack.code, 0, pack.output);
  const [made] = JSON.parse(pack.output) as { filename: string; files: { path: string }[] }[];
  packed = made?.files.map(({ path }) => path) ?? [];
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  const install = await npm(["install", "--offline", ...quietly, join(folder, made?.filename ?? "")], { cwd: folder });
  assert.equal(install.code, 0, install.output);
  writeFileSync(join(folder, "web.yaml"), deployment);
});

after(() => rmSync(folder, { recursive: true }));

test("the tarball holds what runs and nothing else", () => {
  assert.deepEqual(
    packed.filter((file) => !shipped.test(file)),
    [],
  );
  for (const needed of ["dist/cli.mjs", "dist/server.mjs", "dist/extension.cjs", "dist/field-docs.json"]) {
    assert.ok(packed.includes(needed), `${needed} is missing`);
  }
});

test("the installed command judges a manifest and plays it", () => {
  const check = spawnSync(command("seatrial"), ["check", "web.yaml"], { cwd: folder, encoding: "utf8" });
  assert.deepEqual([check.status, check.stderr, check.stdout], [0, "", "No problems: 1 object in 1 file.\n"]);
  const play = spawnSync(command("seatrial"), ["simulate", "web.yaml"], { cwd: folder, encoding: "utf8" });
  assert.equal(play.status, 0, play.stderr);
  assert.match(play.stdout, /^Deployment web\n/);
});

test("a reader who has read enough ends the command quietly", async () => {
  const manifest = join(folder, "many.yaml");
  // More than a pipe holds.
  writeFileSync(manifest, `${deployment.replace("spec:\n", "spec:\n  wrong: 1\n")}---\n`.repeat(5_000));
  const child = spawn(command("seatrial"), ["check", manifest], { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.once("data", () => child.stdout.destroy());
  let said = "";
  child.stderr.on("data", (data) => (said += data));
  const code = await new Promise((resolve) => child.on("close", resolve));
  assert.deepEqual([code, said], [1, ""]);
});

for (const words of [[], ["--stdio"]]) {
  test(`the installed language server answers on standard streams, started with ${words.join() || "nothing"}`, async () => {
    const child = spawn(command("seatrial-language-server"), words, { stdio: ["pipe", "pipe", "inherit"] });
    const connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    connection.listen();
    try {
      const answer = await connection.sendRequest<{ capabilities: { hoverProvider?: unknown } }>("initialize", {
        processId: null,
        rootUri: null,
        capabilities: {},
      });
      assert.ok(answer.capabilities.hoverProvider);
    } finally {
      connection.dispose();
      child.kill();
    }
  });
}
