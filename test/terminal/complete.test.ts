import assert from "node:assert/strict";
import { test } from "node:test";
import { complete } from "../../server/shell/complete.ts";
import { type Shell, shell } from "./shell.ts";

const files = { "web.yaml": "", "apps/db.yaml": "", "my file.txt": "" };

async function filled(): Promise<Shell> {
  const one = shell({ files });
  await one.type(
    "kubectl create deployment web --image=nginx:1.27 --replicas=2; kubectl create deployment api --image=x",
  );
  await one.type("time until ready");
  return one;
}

/** What the line could go on with, each whole. */
async function after({ trial, files: known }: Shell, text: string): Promise<string> {
  const list = async (folder: string) =>
    folder === "/" ? [...new Set([...known.keys()].map((path) => /^\/([^/]*\/?)/.exec(path)?.[1] ?? ""))] : ["db.yaml"];
  const { from, candidates } = await complete(text, trial, list);
  return candidates.map((one) => `${text.slice(0, from)}${one}`.trimEnd()).join(" | ");
}

const examples: readonly (readonly [string, string, string])[] = [
  ["a command's name", "kub", "kubectl"],
  ["a name behind a pipe", "k get pods | gr", "k get pods | grep"],
  ["kubectl's commands", "kubectl rol", "kubectl rollout"],
  ["the same behind an alias", "k rol", "k rollout"],
  ["commands below a command", "kubectl rollout re", "kubectl rollout restart | kubectl rollout resume"],
  ["kinds", "k get deplo", "k get deploy | k get deployment | k get deployment/ | k get deployments"],
  [
    "kinds in a list",
    "k get pods,statefuls",
    "k get pods,statefulset | k get pods,statefulset/ | k get pods,statefulsets",
  ],
  ["names of objects", "k get deploy ", "k get deploy api | k get deploy web"],
  ["names that are given already are left out", "k get deploy web ", "k get deploy web api"],
  ["names behind a slash", "k rollout status deployment/w", "k rollout status deployment/web"],
  ["nodes", "k drain worker-", "k drain worker-1 | k drain worker-2 | k drain worker-3"],
  ["flags", "k get pods --show-l", "k get pods --show-labels"],
  ["values of flags", "k get pods -o wi", "k get pods -o wide"],
  ["values behind an equals sign", "k create deployment x --dry-run=c", "k create deployment x --dry-run=client"],
  ["namespaces", "k get pods -n kube-s", "k get pods -n kube-system"],
  ["labels", "k get pods -l app=", "k get pods -l app=api | k get pods -l app=web"],
  ["containers to be given an image", "k set image deployment/web ", "k set image deployment/web nginx="],
  ["files behind a flag", "k apply -f w", "k apply -f web.yaml"],
  ["files in a folder", "k apply -f apps/", "k apply -f apps/db.yaml"],
  ["files of other commands, with spaces", "cat m", "cat my\\ file.txt"],
  ["files behind a redirection", "echo a > we", "echo a > web.yaml"],
  ["what time takes", "time sp", "time speed"],
  [
    "a command that watch runs",
    "watch -n 1 kubectl get no",
    "watch -n 1 kubectl get no | watch -n 1 kubectl get node | watch -n 1 kubectl get node/ | watch -n 1 kubectl get nodes",
  ],
  ["variables", "echo $HO", "echo $HOME"],
  ["nothing for what a container is told", "k exec web -- l", ""],
];

const one = await filled();
for (const [name, text, expected] of examples) {
  test(`completes ${name}`, async () => assert.equal(await after(one, text), expected));
}

test("hostile text is completed by nothing, and at once", async () => {
  for (const text of [
    "'".repeat(999),
    "a|".repeat(9999),
    "\\",
    "k get -o",
    "k get --=",
    "k --x=y",
    "$(",
    "k get 'a b",
  ]) {
    await after(one, text);
  }
});
