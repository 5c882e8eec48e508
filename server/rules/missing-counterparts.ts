import type { Params } from "../../simulator/api/problem.ts";
import type { Facts } from "../service/facts.ts";
import { type Need, someName } from "../service/needs.ts";
import { nearest } from "../service/suggest.ts";
import { deploymentText } from "./examples.ts";
import type { Neighbourhood } from "./neighbourhood.ts";
import { advice, type NeighbourRule, withOther } from "./rule.ts";

/** The scope of objects that belong to the cluster. */
const clusterWide: ReadonlySet<string> = new Set(["PriorityClass"]);

/**
 * What pods need by name and the installation does not have. Said only where it has another of the kind, and nothing that may
 * make this one: much is made elsewhere.
 */
export const missingCounterparts: NeighbourRule = {
  looks: "neighbours",
  codes: ["counterpart-missing", "key-missing"],
  examples: {
    "counterpart-missing": { bad: reading("shop-setings", "PORT"), good: reading("shop-settings", "PORT") },
    "key-missing": { bad: reading("shop-settings", "PROT"), good: reading("shop-settings", "PORT") },
  },
  check(facts, around) {
    const told = new Set<string>();
    return facts.needs.flatMap((need) => {
      const id = `${need.kind}/${need.name}/${need.key ?? ""}`;
      if (told.has(id)) return [];
      const found = problemOf(need, facts, around);
      if (found.length > 0) told.add(id);
      return found;
    });
  },
};

function problemOf({ kind, name, key, at }: Need, facts: Facts, around: Neighbourhood) {
  const from = clusterWide.has(kind) ? { ...facts, namespace: "" } : facts;
  const found = around.named(from, kind, name);
  const [first] = found;
  if (key !== null) {
    const keys = found.map((one) => one.keys);
    if (first === undefined || keys.some((some) => some === null || some.includes(key))) return [];
    const there = keys.flatMap((some) => some ?? []);
    const meant = nearest(key, there);
    const params = { kind, name, key, keys: there.slice(0, 10), ...(meant === null ? {} : { counterpart: meant }) };
    return [withOther(advice("key-missing", "information", at, params), first)];
  }
  if (first !== undefined || around.named(from, kind, someName).length > 0) return [];
  const others = around.ofKind(from, kind).filter((one) => one.name !== "");
  if (others.length === 0 || around.knows(kind, name) || around.mentions(facts, name)) return [];
  const meant = nearest(
    name,
    others.map((one) => one.name),
  );
  const missing = (more: Params) => advice("counterpart-missing", "information", at, { kind, name, ...more });
  const other = others.find((one) => one.name === meant);
  return [other === undefined ? missing({}) : withOther(missing({ counterpart: other.name }), other)];
}

function reading(name: string, key: string): string {
  const source = `configMapKeyRef: { name: ${name}, key: ${key} }`;
  return `${deploymentText("", `env: [{ name: PORT, valueFrom: { ${source} } }]`)}---
apiVersion: v1
kind: ConfigMap
metadata: { name: shop-settings }
data: { PORT: "8080" }
`;
}
