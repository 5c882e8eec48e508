/** What of an accepted text took no effect, and what stayed although the text does not say it. */
import { base64Of } from "../../api/base64.ts";
import { sameJson } from "../../api/equality.ts";
import { asObject, isObject, type JsonObject, without } from "../../api/json.ts";
import type { Json } from "../../api/objects.ts";
import { lastAppliedAnnotation } from "../../api/patch/server-side.ts";
import { nanosOf } from "../../api/pod/amounts.ts";
import type { Path } from "../../api/problem.ts";
import { conversionAnnotations } from "../../api/registry/versions.ts";
import { serverMetadata } from "../../api/server-metadata.ts";
import { isKeyed, keysOf } from "./entries.ts";

/** Places in the text (`kept`: in the result), the topmost of what is concerned. */
export interface Silent {
  /** In the text and not in the result. */
  readonly dropped: readonly Path[];
  /** In both, with another value. */
  readonly different: readonly Path[];
  /** A list with the same entries in another order. */
  readonly order: readonly Path[];
  /** In the result with the value it had before, though the text does not say it and by itself would not have given it. */
  readonly kept: readonly Path[];
}

export interface SilentInput {
  readonly text: JsonObject;
  readonly result: JsonObject;
  readonly before: JsonObject | undefined;
  readonly oldText: JsonObject;
  /** Whether the old text is what the server showed of the object. */
  readonly isOldLive: boolean;
  /** What a create of the text alone would have given; undefined where it would be refused. */
  readonly created: JsonObject | undefined;
}

interface Found {
  readonly dropped: Path[];
  readonly different: Path[];
  readonly order: Path[];
  readonly kept: Path[];
}

/** The places where a text and its outcome differ without a word from anybody. */
export function silentPaths(input: SilentInput): Silent {
  const found: Found = { dropped: [], different: [], order: [], kept: [] };
  const [text, result] = [comparable(input.text, input), comparable(input.result, input)];
  compareText(text, result, [], found);
  if (hasOtherStatus(input)) found.dropped.push(["status"]);
  if (input.before === undefined) return found;
  const before = comparable(input.before, input);
  const created = input.created && comparable(input.created, input);
  const old = comparable(input.oldText, input);
  const given = new Set(input.isOldLive ? [] : givenIn(old));
  findKept(text, { result, before, created, old }, [], { isCreatable: created !== undefined, given, found });
  return found;
}

const unlisted = [...serverMetadata, "managedFields", "namespace"];
const protection = ["kubernetes.io/pvc-protection", "kubernetes.io/pv-protection"];

/** The object without what is never listed. */
function comparable(object: JsonObject, { isOldLive }: SilentInput): JsonObject {
  const { apiVersion: _, kind, status: _status, stringData, ...rest } = object;
  const metadata: Record<string, Json> = { ...asObject(object["metadata"]) };
  for (const key of unlisted) delete metadata[key];
  const annotations = {
    ...without(asObject(metadata["annotations"]), [lastAppliedAnnotation, ...conversionAnnotations]),
  };
  if (isOldLive) delete (annotations as Record<string, Json>)["deployment.kubernetes.io/revision"];
  if (metadata["annotations"] !== undefined) metadata["annotations"] = annotations;
  if (Object.keys(annotations).length === 0) delete metadata["annotations"];
  const finalizers = metadata["finalizers"];
  if (Array.isArray(finalizers)) {
    const own = finalizers.filter((one) => !protection.includes(String(one)));
    metadata["finalizers"] = own;
    if (own.length === 0) delete metadata["finalizers"];
  }
  const data = kind === "Secret" ? withStringData(object["data"], stringData) : object["data"];
  const made = { ...rest, metadata, ...(data === undefined ? {} : { data }) };
  return withOneTokenName(made);
}

function withStringData(data: Json | undefined, stringData: Json | undefined): Json | undefined {
  if (!isObject(stringData)) return data;
  const made = Object.entries(stringData).map(([key, value]) => [key, base64Of(String(value ?? ""))] as const);
  return { ...(isObject(data) ? data : {}), ...Object.fromEntries(made) };
}

