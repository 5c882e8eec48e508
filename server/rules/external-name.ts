import { asObject, stringAt } from "../../simulator/api/json.ts";
import type { Json } from "../../simulator/api/objects.ts";
import { serviceText } from "./examples.ts";
import { advice, type ObjectRule } from "./rule.ts";

/** DNS answers for a Service of this type with an alias; an address is none. */
export const externalName: ObjectRule = {
  looks: "object",
  codes: ["external-name-is-address"],
  examples: {
    "external-name-is-address": {
      bad: serviceText("  type: ExternalName\n  externalName: 10.9.8.7\n").replace("---\n", ""),
      good: serviceText("  type: ExternalName\n  externalName: db.example.org\n").replace("---\n", ""),
    },
  },
  check({ kind, object }) {
    const spec = kind === "Service" ? asObject(object?.spec as Json | undefined) : {};
    const value = stringAt(spec, "externalName");
    if (stringAt(spec, "type") !== "ExternalName" || !/^\d{1,3}(?:\.\d{1,3}){3}$/.test(value)) return [];
    return [advice("external-name-is-address", "warning", ["spec", "externalName"], { value })];
  },
};
