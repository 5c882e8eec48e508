/** `kubectl wait`. Models kubectl/pkg/cmd/wait. */
import { asObject, type JsonObject, listAt, numberAt, stringAt } from "../../api/json.ts";

import { notFound } from "../../apiserver/status.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import type { Command, Context, Running, Steps } from "./command.ts";
import { ended, type Failure, fail } from "./failure.ts";
import {
  array,
  byFieldSelector,
  bySelector,
  duration,
  everyNamespace,
  everyObject,
  fromFiles,
  printing,
  toggle,
} from "./flag.ts";
import type { Info } from "./info.ts";
import { print } from "./output.ts";
import { type Picked, pick } from "./pick.ts";
import { type Answered, getObject } from "./requests.ts";
import { conditionsOf, type WaitCondition } from "./wait-conditions.ts";
import { durationOf, values, type Words } from "./words.ts";

export const wait: Command = {
  name: "wait",
  says: "Wait until objects are as they are to be",
  usage:
    "([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) [--for=create|--for=delete|--for condition=available|--for=jsonpath='{}'[=value]]",
  flags: [
    ...fromFiles.filter(({ name }) => name !== "kustomize"),
    ...printing(),
    bySelector,
    byFieldSelector,
    everyNamespace,
    everyObject,
    array("for", "create, delete, condition=NAME[=VALUE] or jsonpath=PATH[=VALUE]: what to wait for"),
    toggle("local", "ask nothing of the server"),
    duration("timeout", "how long to wait; zero: look once; negative: a week", { value: "30s" }),
  ],
  run,
};

const week = 168 * 3_600_000;
const halfASecond = 500;
const timedOut = "timed out waiting for the condition";

function* run(context: Context, words: Words): Running {
  const conditions = conditionsOf(values(words, "for"));
  if ("error" in conditions) return yield* fail(conditions.error);
  const { now } = context.door;
  const given = durationOf(words, "timeout");
  const limit = given < 0 ? week : given;
  const end = now.call(context.door) + limit;
  const isFor = (what: WaitCondition["is"]) => conditions.list.some(({ is }) => is === what);
  if (isFor("create")) {
    const failure = yield* created(context, words, end);
    if (failure !== undefined) return yield* fail(failure);
  }
  const picked = yield* pick(context, words);
  if (picked.unasked) return yield* ended(picked.failures);
  const failures = isFor("delete") ? picked.failures.filter((one) => !isMissing(one)) : picked.failures;
  const met: Failure[] = [...failures];
  for (const info of picked.infos) {
    for (const condition of conditions.list) {
      if (condition.is === "create") {
        met.push(...(yield* print(context, words, info.place.row, info.object, "condition met")));
        continue;
      }
      const failure = yield* until(context, words, info, { condition, end, isOnce: limit === 0 });
      if (failure === undefined) continue;
      met.push(failure);
      break;
    }
  }
  if (picked.infos.length === 0 && met.length === 0 && !isFor("delete"))
    return yield* fail("no matching resources found");
  return yield* ended(met);
}

const isMissing = (failure: Failure): boolean => typeof failure !== "string" && failure.reason === "NotFound";

/** Looks every half second until there is something. */
function* created(context: Context, words: Words, end: number): Steps<Failure | undefined> {
  for (;;) {
    const picked: Picked = yield* pick(context, words);
    if (picked.unasked) return picked.failures[0];
    const other = picked.failures.find((one) => !isMissing(one));
    if (other !== undefined) return other;
    if (picked.infos.length > 0 && picked.failures.length === 0) return undefined;
    const left = end - context.door.now();
    if (left <= 0) return timedOut;
    yield { pass: Math.min(halfASecond, left) };
  }
}

type Deletion = { readonly is: "delete" };
type Held = Exclude<WaitCondition, { readonly is: "create" | "delete" }>;

interface Awaited {
  readonly condition: Deletion | Held;
  readonly end: number;
  readonly isOnce: boolean;
}

/** Waits for one condition of one object; gives why it did not come. */
function* until(
  context: Context,
  words: Words,
  info: Info,
  { condition, end, isOnce }: Awaited,
): Steps<Failure | undefined> {
  const { place } = info;
  const named = `${place.row.plural}/${place.name}`;
  const { uid } = info.object.metadata;

  let last = info.object;
  for (;;) {
    const answer: Answered = yield* getObject(context, place);
    if (condition.is === "delete") {
      if (!answer.ok) return isMissing(answer.status) ? yield* told(context, words, info, last) : answer.status;
      if (answer.object.metadata.uid !== uid) return yield* told(context, words, info, answer.object);
    } else {
      if (!answer.ok) return isMissing(answer.status) ? notFound(place.row, place.name) : answer.status;
      const state = stateOf(condition, answer.object);
      if (typeof state === "string") return state;
      if (state) return yield* told(context, words, info, answer.object);
    }
    last = answer.object;
    if (isOnce) return `condition not met for ${named}`;
    const left = end - context.door.now();
    if (left <= 0) return `${timedOut} on ${named}`;
    yield { pass: left };
  }
}

function* told(context: Context, words: Words, { place }: Info, object: ApiObject): Steps<Failure | undefined> {
  const [failure] = yield* print(context, words, place.row, object, "condition met");
  return failure;
}

/** Whether the condition holds, or why that cannot be said. */
function stateOf(
  condition: Exclude<WaitCondition, { readonly is: "create" | "delete" }>,
  object: ApiObject,
): boolean | string {
  if (condition.is === "jsonpath") return condition.holds(object);
  const status = asObject(object["status"]);
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  const found = listAt(status, "conditions")
    .map(asObject)
    .find((one) => same(stringAt(one, "type"), condition.name) && typeof one["status"] === "string");
  if (!found) return false;
  const observed = numberAt(found, "observedGeneration") ?? numberAt(status, "observedGeneration");
  const generation = numberAt(object.metadata as JsonObject, "generation");
  if (generation !== undefined && observed !== undefined && observed < generation) return false;
  return same(stringAt(found, "status"), condition.value);
}
