import assert from "node:assert/strict";
import { test } from "node:test";
import { labWordsEn } from "../../server/messages/labs.en.ts";
import { shellEn } from "../../server/messages/shell.en.ts";
import type { Output } from "../../server/shell/drive.ts";
import type { Standing } from "../../server/terminal/protocol.ts";
import { createTerminals, type Terminals } from "../../server/terminal/terminals.ts";
import { defaultScenario } from "../../simulator/scenario/defaults.ts";

interface Client {
  readonly terminals: Terminals;
  /** What a line printed in the terminal. */
  run(line: string): Promise<string>;
  /** Lets time pass on the wall. */
  wait(milliseconds: number): void;
  standing(): Standing;
}

interface Options {
  readonly files?: Readonly<Record<string, string>>;
  readonly edit?: (text: string) => Promise<string | null>;
}

/** A client with one terminal, called `t`. */
async function client({ files = {}, edit = async () => null }: Options = {}): Promise<Client> {
  let wall = 0;
  let printed: Output[] = [];
  let last: Standing | undefined;
  const terminals = createTerminals({
    target: () => "1.36",
    words: () => shellEn,
    labWords: () => labWordsEn,
    output: (_, outputs) => printed.push(...outputs),
    files: {
      read: async (path) => files[path] ?? null,
      list: async (path) => (path === "/" ? Object.keys(files).map((one) => one.slice(1)) : null),
      writeFile: async () => null,
      open: async () => null,
    },
    edit: (_, __, text) => edit(text),
    clock: () => wall,
    async rest(milliseconds) {
      wall += milliseconds;
      await new Promise((resolve) => setImmediate(resolve));
    },
  });
  const opened = await terminals.open({ id: "t", history: [], seed: 1 });
  if ("refused" in opened) throw new Error(opened.refused);
  last = opened;
  return {
    terminals,
    async run(line) {
      printed = [];
      const result = await terminals.run({ id: "t", line });
      if (result && "time" in result) last = result;
      return printed.map((one) => ("out" in one ? one.out : "err" in one ? one.err : "")).join("");
    },
    wait(milliseconds) {
      wall += milliseconds;
    },
    standing: () => last!,
  };
}

test("between commands time passes as on the wall, but not for ever while nobody is there", async () => {
  const one = await client();
  await one.run("kubectl create deployment web --image=nginx");
  assert.match(await one.run("k get deploy web --no-headers"), /0\/1/);
  one.wait(8000);
  assert.match(await one.run("k get deploy web --no-headers"), /1\/1 .* 8s\n$/);
  one.wait(24 * 3_600_000);
  await one.run("true");
  assert.equal(one.standing().time, 308_000);
  await one.run("time speed pause");
  one.wait(60_000);
  await one.run("true");
  assert.equal(one.standing().time, 308_000);
});

test("what a terminal is told of the cluster holds nothing that it would obey", async () => {
  const one = await client({ files: { "/evil.txt": "a\u001b[2Jb\u009bc\rd\u202ee\u0007\n" } });
  const text = await one.run("cat evil.txt; kubectl get pods 'x\u001b]0;title\u0007'");
  assert.doesNotMatch(text, /(?!\n)[\p{Cc}\u202e]/u);
  assert.match(text, /^a\ufffd\[2Jb\ufffdc\ufffdd\ufffde\ufffd\n/);
});

test("an interrupt ends what waits for ever", async () => {
  const one = await client();
  const running = one.run("sleep 100d");
  one.terminals.interrupt("t");
  await running;
  await one.run("echo $?");
  assert.ok(one.standing().time < 86_400_000);
  assert.equal(await one.run("echo still there"), "still there\n");
});

test("what was done is told as steps, and another scenario can take its place", async () => {
  const one = await client();
  await one.run("k create ns shop 2>/dev/null; kubectl create deployment web --image=nginx");
  const { done, kept } = one.standing();
  assert.ok(done.some(({ action }) => action.do === "request" && action.request.resource === "deployments"));
  const scaled = {
    ...kept.scenario,
    steps: [
      ...kept.scenario.steps,
      { at: 0, action: { do: "scale", kind: "Deployment", namespace: "default", name: "web", replicas: 4 } } as const,
    ],
    horizon: 30_000,
  };
  const standing = await one.terminals.replace({ id: "t", scenario: scaled });
  assert.equal(standing?.time, 30_000);
  assert.deepEqual(standing?.done, []);
  assert.match(await one.run("k get deploy web --no-headers"), /^web +4\/4/);
});

test("a panel's manifests find their namespaces in the terminal's cluster", async () => {
  const one = await client();
  const object = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "settings", namespace: "shop" },
  };
  const scenario = { ...defaultScenario([object as never]), horizon: 1000 };
  await one.terminals.replace({ id: "t", scenario });
  assert.match(await one.run("k get cm settings -n shop --no-headers"), /^settings /);
});

test("the state of a cluster can be asked for, but not changed that way", async () => {
  const one = await client();
  await one.run("kubectl create deployment web --image=nginx; sleep 10");
  const place = { group: "apps", version: "v1", resource: "deployments", namespace: "default" } as const;
  const answers = one.terminals.ask({
    id: "t",
    requests: [
      { verb: "get", ...place, name: "web" },
      { verb: "delete", ...place, name: "web" },
    ],
  });
  assert.deepEqual(
    answers.map(({ code }) => code),
    [200],
  );
  assert.deepEqual(one.terminals.ask({ id: "nobody", requests: [] }), []);
});

test("a kept trial that cannot be played any more makes room for a new one", async () => {
  const { terminals } = await client();
  const kept = { version: 1, scenario: { seed: 1, steps: "none" } } as never;
  const opened = await terminals.open({ id: "other", kept, history: [], seed: 1 });
  assert.equal("time" in opened && opened.time, 0);
});
