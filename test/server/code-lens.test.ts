// What a workload's rollout comes to stands above it: worked out when it is looked at and nothing is typed, once for each content.
import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../../server/messages/en.ts";
import { ko } from "../../server/messages/ko.ts";
import { cronText, daemonText, deploymentText, jobText, statefulText } from "../../server/rules/examples.ts";
import { codeLens, resolveCodeLens } from "../../server/service/requests/code-lens.ts";
import { defaultSettings } from "../../server/service/settings.ts";
import { type Around, ask, opened } from "./lib/asked.ts";

/** The titles above the workloads of a text once all are seen. */
async function above(text: string, around: Around = {}): Promise<readonly string[]> {
  const asked = opened(text, around);
  const titles: string[] = [];
  for (const lens of await ask(codeLens, asked)) {
    const seen = lens.command ? lens : await ask(resolveCodeLens, asked, lens);
    titles.push(seen?.command?.title ?? "");
  }
  return titles;
}

const rolling = (replicas: number, more = "") =>
  deploymentText(`  replicas: ${replicas}\n  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } }\n${more}`);

test("a rollout says how long it takes and how few pods are left", async () => {
  const [title] = await above(rolling(4));
  assert.match(title ?? "", /^Rolls out in about [\d.]+ s, never fewer than 3 of 4 available$/);
  assert.match(
    (await above(rolling(4), { words: ko }))[0] ?? "",
    /^약 [\d.]+초 만에 롤아웃되고, 가용 파드가 4개 중 3개 밑으로 내려가지 않습니다$/,
  );
});

test("or why it is not safe, or does not end", async () => {
  const recreate = deploymentText("  replicas: 2\n  strategy: { type: Recreate }\n");
  assert.match(
    (await above(recreate))[0] ?? "",
    /^No pod available for about [\d.]+ s: Recreate stops all old pods first$/,
  );
  const greedy = rolling(2).replace("image:", "resources: { requests: { cpu: 900 } }\n          image:");
  const [stuck] = await above(greedy.includes("cpu: 900") ? greedy : "");
  assert.match(stuck ?? "", /^Gets stuck: a pod finds no node \(0\/4 nodes are available: /);
});

test("every kind says what matters of it", async () => {
  const said = async (text: string) => (await above(text))[0];
  assert.match((await said(statefulText(""))) ?? "", /^No pod available for about|^Replaces db-0 /);
  assert.match((await said(daemonText(""))) ?? "", /^Goes round 3 nodes in about .*, each without a ready pod for /);
  assert.match((await said(jobText(""))) ?? "", /^Completes in about \d+ s$/);
  assert.equal(await said(cronText('  schedule: "0 7 * * *"\n')), "Next run in 7 h");
  assert.equal(await said(deploymentText("  replicas: 0\n")), "Runs no pod: replicas is 0");
});

test("against HEAD the change is played", async () => {
  const head = rolling(4);
  assert.equal((await above(head.replace("replicas: 4", "replicas: 3"), { head }))[0], "The change replaces no pod");
});

test("a click opens the simulation, where there is one; what the server would refuse has no lens", async () => {
  const asked = opened(rolling(2), { preferences: { simulates: true } });
  const [lens] = await ask(codeLens, asked);
  const { command } = lens?.command ? lens : ((await ask(resolveCodeLens, asked, lens)) ?? {});
  assert.match(command?.title ?? "", /^\$\(play-circle\) Rolls out /);
  assert.equal(command?.command, "seatrial.simulate");
  assert.equal((command?.arguments?.[0] as { readonly kind: string } | undefined)?.kind, "Deployment");
  assert.deepEqual(await above(rolling(-1)), []);
  assert.deepEqual(await above(rolling(2), { preferences: { settings: { ...defaultSettings, codeLens: false } } }), []);
});

test("what was worked out once is there at once, and nothing is worked out while something is typed", async () => {
  const text = rolling(5);
  await above(text);
  assert.ok((await ask(codeLens, opened(`# Another file.\n${text}`)))[0]?.command);
  const asked = opened(rolling(6), { words: en });
  const [lens] = await ask(codeLens, asked);
  const cancelled = await (resolveCodeLens.answer as (...all: readonly unknown[]) => Promise<typeof lens>)(
    asked.service,
    lens,
    () => true,
  );
  assert.equal(cancelled?.command?.title, "Deployment");
  assert.equal((await ask(codeLens, asked))[0]?.command, undefined);
});