/** The end of the name of a token volume is drawn: all are alike. */
function withOneTokenName(object: JsonObject): JsonObject {
  if (object["spec"] === undefined) return object;
  return JSON.parse(
    JSON.stringify(object).replace(/"kube-api-access-[a-z0-9]{5}"/g, '"kube-api-access"'),
  ) as JsonObject;
}

function hasOtherStatus({ text, oldText }: SilentInput): boolean {
  const given = text["status"];
  if (given === undefined || given === null || isNothing(given)) return false;
  return !sameJson(given, oldText["status"]);
}

/** Maps whose values are amounts: equal however they are written. */
const amountMaps: ReadonlySet<string> = new Set(
  "requests limits hard capacity overhead podFixed default defaultRequest min max maxLimitRequestRatio".split(" "),
);

function isEqual(a: Json, b: Json, path: Path): boolean {
  if (sameJson(a, b) || String(a) === String(b)) return true;
  if (!amountMaps.has(String(path.at(-2))) && path.at(-1) !== "sizeLimit" && path.at(-1) !== "divisor") return false;
  const [left, right] = [nanosOf(a), nanosOf(b)];
  return left !== undefined && left === right;
}

/** Whether a value says nothing: its absence from the result is no loss. */
function isNothing(value: Json): boolean {
  if (value === null || value === false || value === 0 || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.entries(value).every(([key, one]) => key !== "emptyDir" && isNothing(one));
}

function compareText(text: Json, result: Json | undefined, path: Path, found: Found): void {
  if (text === null) return;
  if (result === undefined || result === null) {
    if (!isNothing(text) || path.at(-1) === "emptyDir") found.dropped.push(path);
  } else if (isObject(text) && isObject(result)) {
    for (const [key, one] of Object.entries(text)) {
      compareText(one, Object.hasOwn(result, key) ? result[key] : undefined, [...path, key], found);
    }
  } else if (Array.isArray(text) && Array.isArray(result)) compareList(text, result, path, found);
  else if (!isEqual(text, result, path)) found.different.push(path);
}

function compareList(text: readonly Json[], result: readonly Json[], path: Path, found: Found): void {
  const field = String(path.at(-1));
  if (text.length > 0 && result.length === 0) {
    found.dropped.push(path);
  } else if (isKeyed(field, text) && isKeyed(field, result)) {
    const [ours, theirs] = [keysOf(field, text), keysOf(field, result)];
    for (const [index, key] of ours.entries()) {
      const at = theirs.indexOf(key);
      compareText(text[index] ?? null, at < 0 ? undefined : result[at], [...path, index], found);
    }
    const isSameSet = ours.length === theirs.length && ours.every((key) => theirs.includes(key));
    if (isSameSet && !sameJson(ours, theirs)) found.order.push(path);
  } else if (text.every(isObject) && result.every(isObject)) compareMaps(text, result, path, found);
  else if (!sameJson(text, result) && !text.every((one, at) => isEqual(one, result[at] ?? null, [...path, at]))) {
    const sorted = (list: readonly Json[]) => list.map((one) => JSON.stringify(one)).sort();
    (sameJson(sorted(text), sorted(result)) ? found.order : found.different).push(path);
  } else if (text.length !== result.length) found.different.push(path);
}

/** Maps without keys: one by one, or, where the result has more, among them in order. */
function compareMaps(text: readonly Json[], result: readonly Json[], path: Path, found: Found): void {
  if (text.length === result.length) {
    for (const [index, one] of text.entries()) compareText(one, result[index], [...path, index], found);
    return;
  }
  let at = 0;
  for (const one of text) {
    while (at < result.length && !isWithin(one, result[at] ?? null, [...path, at])) at++;
    if (at++ >= result.length) {
      found.different.push(path);
      return;
    }
  }
}

function isWithin(text: Json, result: Json, path: Path): boolean {
  const inner: Found = { dropped: [], different: [], order: [], kept: [] };
  compareText(text, result, path, inner);
  return inner.dropped.length + inner.different.length + inner.order.length === 0;
}

interface Sides {
  readonly result: Json;
  readonly before: Json | undefined;
  readonly created: Json | undefined;
  readonly old: Json | undefined;
}

const chosenByServer: ReadonlySet<string> = new Set(["clusterIP", "clusterIPs", "nodePort", "healthCheckNodePort"]);

interface Keeping {
  /** Whether a create of the text alone would be taken. */
  readonly isCreatable: boolean;
  /** Addresses and ports that the old text gave itself. */
  readonly given: ReadonlySet<string>;
  readonly found: Found;
}

function findKept(text: Json | undefined, sides: Sides, path: Path, keeping: Keeping): void {
  const { result, before, created, old } = sides;
  if (before === undefined) return;
  if (text === undefined || text === null) {
    if (isNothing(result) && path.at(-1) !== "emptyDir") return;
    if (keeping.isCreatable ? sameJson(result, created ?? null) : old === undefined) return;
    if (keeping.isCreatable && isChosen(sides, path, keeping.given)) return;
    const isKeyedList = Array.isArray(result) && isKeyed(String(path.at(-1)), result);
    const isBranch = isObject(result) || isKeyedList;
    const isOpen = isBranch && (!keeping.isCreatable || created !== undefined || !sameJson(result, before));
    if (!isOpen) {
      if (sameJson(result, before)) keeping.found.kept.push(path);
      return;
    }
  }
  if (isObject(result)) {
    for (const [key, one] of Object.entries(result)) {
      const below = { result: one, before: at(before, key), created: at(created, key), old: at(old, key) };
      findKept(at(text, key), below, [...path, key], keeping);
    }
  } else if (Array.isArray(result)) keptEntries(text, sides, path, keeping);
}

/** An address or port that the server would have chosen for the text as well; which one it is does not matter. */
function isChosen({ result, created }: Sides, path: Path, given: ReadonlySet<string>): boolean {
  const count = (value: Json | undefined) => (Array.isArray(value) ? value.length : value === undefined ? -1 : 0);
  const isGiven = (Array.isArray(result) ? result : [result]).some((one) => given.has(String(one)));
  return chosenByServer.has(String(path.at(-1))) && count(created) === count(result) && !isGiven;
}

/** Addresses and ports that a text gives. */
function givenIn(text: Json | undefined, key = ""): readonly string[] {
  if (Array.isArray(text)) return text.flatMap((one) => givenIn(one, key));
  if (isObject(text)) return Object.entries(text).flatMap(([inner, one]) => givenIn(one, inner));
  return chosenByServer.has(key) && text !== undefined ? [String(text)] : [];
}

function keptEntries(
  text: Json | undefined,
  { result, before, created, old }: Sides,
  path: Path,
  keeping: Keeping,
): void {
  const list = result as readonly Json[];
  const field = String(path.at(-1));
  const isByKey = isKeyed(field, list);
  if (!isByKey && !(list.every(isObject) && Array.isArray(text) && text.length === list.length)) return;
  const keys = isByKey ? keysOf(field, list) : list.map((_, index) => String(index));
  const entry = (side: Json | undefined, key: string): Json | undefined => {
    if (!Array.isArray(side)) return undefined;
    const index = isByKey ? keysOf(field, side).indexOf(key) : Number(key);
    return index < 0 ? undefined : side[index];
  };
  for (const [index, key] of keys.entries()) {
    const below = {
      result: list[index] ?? null,
      before: entry(before, key),
      created: entry(created, key),
      old: entry(old, key),
    };
    findKept(entry(text, key), below, [...path, index], keeping);
  }
}

function at(value: Json | null | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** A place as the server writes it, keys that are no plain names in brackets: `metadata.labels[app.kubernetes.io/name]`. */
export function silentText(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    if (!/^[A-Za-z0-9_-]+$/.test(step) && step !== "$patch") return `${text}[${step}]`;
    return text === "" ? step : `${text}.${step}`;
  }, "");
}
