/** `kubectl set env`. Models kubectl/pkg/cmd/set/set_env.go. */
import { asObject, type JsonObject, listAt, stringAt } from "../../../api/json.ts";
import { goQuote } from "../../../api/schedule/error-text.ts";
import { templateOf } from "../../template.ts";
import type { Command, Context, Running, Steps } from "../command.ts";
import { ended, type Failure, fail } from "../failure.ts";
import { array, list, text, toggle } from "../flag.ts";
import type { Info } from "../info.ts";
import { partedAtPairs } from "../pairs.ts";
import { pick } from "../pick.ts";
import { flag, isOn, values, type Words } from "../words.ts";
import { apart, isMeant, misuse, noTemplate, put, setting, unfit, withContainers, withPodSpec } from "./change.ts";
import { type Lookup, reference, resolved } from "./env-values.ts";

export const setEnv: Command = {
  name: "env",
  says: "Set or list the environment of containers",
  usage: "RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N",
  flags: [
    ...setting,
    text("containers", "the containers, by name or with stars", { short: "c", value: "*" }),
    array("env", "KEY=VALUE to set", { short: "e" }),
    text("from", "a ConfigMap or Secret whose keys become variables"),
    list("keys", "only these keys of it"),
    toggle("list", "print the variables"),
    toggle("overwrite", "change variables that are there", { value: "true" }),
    text("prefix", "what the names of the variables begin with"),
    toggle("resolve", "print what references stand for"),
  ],
  run: (context, words) => apart(words, run(context, words)),
};

interface Change {
  readonly set: readonly JsonObject[];
  readonly removed: readonly string[];
}

const update = { operation: "env updated", refused: "failed to patch env update to pod template: " };

/** Names that kubectl takes; the server takes more. Models IsEnvVarName of apimachinery/pkg/util/validation. */
const variableName = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
const nameRule =
  "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')";

