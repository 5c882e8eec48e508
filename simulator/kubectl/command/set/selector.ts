/** `kubectl set selector`. Models kubectl/pkg/cmd/set/set_selector.go. */
import { asObject } from "../../../api/json.ts";
import { parseSelector } from "../../../api/selector-text.ts";
import type { Command, Context, Running } from "../command.ts";
import { ended, type Failure, fail } from "../failure.ts";
import { text } from "../flag.ts";
import { pick } from "../pick.ts";
import { isOn, type Words } from "../words.ts";
import { apart, put, setting } from "./change.ts";

export const setSelector: Command = {
  name: "selector",
  says: "Set by which labels a Service finds its pods",
  usage: "(-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version]",
  flags: [
    ...setting.filter(({ name }) => name !== "selector"),
    text("resource-version", "change only this version of the object"),
  ],
  run: (context, words) => apart(words, run(context, words)),
};

const update = { operation: "selector updated", refused: "", always: true };

/** As a selector of an object calls them. */
const operators: Readonly<Record<string, string>> = { in: "In", notin: "NotIn", exists: "Exists", "!": "DoesNotExist" };

function* run(context: Context, words: Words): Running {
  const last = words.args.at(-1);
  if (last === undefined) return yield* fail("one selector is required");
  const parsed = parseSelector(last);
  if (!parsed.ok) {
    return yield* fail(
      `couldn't parse the selector string "${last}": unable to parse requirement: found '${parsed.found}'`,
    );
  }
  const picked = yield* pick(context, words, { args: words.args.slice(0, -1), local: isOn(words, "local") });
  if (picked.unasked) return yield* ended(picked.failures);
  const met: Failure[] = [...picked.failures];
  const others = parsed.requirements.filter(({ operator }) => operator !== "=" && operator !== "==");
  const selector = Object.fromEntries(parsed.requirements.map(({ key, values }) => [key, values[0] ?? ""]));
  for (const info of picked.infos) {
    if (info.place.row.kind !== "Service") met.push("setting a selector is only supported for Services");
    else if (others.length > 0) {
      const texts = others.map(
        ({ key, operator, values }) => `{${key} ${operators[operator] ?? operator} [${values.join(" ")}]}`,
      );
      met.push(`match expression [${texts.join(" ")}] not supported on this object`);
    } else {
      const spec = { ...asObject(info.object["spec"]), selector };
      met.push(...(yield* put(context, words, info, { ...info.object, spec }, update)));
    }
  }
  return yield* ended(met);
}
