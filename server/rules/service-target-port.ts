import type { Facts } from "../service/facts.ts";
import { serviceText, statefulText } from "./examples.ts";
import { selectedBy } from "./neighbourhood.ts";
import { advice, type NeighbourRule } from "./rule.ts";

/** A Service sends nowhere when the pods that it selects have no port of the name that it asks for. */
export const serviceTargetPort: NeighbourRule = {
  looks: "neighbours",
  codes: ["target-port-unnamed", "target-port-undeclared"],
  examples: {
    "target-port-unnamed": { bad: withPort("mysql"), good: withPort("sql") },
    "target-port-undeclared": { bad: withPort("3307"), good: withPort("3306") },
  },
  check(facts, around) {
    if (facts.service === null || facts.selector === null || facts.service.external) return [];
    const makers = selectedBy(facts, around);
    if (makers.length === 0) return [];
    const maker = makers[0] as Facts;
    const params = { kind: maker.kind, name: maker.name };
    const ports = makers.flatMap((one) => one.pods?.ports ?? []);
    return facts.service.ports.flatMap(({ target }, index) => {
      if (typeof target === "string") {
        if (ports.some((port) => port.name === target)) return [];
        const names = ports.map((port) => port.name).filter((name) => name !== "");
        const at = ["spec", "ports", index, "targetPort"];
        return [advice("target-port-unnamed", "warning", at, { ...params, port: target, names })];
      }
      // Declaring ports is optional; only where some are declared is a number that is not among them worth a word.
      if (ports.length === 0 || ports.some((port) => port.number === target)) return [];
      const numbers = ports.map((port) => String(port.number));
      const at = ["spec", "ports", index, "targetPort"];
      return [advice("target-port-undeclared", "information", at, { ...params, port: target, ports: numbers })];
    });
  },
};

function withPort(target: string): string {
  return statefulText(
    serviceText(`  clusterIP: None\n  selector: { app: db }\n  ports: [{ port: 3306, targetPort: ${target} }]\n`),
  );
}
