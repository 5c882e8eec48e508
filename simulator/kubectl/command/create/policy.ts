/** `kubectl create quota` and `poddisruptionbudget`. Models kubectl/pkg/cmd/create/create_quota.go and create_pdb.go. */
import type { JsonObject } from "../../../api/json.ts";
import { formatQuantity, parseQuantity } from "../../../api/quantity.ts";
import { text } from "../flag.ts";
import { labelSelectorOf } from "../label-selector.ts";
import { flag } from "../words.ts";
import type { Maker } from "./maker.ts";

export const quota: Maker = {
  name: "quota",
  aliases: ["resourcequota"],
  kind: "ResourceQuota",
  says: "Create a quota",
  usage: "NAME [--hard=KEY=VALUE,KEY=VALUE] [--scopes=SCOPE,SCOPE]",
  flags: [text("hard", "amounts with commas between them"), text("scopes", "scopes with commas between them")],
  refused: "failed to create quota:",
  make(_, __, words) {
    const hard: Record<string, string> = {};
    const given = flag(words, "hard");
    for (const part of given === "" ? [] : given.split(",")) {
      const [key = "", value = "", ...more] = part.split("=");
      if (!part.includes("=") || more.length > 0) {
        return { failure: `Invalid argument syntax ${part}, expected <resource>=<value>` };
      }
      const parsed = parseQuantity(value);
      if (!parsed.ok) {
        return {
          failure: "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
        };
      }
      hard[key] = formatQuantity(parsed.quantity);
    }
    const scopes = flag(words, "scopes");
    return {
      object: {
        metadata: {},
        spec: {
          ...(given === "" ? {} : { hard }),
          ...(scopes === "" ? {} : { scopes: scopes.split(",") }),
        },
        status: {},
      },
    };
  },
};

export const budget: Maker = {
  name: "poddisruptionbudget",
  aliases: ["pdb"],
  kind: "PodDisruptionBudget",
  says: "Create a budget of disruptions",
  usage: "NAME --selector=SELECTOR --min-available=N",
  flags: [
    text("max-unavailable", "how many pods, or what share, may be missing"),
    text("min-available", "how many pods, or what share, have to be there"),
    text("selector", "labels of the pods"),
  ],
  refused: "failed to create poddisruptionbudgets:",
  make(_, __, words) {
    const [least, most] = [flag(words, "min-available"), flag(words, "max-unavailable")];
    const given = flag(words, "selector");
    if (given === "") return { failure: "a selector must be specified" };
    if (least === "" && most === "") return { failure: "one of min-available or max-unavailable must be specified" };
    if (least !== "" && most !== "") return { failure: "min-available and max-unavailable cannot be both specified" };
    const share = /^(?:\d+|\d+%)$/;
    if (least !== "" && !share.test(least)) return { failure: "invalid format specified for min-available" };
    if (most !== "" && !share.test(most)) return { failure: "invalid format specified for max-unavailable" };
    const selector = labelSelectorOf(given);
    if ("error" in selector) return { failure: selector.error };
    const amount = (value: string) => (value.endsWith("%") ? value : Number(value));
    const spec: JsonObject = {
      ...(least === "" ? {} : { minAvailable: amount(least) }),
      selector: selector.selector,
      ...(most === "" ? {} : { maxUnavailable: amount(most) }),
    };
    const status = { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 };
    return { object: { metadata: {}, spec, status } };
  },
};
