/** `seatrial kubectl` as a process. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const cli = fileURLToPath(new URL("../../server/cli.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "seatrial-kubectl-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function seatrial(words: readonly string[], input = "") {
  const { stdout, stderr, status } = spawnSync(process.execPath, [cli, "kubectl", ...words], {
    cwd: folder,
    input,
    encoding: "utf8",
    env: { ...process.env, LANG: "en_US.UTF-8", LC_ALL: "" },
  });
  return { stdout, stderr, status };
}

test("a trial is kept in a file from one command to the next", () => {
  const trial = ["--trial", "t.json"];
  const made = seatrial([...trial, "create", "deployment", "web", "--image=nginx", "--replicas=2"]);
  assert.deepEqual(made, { stdout: "deployment.apps/web created\n", stderr: "", status: 0 });
  assert.match(seatrial([...trial, "rollout", "status", "deploy/web"]).stdout, /successfully rolled out\n$/);
  assert.match(seatrial([...trial, "-c", "k get deploy --no-headers | awk '{print $1, $2}'"]).stdout, /^web 2\/2\n$/);
});

test("a script comes on standard input, and its exit code is that of the command", () => {
  const script =
    "k create ns shop >/dev/null 2>&1\nfor i in 1 2; do echo $i; done\ncat <<EOF | k create -f -\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\nEOF\nexit 4\n";
  assert.deepEqual(seatrial([], script), { stdout: "1\n2\nconfigmap/c created\n", stderr: "", status: 4 });
});

test("files are those of the folder, and `-` is standard input", () => {
  writeFileSync(join(folder, "cm.json"), '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"from-file"}}');
  assert.equal(seatrial(["create", "-f", "cm.json"]).stdout, "configmap/from-file created\n");
  assert.equal(seatrial(["create", "-f", "-"], readFileSync(join(folder, "cm.json"), "utf8")).status, 0);
  assert.equal(seatrial(["-c", "k create cm x --dry-run=client -o name > out.txt; cat out.txt"]).status, 0);
});

test("what is wrong with the options or the file is said, and the file stays as it was", () => {
  writeFileSync(join(folder, "bad.json"), "{ no trial");
  assert.deepEqual(seatrial(["--trial", "bad.json", "get", "pods"]), {
    stdout: "",
    stderr: "seatrial: bad.json: this is no trial that can be gone on with (JSON)\n",
    status: 2,
  });
  assert.equal(readFileSync(join(folder, "bad.json"), "utf8"), "{ no trial");
  assert.match(seatrial(["--seed", "x", "get", "pods"]).stderr, /^seatrial: `--seed` is a whole number, not `x`/);
  assert.match(seatrial(["-c", "echo 'a"]).stderr, /the line is not complete/);
});
