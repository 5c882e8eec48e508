import type { Params } from "../../simulator/api/problem.ts";
import type { Facts } from "../service/facts.ts";
import { serviceText, statefulText } from "./examples.ts";
import { selectedBy } from "./neighbourhood.ts";
import { advice, type NeighbourRule, withOther } from "./rule.ts";

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
    const names = [...new Set(ports.map((port) => port.name).filter((name) => name !== ""))];
    const numbers = [...new Set(ports.map((port) => String(port.number)))];
    const targets = [...facts.service.ports.entries()];
    const unnamed = targets.filter(([, { target }]) => typeof target === "string" && !names.includes(target));
    // Declaring ports is optional; only where some are declared is a number that is not among them worth a word.
    const undeclared = targets.filter(
      ([, { target }]) => typeof target === "number" && ports.length > 0 && !numbers.includes(String(target)),
    );
    const told = (code: "target-port-unnamed" | "target-port-undeclared", missing: typeof targets, more: Params) => {
      const [first] = missing;
      if (first === undefined) return [];
      const severity = code === "target-port-unnamed" ? "warning" : "information";
      const port = [...new Set(missing.map(([, { target }]) => String(target)))];
      const problem = advice(code, severity, ["spec", "ports", first[0], "targetPort"], { ...params, port, ...more });
      return [withOther(problem, maker)];
    };
    return [
      ...told("target-port-unnamed", unnamed, { names }),
      ...told("target-port-undeclared", undeclared, { ports: numbers }),
    ];
  },
};

function withPort(target: string): string {
  return statefulText(
    serviceText(`  clusterIP: None\n  selector: { app: db }\n  ports: [{ port: 3306, targetPort: ${target} }]\n`),
  );
}
