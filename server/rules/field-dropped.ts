import { targets } from "../../simulator/api/target.ts";
import { fieldAt } from "../service/fields.ts";
import { deploymentText } from "./examples.ts";
import { advice, type ObjectRule } from "./rule.ts";

const stopped = deploymentText("").concat("          lifecycle: { stopSignal: SIGUSR1 }\n");
const woken = deploymentText("").concat("          lifecycle: { preStop: { sleep: { seconds: 5 } } }\n");

/** A field that the chosen version knows, but behind a feature gate that is off: it is taken out without a word. */
export const fieldDropped: ObjectRule = {
  looks: "object",
  codes: ["field-dropped"],
  examples: { "field-dropped": { bad: stopped, good: woken } },
  check({ apiVersion, kind, dropped, target }) {
    return dropped.map((path) => {
      const { versions = targets, dropped: unheeded = [] } = fieldAt(apiVersion, kind, path)?.type ?? {};
      // Where the table says nothing it is dropped by more than its name, and only in the oldest version.
      const heeding = versions.filter((one) => one !== target && !unheeded.includes(one));
      const params = { field: String(path.at(-1)), target, heeding: heeding.join(", ") };
      return advice("field-dropped", "information", path, params);
    });
  },
};
