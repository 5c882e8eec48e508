/** The engine on its own: what is due when, and the counts that the store keeps. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Pod } from "../../simulator/cluster/objects.ts";
import { isPodActive, isPodTerminal } from "../../simulator/cluster/objects.ts";
import { podFromTemplate } from "../../simulator/cluster/pods.ts";
import { createStore } from "../../simulator/cluster/store.ts";
import { createEventQueue, type Due } from "../../simulator/engine/queue.ts";
import { createRandom } from "../../simulator/engine/random.ts";

interface Named extends Due {
  readonly name: string;
}
const named = (name: string): Named => ({ name, waiting: false });

test("what is due comes out by time, then priority, then in the order it went in", () => {
  const queue = createEventQueue<Named>();
  const cancelled = named("cancelled");
  queue.push(20, 0, named("later"));
  queue.push(10, 1, named("controller"));
  queue.push(10, 0, named("pod a"));
  queue.push(10, 0, cancelled);
  queue.push(10, 0, named("pod b"));
  queue.cancel(cancelled);
  assert.equal(queue.size(), 4);
  const out: string[] = [];
  for (let time = queue.nextTime(); time !== undefined; time = queue.nextTime())
    out.push(`${time} ${queue.pop()!.name}`);
  assert.deepEqual(out, ["10 pod a", "10 pod b", "10 controller", "20 later"]);
});

test("any pushes and cancels come out as a stable sort would give them, also while some come out", () => {
  const push = fc.record({ time: fc.nat(20), priority: fc.nat(2), cancel: fc.option(fc.nat(30)), pops: fc.nat(2) });
  fc.assert(
    fc.property(fc.array(push, { maxLength: 200 }), (pushes) => {
      const queue = createEventQueue<Named>();
      const values: Named[] = [];
      let twin: { readonly time: number; readonly priority: number; readonly value: Named }[] = [];
      const pop = () => {
        twin.sort((a, b) => a.time - b.time || a.priority - b.priority);
        assert.deepEqual([queue.nextTime(), queue.size()], [twin[0]?.time, twin.length]);
        const value = queue.pop();
        assert.equal(value, twin.shift()?.value);
        return value !== undefined;
      };
      for (const { time, priority, cancel, pops } of pushes) {
        const value = named(String(values.length));
        values.push(value);
        queue.push(time, priority, value);
        twin.push({ time, priority, value });
        const taken = cancel === null ? undefined : values.at(-1 - cancel);
        if (taken) {
          queue.cancel(taken);
          twin = twin.filter((one) => one.value !== taken);
        }
        for (let i = 0; i < pops; i++) pop();
      }
      while (pop());
    }),
  );
});

test("streams of chance repeat by seed and differ by name", () => {
  const draw = (seed: number, name: string) => {
    const random = createRandom(seed, name);
    return Array.from({ length: 5 }, () => random.below(1000));
  };
  assert.deepEqual(draw(7, "scheduler"), draw(7, "scheduler"));
  assert.notDeepEqual(draw(7, "scheduler"), draw(7, "kubelet"));
  assert.notDeepEqual(draw(7, "scheduler"), draw(8, "scheduler"));
});

test("after any changes the counts of a pod group equal a count from scratch", () => {
  const template = { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "app" }] } };
  const change = fc.record({
    pod: fc.nat(5),
    what: fc.constantFrom("ready", "unready", "succeed", "fail", "delete", "remove", "bind", "release"),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
      const store = createStore({ now: () => 0, random: createRandom(1, "uid"), onChange: () => {} });
      const owner = store.create<"ControllerRevision">({
        kind: "ControllerRevision",
        namespace: "default",
        name: "owner",
        labels: {},
        annotations: {},
        owners: [],
        finalizers: [],
        revision: 1,
        template,
      });
      const pods = Array.from({ length: 6 }, (_, i) =>
        store.create<"Pod">(podFromTemplate("default", `p${i}`, template, owner)),
      );
      for (const { pod: index, what } of changes) {
        const pod = pods[index]!;
        if (what === "remove") store.remove(pod);
        else if (store.byUid(pod.uid)) store.update(pod, patches[what]!);
        const mine = pods.filter((one) => store.byUid(one.uid) && one.owners.length > 0);
        const group = store.pods(owner.uid);
        assert.deepEqual(
          [group.pods.size, group.active, group.ready, group.terminating],
          [
            mine.length,
            mine.filter(isPodActive).length,
            mine.filter((one) => isPodActive(one) && one.ready).length,
            mine.filter((one) => one.deleted !== null && !isPodTerminal(one)).length,
          ],
        );
        assert.equal(
          store.podsOnNode("n1").size,
          pods.filter((one) => store.byUid(one.uid) && one.node === "n1").length,
        );
      }
    }),
  );
});

const patches: Readonly<Record<string, Partial<Pod>>> = {
  ready: { ready: true },
  unready: { ready: false },
  succeed: { phase: "Succeeded", ready: false },
  fail: { phase: "Failed", ready: false },
  delete: { deleted: 30_000 },
  bind: { node: "n1" },
  release: { owners: [] },
};
