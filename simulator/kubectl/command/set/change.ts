/** What the commands below `kubectl set` share: each changes objects and sends what is different. Models kubectl/pkg/cmd/set/helper.go. */
import { decode, statusTypeOf, typeOf } from "../../../api/decode.ts";
import { asObject, type JsonObject, listAt, stringAt } from "../../../api/json.ts";
import { apiVersionOf } from "../../../api/kind.ts";
import { threeWayStrategicPatch } from "../../../api/patch/strategic-diff.ts";
import type { Context, Running, Steps } from "../command.ts";
import { type Failure, quoted } from "../failure.ts";
import { bySelector, dryRun, everyObject, type Flag, fieldManager, fromFiles, printing, toggle } from "../flag.ts";
import type { Info } from "../info.ts";
import { print } from "../output.ts";
import { patchObject } from "../requests.ts";
import { dryRunOf, flag, isOn, type Words } from "../words.ts";

/** The flags of all of them. */
export const setting: readonly Flag[] = [
  ...fromFiles,
  ...printing(),
  bySelector,
  everyObject,
  dryRun,
  fieldManager("kubectl-set"),
  toggle("local", "ask nothing of the server"),
];

/** Why flags that all of them have do not go together. */
export function misuse(words: Words): string | undefined {
  if (isOn(words, "local") && dryRunOf(words) === "server") {
    return "cannot specify --local and --dry-run=server - did you mean --dry-run=client?";
  }
  if (isOn(words, "all") && flag(words, "selector") !== "") return "cannot set --all and --selector at the same time";
  return undefined;
}

export interface Setting {
  /** `image updated`. */
  readonly operation: string;
  /** How a refusal of the server begins: `failed to patch image update to pod template: `; empty: it stands alone. */
  readonly refused: string;
  /** Says what was done even where nothing changes. */
  readonly always?: boolean;
}

/** One printer shows all objects: with YAML a line of dashes stands between them. */
export function* apart(words: Words, running: Running): Running {
  const isYaml = flag(words, "output") === "yaml";
  let shown = 0;
  for (let next = running.next(); ; ) {
    if (next.done) return next.value;
    const effect = next.value;
    next = running.next(yield isYaml && "out" in effect && shown++ > 0 ? { out: `---\n${effect.out}` } : effect);
  }
}

/** Sends what is different in an object and says what was done; gives what went wrong. */
export function* put(
  context: Context,
  words: Words,
  { place, object }: Info,
  next: JsonObject,
  { operation, refused, always = false }: Setting,
): Steps<readonly Failure[]> {
  const { row } = place;
  const type = typeOf(apiVersionOf(row), row.kind);
  const patch = threeWayStrategicPatch(object, next, object, type);
  if (!patch.ok) return [`error: ${row.plural}/${place.name} ${patch.problem.code}\n`];
  const isChange = Object.keys(asObject(patch.value)).length > 0;
  if (!isChange && !always) return [];
  if (isOn(words, "local")) return yield* print(context, words, row, typed(next, type, context), operation);
  if (dryRunOf(words) === "client") return yield* print(context, words, row, next, operation);
  const options = { dryRun: dryRunOf(words) === "server", fieldManager: flag(words, "field-manager") };
  const answer = yield* patchObject(context, place, patch.value, "strategic", options);
  if (answer.ok) return yield* print(context, words, row, answer.object, operation);
  return [refused === "" ? answer.status : `${refused}${quoted(answer.status)}`];
}

/** An object of a file as kubectl's own types have it: with the structs that are there also when nothing of them is set. */
function typed(object: JsonObject, type: string | undefined, { door: { target } }: Context): JsonObject {
  if (type === undefined) return object;
  const whole = decode(object, type, target).object as JsonObject;
  const status = statusTypeOf(type);
  if (status === undefined) return whole;
  const shown = decode(object["status"] ?? {}, status, target).object as JsonObject;
  if (type !== "StatefulSet") return { ...whole, status: shown };
  const spec = asObject(whole["spec"]);
  const claims = listAt(spec, "volumeClaimTemplates").map((one) => ({ status: {}, ...asObject(one) }));
  const templates = claims.length === 0 ? {} : { volumeClaimTemplates: claims };
  return { ...whole, spec: { ...spec, ...templates }, status: { availableReplicas: 0, ...shown } };
}

/** The failure of an object that cannot be changed so. */
export function unfit({ place }: Info, why: string): Failure {
  return `error: ${place.row.plural}/${place.name} ${why}\n`;
}

/** That an object is no pod and makes none. */
export function noTemplate({ place: { row } }: Info): string {
  return `the object is not a pod or does not have a pod template: *${row.versions[0]}.${row.kind}`;
}

/** The object with another spec of its pods; undefined for one that has none. */
export function withPodSpec(info: Info, change: (spec: JsonObject) => JsonObject): JsonObject | undefined {
  const { template } = info.place.row;
  return template && changedAt(info.object, [...template, "spec"], change);
}

function changedAt(
  object: JsonObject,
  [key, ...path]: readonly string[],
  change: (spec: JsonObject) => JsonObject,
): JsonObject {
  if (key === undefined) return change(object);
  return { ...object, [key]: changedAt(asObject(object[key]), path, change) };
}

/** The spec of pods with its containers changed one by one, those of the start too. */
export function withContainers(spec: JsonObject, change: (container: JsonObject) => JsonObject): JsonObject {
  const lists = ["initContainers", "containers"].filter((key) => spec[key] !== undefined);
  const changed = lists.map((key) => [key, listAt(spec, key).map((one) => change(asObject(one)))] as const);
  return { ...spec, ...Object.fromEntries(changed) };
}

/** Whether a container is meant by `-c`, which may have stars. */
export function isMeant(container: JsonObject, wanted: string): boolean {
  const name = stringAt(container, "name");
  if (wanted === "*") return true;
  if (!wanted.includes("*")) return name === wanted;
  let at = 0;
  const parts = wanted.split("*");
  for (const [index, part] of parts.entries()) {
    if (part === "") continue;
    const next = name.slice(at).indexOf(part);
    const isLast = index === parts.length - 1;
    if (next < at || (index === 0 && at !== 0) || (isLast && name.length !== part.length + next)) return false;
    at = next;
  }
  return true;
}
