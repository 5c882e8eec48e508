/** Which pods stand on a node is only put together when somebody asks. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Pod } from "../../simulator/cluster/objects.ts";
import { podFromTemplate } from "../../simulator/cluster/pods.ts";
import { createStore, type Store } from "../../simulator/cluster/store.ts";
import { createRandom } from "../../simulator/engine/random.ts";

const template = { spec: { containers: [{ name: "app" }] } };
const nodes = ["", "a", "b"];

function storeWithPods(): { store: Store; pods: Pod[] } {
  const store = createStore({ now: () => 0, random: createRandom(1, "uid"), onChange: () => {} });
  const pods = Array.from({ length: 5 }, (_, i) =>
    store.create<"Pod">(podFromTemplate("default", `p${i}`, template, null)),
  );
  return { store, pods };
}

test("the pods of a node come in the order of their binding, whenever it is asked for first", () => {
  const change = fc.record({ pod: fc.nat(4), what: fc.constantFrom("bind", "relink", "remove"), node: fc.nat(2) });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
      const early = storeWithPods();
      const late = storeWithPods();
      const names = ({ store }: typeof early) =>
        nodes.map((node) => [...store.podsOnNode(node)].map((pod) => pod.name));
      for (const { pod: index, what, node } of changes) {
        for (const { store, pods } of [early, late]) {
          const pod = pods[index]!;
          if (what === "bind") store.update<"Pod">(pod, { node: nodes[node]! });
          else if (what === "relink") store.update<"Pod">(pod, { owners: [...pod.owners] });
          else store.remove(pod);
        }
        names(early);
      }
      assert.deepEqual(names(late), names(early));
    }),
  );
});