/** What arguments set and take away; `-` stands for the lines of the standard input. */
function changeOf({ files }: Context, specs: readonly string[]): Change | string {
  const set: JsonObject[] = [];
  const removed: string[] = [];
  for (const spec of specs) {
    const equals = spec.indexOf("=");
    if (spec === "-") {
      const lines = (files.read("-") ?? "").split("\n").map((one) => one.replace(/#.*$/, ""));
      for (const one of lines.filter((some) => some.includes("="))) {
        set.push({ name: one.slice(0, one.indexOf("=")), value: one.slice(one.indexOf("=") + 1) });
      }
    } else if (equals >= 0) {
      const name = spec.slice(0, equals);
      if (!variableName.test(name)) return `${goQuote(name)} is not a valid key name: ${nameRule}`;
      set.push({ name, value: spec.slice(equals + 1) });
    } else if (spec.endsWith("-")) removed.push(spec.slice(0, -1));
    else return `unknown environment variable: ${spec}`;
  }
  if (removed.some((name) => set.some((one) => one["name"] === name))) {
    return "can not both modify and remove the same environment variable in the same command";
  }
  return { set, removed };
}

function* run(context: Context, words: Words): Running {
  if (isOn(words, "all") && flag(words, "selector") !== "") {
    return yield* fail("cannot set --all and --selector at the same time");
  }
  const isVariable = (arg: string) => /^.+=/s.test(arg) || arg.endsWith("-");
  const { resources, pairs, late } = partedAtPairs(words.args, isVariable);
  if (late !== undefined) {
    return yield* fail(`all resources must be specified before environment changes: ${words.args.join(" ")}`);
  }
  const wrong = misuse(words) ?? misuseOf(words, resources);
  if (wrong !== undefined) return yield* fail(wrong);
  const given = changeOf(context, [...values(words, "env"), ...pairs]);
  if (typeof given === "string") return yield* fail(given);
  const injected = yield* variablesFrom(context, words);
  if ("failures" in injected) return yield* ended(injected.failures);
  const prefix = flag(words, "prefix");
  const set = [...given.set, ...injected.set].map((one) => ({ ...one, name: `${prefix}${stringAt(one, "name")}` }));
  const picked = yield* pick(context, words, { args: resources, local: isOn(words, "local") });
  if (picked.failures.length > 0) return yield* ended(picked.failures);
  const met: Failure[] = [];
  for (const info of picked.infos) met.push(...(yield* setOne(context, words, info, { ...given, set })));
  return yield* ended(met);
}

function misuseOf(words: Words, resources: readonly string[]): string | undefined {
  if (values(words, "filename").length === 0 && resources.length === 0) {
    return "one or more resources must be specified as <resource> <name> or <resource>/<name>";
  }
  if (isOn(words, "list") && flag(words, "output") !== "") return "--list and --output may not be specified together";
  if (values(words, "keys").length > 0 && flag(words, "from") === "") {
    return "when specifying --keys, a configmap or secret must be provided with --from";
  }
  return undefined;
}

type Injected = { readonly set: readonly JsonObject[] } | { readonly failures: readonly Failure[] };

/** A variable for each key of the ConfigMap or Secret that `--from` names. */
function* variablesFrom(context: Context, words: Words): Steps<Injected> {
  const from = flag(words, "from");
  if (from === "") return { set: [] };
  const picked = yield* pick(context, { ...words, given: new Map() }, { args: [from] });
  if (picked.failures.length > 0) return { failures: picked.failures };
  const set: JsonObject[] = [];
  const keys = values(words, "keys");
  for (const { place, object } of picked.infos) {
    const field = place.row.kind === "Secret" ? "secretKeyRef" : "configMapKeyRef";
    if (!["Secret", "ConfigMap"].includes(place.row.kind)) {
      return { failures: ["unsupported resource specified in --from"] };
    }
    for (const key of Object.keys(asObject(object["data"])).sort()) {
      if (keys.length > 0 && !keys.includes(key)) continue;
      const name = key.replace(/[^a-zA-Z0-9_]/g, "_").toUpperCase();
      if (name !== key) yield { err: `Warning: key ${key} transferred to ${name}\n` };
      set.push({ name, valueFrom: { [field]: { name: place.name, key } } });
    }
  }
  return { set };
}

function changed(env: readonly JsonObject[], { set, removed }: Change): readonly JsonObject[] {
  const out: JsonObject[] = [];
  for (const one of env) {
    const name = stringAt(one, "name");
    if (removed.includes(name)) continue;
    const other = set.find((some) => some["name"] === name);
    if (!other) out.push(one);
    else if (!out.includes(other)) out.push(other);
  }
  const added = set.filter(
    (one) => !env.some((old) => old["name"] === one["name"]) && !removed.includes(stringAt(one, "name")),
  );
  return [...out, ...added.filter((one, index) => added.findIndex((other) => other["name"] === one["name"]) === index)];
}

function* setOne(context: Context, words: Words, info: Info, change: Change): Steps<readonly Failure[]> {
  const wanted = flag(words, "containers");
  const { place } = info;
  const spec = asObject(templateOf(info)["spec"]);
  // Those that run come first, those of the start behind them.
  const all = [...listAt(spec, "containers"), ...listAt(spec, "initContainers")].map(asObject);
  const meant = all.filter((one) => isMeant(one, wanted));
  const next = withPodSpec(info, (podSpec) =>
    withContainers(podSpec, (one) => {
      if (!isMeant(one, wanted)) return one;
      const env = changed(listAt(one, "env").map(asObject), change);
      return env.length === 0 && one["env"] === undefined ? one : { ...one, env };
    }),
  );
  if (next === undefined) return [unfit(info, noTemplate(info))];
  if (meant.length === 0) {
    const why = `does not have any containers matching ${goQuote(wanted)}`;
    yield { err: `Warning: ${place.row.kind}/${place.name} ${why}\n` };
    return [];
  }
  const kept = isOn(words, "overwrite") ? undefined : meant.flatMap((one) => overwritten(one, change)).at(0);
  if (kept !== undefined) return [unfit(info, kept)];
  if (isOn(words, "list")) {
    for (const one of meant) yield* listOne(context, words, info, one, change);
    return [];
  }
  return yield* put(context, words, info, next, update);
}

function overwritten(container: JsonObject, { set }: Change): readonly string[] {
  const env = listAt(container, "env").map(asObject);
  return set.flatMap((one) => {
    const old = env.find((some) => some["name"] === one["name"]);
    if (!old || stringAt(old, "value") === stringAt(one, "value")) return [];
    return [`'${stringAt(old, "name")}' already has a value (${stringAt(old, "value")}), and --overwrite is false`];
  });
}

function* listOne(context: Context, words: Words, info: Info, container: JsonObject, change: Change): Steps<void> {
  const { place, object } = info;
  const failed = new Map<string, string[]>();
  const look: Lookup = { context, namespace: context.namespace, object, container };
  let out = `# ${place.row.kind} ${place.name}, container ${stringAt(container, "name")}\n`;
  for (const one of changed(listAt(container, "env").map(asObject), change)) {
    const name = stringAt(one, "name");
    const from = asObject(one["valueFrom"]);
    if (one["valueFrom"] === undefined) out += `${name}=${stringAt(one, "value")}\n`;
    else if (!isOn(words, "resolve")) out += `# ${name} from ${reference(from)}\n`;
    else {
      const value = resolved(look, from);
      if ("value" in value) out += `${name}=${value.value}\n`;
      else {
        out += `# ${name} from ${reference(from)}\n`;
        failed.set(value.error, [...(failed.get(value.error) ?? []), name]);
      }
    }
  }
  yield { out };
  const errors = [...failed].map(
    ([error, names]) => `error retrieving reference for ${names.sort().join(", ")}: ${error}\n`,
  );
  if (errors.length > 0) yield { err: errors.sort().join("") };
}
