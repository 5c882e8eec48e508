/** Pods are found by name, whoever made the name up, and free names are free. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Pod } from "../../simulator/cluster/objects.ts";
import { createPodNames } from "../../simulator/cluster/pod-names.ts";
import { createRandom, type Random } from "../../simulator/engine/random.ts";
import { runs } from "../runs.ts";

/** Draws so little that names come up again and again. */
const meagre = (seed: number): Random => {
  const random = createRandom(seed, "names");
  return { ...random, below: () => random.below(2) };
};

test("names are found as a map would find them, and free ones are not taken", () => {
  const deed = fc.record({
    do: fc.constantFrom("free", "given", "remove"),
    base: fc.constantFrom("web-", "web-a-", "db-"),
    name: fc.constantFrom("web-0", "web-bbbbb", "web-a-bbbbc", "bbbbb", "x", "database"),
    namespace: fc.constantFrom("default", "other"),
    at: fc.nat(),
  });
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 60 }), fc.nat(100), (deeds, seed) => {
      const names = createPodNames();
      const random = meagre(seed);
      const plain = new Map<string, Pod>();
      let sequence = 0;
      const add = (namespace: string, name: string) => {
        const key = `${namespace}/${name}`;
        if (plain.has(key)) return;
        const pod = { namespace, name, sequence: sequence++ } as Pod;
        names.add(pod);
        plain.set(key, pod);
      };
      for (const one of deeds) {
        if (one.do === "given") add(one.namespace, one.name);
        else if (one.do === "remove") {
          const [key, pod] = [...plain][one.at % Math.max(1, plain.size)] ?? [];
          if (!key || !pod) continue;
          names.remove(pod);
          plain.delete(key);
        } else if ([...plain.keys()].filter((key) => key.startsWith(`${one.namespace}/${one.base}`)).length < 20) {
          const name = names.free(one.namespace, one.base, random);
          assert.ok(name.startsWith(one.base) && name.length === one.base.length + 5);
          assert.ok(!plain.has(`${one.namespace}/${name}`), `${name} is taken`);
          add(one.namespace, name);
        }
        for (const [key, pod] of plain) {
          const [namespace = "", name = ""] = key.split("/");
          assert.equal(names.get(namespace, name), pod);
        }
        for (const namespace of ["default", "other"])
          assert.equal(names.get(namespace, one.name), plain.get(`${namespace}/${one.name}`));
      }
    }),
    { numRuns: runs(200) },
  );
});
