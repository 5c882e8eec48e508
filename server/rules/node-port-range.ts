import { isObject, type JsonObject, listAt, stringAt } from "../../simulator/api/json.ts";
import { serviceText } from "./examples.ts";
import { advice, type ObjectRule } from "./rule.ts";

const [lowest, highest] = [30000, 32767];

/** The range of node ports is a setting of the API server; outside the default one a Service is refused. */
export const nodePortRange: ObjectRule = {
  looks: "object",
  codes: ["node-port-outside-range"],
  examples: {
    "node-port-outside-range": { bad: withNodePort(8080), good: withNodePort(30080) },
  },
  check({ kind, object }) {
    if (kind !== "Service" || object === null) return [];
    const spec = object.spec as JsonObject | undefined;
    if (!["NodePort", "LoadBalancer"].includes(stringAt(spec, "type"))) return [];
    return listAt(spec, "ports").flatMap((port, index) => {
      const number = isObject(port) ? port["nodePort"] : undefined;
      if (typeof number !== "number" || number === 0 || (number >= lowest && number <= highest)) return [];
      const at = ["spec", "ports", index, "nodePort"];
      return [advice("node-port-outside-range", "information", at, { port: number, lowest, highest })];
    });
  },
};

function withNodePort(port: number): string {
  return serviceText(`  type: NodePort\n  selector: { app: db }\n  ports: [{ port: 3306, nodePort: ${port} }]\n`);
}
