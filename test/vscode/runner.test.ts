/** The panel's worker: one at a time, whatever comes in its way. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createRunner, type RunWorker } from "../../client/webview/state/runner.ts";
import type { Play } from "../../simulator/played.ts";

const play = (seed: number): Play => ({
  mode: "create",
  before: [],
  after: [],
  target: null,
  seed,
  faults: [],
  steps: [],
});

/** Workers that answer when told to, with the seed of the play for a result. */
function workshop() {
  const alive = new Set<RunWorker>();
  const asked: (() => void)[] = [];
  function start(): RunWorker {
    const worker: RunWorker = {
      onmessage: null,
      onerror: null,
      postMessage: ({ id, play: { seed } }) => {
        asked.push(() => worker.onmessage?.({ data: { id, result: { problems: [], seed } as never } }));
      },
      terminate: () => alive.delete(worker),
    };
    alive.add(worker);
    return worker;
  }
  return { alive, asked, start };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("runs that are asked for before the first worker is there share it", async () => {
  const { alive, asked, start } = workshop();
  const run = createRunner(async () => start());
  const first = run(play(1));
  const second = run(play(2));
  await settled();
  asked.at(-1)?.();
  assert.equal(await first, null);
  assert.deepEqual(await second, { problems: [], seed: 2 });
  assert.deepEqual([alive.size, asked.length], [1, 1]);
});

test("a newer run ends the worker of an older one, which answers nothing", async () => {
  const { alive, asked, start } = workshop();
  const run = createRunner(async () => start());
  const first = run(play(1));
  await settled();
  const second = run(play(2));
  await settled();
  asked.at(-1)?.();
  assert.equal(await first, null);
  assert.deepEqual(await second, { problems: [], seed: 2 });
  assert.equal(alive.size, 1);
});

test("a worker that could not be loaded is loaded at the next run", async () => {
  const { asked, start } = workshop();
  let tries = 0;
  const run = createRunner(async () => {
    if (++tries === 1) throw new Error("not there yet");
    return start();
  });
  await assert.rejects(run(play(1)), /not there yet/);
  const second = run(play(2));
  await settled();
  asked.at(-1)?.();
  assert.deepEqual(await second, { problems: [], seed: 2 });
});

test("a worker that failed is not asked again", async () => {
  const { alive, asked, start } = workshop();
  const started: RunWorker[] = [];
  const run = createRunner(async () => {
    const worker = start();
    started.push(worker);
    return worker;
  });
  const first = run(play(1));
  await settled();
  started[0]?.onerror?.({ message: "out of memory" });
  await assert.rejects(first, /out of memory/);
  const second = run(play(2));
  await settled();
  asked.at(-1)?.();
  assert.deepEqual(await second, { problems: [], seed: 2 });
  assert.deepEqual([alive.size, started.length], [1, 2]);
});
