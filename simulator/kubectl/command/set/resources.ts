/** `kubectl set resources`. Models kubectl/pkg/cmd/set/set_resources.go. */
import { asObject, type JsonObject, listAt } from "../../../api/json.ts";
import { parseQuantity } from "../../../api/quantity.ts";
import { templateOf } from "../../template.ts";
import type { Command, Context, Running } from "../command.ts";
import { ended, type Failure, fail } from "../failure.ts";
import { text } from "../flag.ts";
import { pick } from "../pick.ts";
import { flag, isOn, type Words } from "../words.ts";
import { apart, isMeant, misuse, noTemplate, put, setting, unfit, withContainers, withPodSpec } from "./change.ts";

export const setResources: Command = {
  name: "resources",
  says: "Set what containers request and are limited to",
  usage: "(-f FILENAME | TYPE NAME)  ([--limits=LIMITS & --requests=REQUESTS]",
  flags: [
    ...setting,
    text("containers", "the containers, by name or with stars", { short: "c", value: "*" }),
    text("limits", "cpu=100m,memory=256Mi: what a container may have at most"),
    text("requests", "cpu=100m,memory=256Mi: what a container asks for"),
  ],
  run: (context, words) => apart(words, run(context, words)),
};

const update = {
  operation: "resource requirements updated",
  refused: "failed to patch resources update to pod template ",
};

/** The amounts of `cpu=100m,memory=1Gi`, or what is wrong with them. */
export function amountsOf(spec: string): JsonObject | string {
  const amounts: Record<string, string> = {};
  for (const part of spec === "" ? [] : spec.split(",")) {
    const [name = "", value = "", ...more] = part.split("=");
    if (!part.includes("=") || more.length > 0) {
      return `Invalid argument syntax ${part}, expected <resource>=<value>`;
    }
    const parsed = parseQuantity(value);
    if (!parsed.ok) {
      return parsed.error === "suffix"
        ? "unable to parse quantity's suffix"
        : "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
    }
    amounts[name] = parsed.quantity.text;
  }
  return amounts;
}

function* run(context: Context, words: Words): Running {
  const picked = yield* pick(context, words, { local: isOn(words, "local") });
  if (picked.failures.length > 0) return yield* ended(picked.failures);
  const wrong = misuse(words);
  if (wrong !== undefined) return yield* fail(wrong);
  if (flag(words, "limits") === "" && flag(words, "requests") === "") {
    return yield* fail("you must specify an update to requests or limits (in the form of --requests/--limits)");
  }
  const [limits, requests] = [amountsOf(flag(words, "limits")), amountsOf(flag(words, "requests"))];
  if (typeof limits === "string") return yield* fail(limits);
  if (typeof requests === "string") return yield* fail(requests);
  const wanted = flag(words, "containers");
  const met: Failure[] = [];
  for (const info of picked.infos) {
    const next = withPodSpec(info, (spec) =>
      withContainers(spec, (one) => (isMeant(one, wanted) ? withAmounts(one, { limits, requests }) : one)),
    );
    if (next === undefined) {
      met.push(unfit(info, noTemplate(info)));
      continue;
    }
    const spec = asObject(templateOf(info)["spec"]);
    const containers = [...listAt(spec, "initContainers"), ...listAt(spec, "containers")].map(asObject);
    if (!containers.some((one) => isMeant(one, wanted))) {
      met.push(`error: unable to find container named ${wanted}`);
      continue;
    }
    met.push(...(yield* put(context, words, info, next, update)));
  }
  return yield* ended(met);
}

function withAmounts(container: JsonObject, added: Readonly<Record<"limits" | "requests", JsonObject>>): JsonObject {
  const resources = asObject(container["resources"]);
  const parts = (["limits", "requests"] as const).filter((part) => Object.keys(added[part]).length > 0);
  const changed = parts.map((part) => [part, { ...asObject(resources[part]), ...added[part] }] as const);
  return { ...container, resources: { ...resources, ...Object.fromEntries(changed) } };
}
