/** `kubectl taint`. Models kubectl/pkg/cmd/taint. */
import { labelValue, qualifiedName } from "../../api/formats.ts";
import { asObject, listAt } from "../../api/json.ts";
import type { Json, Taint } from "../../api/objects.ts";
import { goQuote } from "../../api/schedule/error-text.ts";
import { ruleTexts } from "../../apiserver/wording-rules.ts";
import { taintText } from "../describe/scheduling.ts";
import type { Command, Context, Running } from "./command.ts";
import { ended, type Failure, fail, misused } from "./failure.ts";
import { bySelector, dryRun, everyObject, fieldManager, printing, toggle, validation } from "./flag.ts";
import { print } from "./output.ts";
import { partedAtPairs } from "./pairs.ts";
import { pick } from "./pick.ts";
import { patchObject } from "./requests.ts";
import { dryRunOf, flag, isOn, type Words } from "./words.ts";

export const taint: Command = {
  name: "taint",
  says: "Keep pods away from nodes, or let them in again",
  usage: "NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N",
  flags: [
    ...printing(),
    bySelector,
    { ...everyObject, says: "all nodes" },
    dryRun,
    validation,
    fieldManager("kubectl-taint"),
    toggle("overwrite", "change taints that are there"),
  ],
  run,
};

const effects: readonly string[] = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

