/** The package holds what runs and nothing else, and stays small. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { shipped } from "./lib/shipped.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const vsce = join(root, "node_modules/@vscode/vsce/vsce");

test("vsce packs what runs and nothing else", () => {
  const listed = execFileSync(process.execPath, [vsce, "ls", "--no-dependencies"], { cwd: root, encoding: "utf8" });
  const files = listed.split("\n").filter((line) => line !== "" && !line.startsWith("npm "));
  assert.deepEqual(
    files.filter((file) => !shipped.test(file)),
    [],
  );
  for (const needed of ["dist/extension.cjs", "dist/server.mjs", "dist/webview.js", "dist/worker.js", "package.json"]) {
    assert.ok(files.includes(needed), `${needed} is missing`);
  }
});

test("the package stays below four megabytes, the same server for Node and for a browser included", () => {
  const folder = mkdtempSync(join(tmpdir(), "seatrial-package-"));
  const file = join(folder, "seatrial.vsix");
  execFileSync(
    process.execPath,
    [
      vsce,
      "package",
      "--no-dependencies",
      "--no-rewrite-relative-links",
      "--allow-missing-repository",
      "--skip-license",
      "--out",
      file,
    ],
    { cwd: root, stdio: "pipe" },
  );
  const size = statSync(file).size;
  rmSync(folder, { recursive: true });
  assert.ok(size < 4_000_000, `${size} bytes`);
});