/** A taint as it is written, to be set or (its effect may then be missing) taken away. */
interface Spec {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

interface Specs {
  readonly added: readonly Spec[];
  readonly removed: readonly Spec[];
}

function specOf(text: string): Spec | string {
  const invalid = (why = "") => `invalid taint spec: ${text}${why}`;
  const [before = "", effect = "", ...more] = text.split(":");
  if (more.length > 0) return invalid();
  let [key, value] = [before, ""];
  if (text.includes(":")) {
    if (!effects.includes(effect)) return `invalid taint effect: ${effect}, unsupported taint effect`;
    const parts = before.split("=");
    if (parts.length > 2) return invalid();
    [key = "", value = ""] = parts;
    const faults = labelValue(value);
    if (faults.length > 0) return invalid(`, ${faults.flatMap(ruleTexts).join("; ")}`);
  }
  const faults = qualifiedName(key);
  return faults.length > 0 ? invalid(`, ${faults.flatMap(ruleTexts).join("; ")}`) : { key, value, effect };
}

function specsOf(texts: readonly string[]): Specs | string {
  const added: Spec[] = [];
  const removed: Spec[] = [];
  for (const text of texts) {
    const isRemoval = text.endsWith("-");
    const spec = specOf(isRemoval ? text.slice(0, -1) : text);
    if (typeof spec === "string") return spec;
    if (isRemoval) removed.push({ ...spec, value: "" });
    else if (spec.effect === "") return `invalid taint spec: ${text}`;
    else if (added.some((one) => one.key === spec.key && one.effect === spec.effect)) {
      return `duplicated taints with the same key and effect: {${spec.key} ${spec.value} ${spec.effect} <nil>}`;
    } else added.push(spec);
  }
  return { added, removed };
}

function misuse({ door }: Context, words: Words, resources: readonly string[], specs: Specs): string | undefined {
  const [type = ""] = resources.map((one) => one.toLowerCase());
  const row = door.kinds.resource(type);
  if (row?.kind !== "Node") return `invalid resource type ${type}, only node types are supported`;
  const both = specs.removed.filter((gone) =>
    specs.added.some((one) => one.key === gone.key && (gone.effect === "" || gone.effect === one.effect)),
  );
  if (both.length > 0) {
    const list = both.map(({ key, effect }) => `${key}=${effect}`).join(", ");
    return `can not both modify and remove the following taint(s) in the same command: ${list}`;
  }
  const hasSelector = flag(words, "selector") !== "";
  if (isOn(words, "all") && hasSelector) return "setting 'all' parameter with a non empty selector is prohibited";
  if (isOn(words, "all") || hasSelector || resources.length > 1) return undefined;
  return "at least one resource name must be specified since 'all' parameter is not set";
}

function* run(context: Context, words: Words): Running {
  const isTaint = (arg: string) => arg.includes("=") || arg.includes(":") || arg.endsWith("-");
  const { resources, pairs, late } = partedAtPairs(words.args, isTaint);
  if (late !== undefined) return yield* fail(`all resources must be specified before taint changes: ${late}`);
  if (resources.length === 0) return yield* fail("one or more resources must be specified as <resource> <name>");
  if (pairs.length === 0) return yield* fail("at least one taint update is required");
  const specs = specsOf(pairs);
  if (typeof specs === "string") return yield* misused(words, specs);
  const type = (resources[0] ?? "").toLowerCase();
  if (!context.door.kinds.resource(type)) {
    yield { err: `the server doesn't have a resource type "${type}"\n` };
    return 1;
  }
  const wrong = misuse(context, words, resources, specs);
  if (wrong !== undefined) return yield* fail(wrong);
  const byName = !isOn(words, "all") && flag(words, "selector") === "";
  const picked = yield* pick(context, words, { args: byName ? ["nodes", ...resources.slice(1)] : ["nodes"] });
  if (picked.unasked) return yield* ended(picked.failures);
  const met: Failure[] = [...picked.failures];
  // Of a taint kubectl does not say that it was only tried.
  const silent = { ...words, given: new Map([...words.given].filter(([name]) => name !== "dry-run")) };
  for (const { place, object } of picked.infos) {
    const before = listAt(asObject(object["spec"]), "taints") as unknown as readonly Taint[];
    const change = changed(before, specs, isOn(words, "overwrite"), place.name);
    if ("error" in change) {
      met.push(change.error);
      continue;
    }
    const { taints, operation } = change;
    if (dryRunOf(words) === "client") {
      const shown = { ...object, spec: { ...asObject(object["spec"]), taints } };
      met.push(...(yield* print(context, silent, place.row, shown, operation)));
      continue;
    }
    const options = { dryRun: dryRunOf(words) === "server", fieldManager: flag(words, "field-manager") };
    const patch = { spec: { taints: taints.length === 0 ? null : taints } };
    const answer = yield* patchObject(context, place, patch, "strategic", options);
    if (!answer.ok) met.push(answer.status);
    else met.push(...(yield* print(context, silent, place.row, answer.object, operation)));
  }
  return yield* ended(met);
}

type Change = { readonly taints: readonly Json[]; readonly operation: string } | { readonly error: string };

const isSame = (a: Spec | Taint, b: Spec | Taint) => a.key === b.key && a.effect === b.effect;

/** The taints of a node as they are to be: what is set comes first, then what was there. */
function changed(before: readonly Taint[], { added, removed }: Specs, overwrite: boolean, name: string): Change {
  const there = added.filter((one) => before.some((old) => isSame(old, one))).map(({ key }) => key);
  if (!overwrite && there.length > 0) {
    return {
      error: `node ${name} already has ${there.join(",")} taint(s) with same effect(s) and --overwrite is false`,
    };
  }
  const set = added.map(({ key, value, effect }) => ({ key, ...(value === "" ? {} : { value }), effect }) as Taint);
  let taints: readonly Taint[] = [...set, ...before.filter((old) => !added.some((one) => isSame(one, old)))];
  const isAdded = taints.length !== before.length;
  let isRemoved = false;
  const missing: string[] = [];
  for (const gone of removed) {
    const left = taints.filter((one) => (gone.effect === "" ? one.key !== gone.key : !isSame(one, gone)));
    isRemoved = left.length !== taints.length;
    if (!isRemoved) missing.push(`taint ${goQuote(taintText({ ...gone }))} not found`);
    taints = left;
  }
  if (missing.length > 0) return { error: missing.length === 1 ? missing[0]! : `[${missing.join(", ")}]` };
  const operation = (isAdded && isRemoved) || overwrite ? "modified" : isAdded ? "tainted" : "untainted";
  return { taints: taints as unknown as readonly Json[], operation };
}
