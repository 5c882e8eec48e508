/** What a change makes of an object, as problems at the fields of the new text. */
import { changeCodes } from "../../simulator/api/codes.ts";
import { semanticEqual } from "../../simulator/api/equality.ts";
import { asObject, type JsonObject } from "../../simulator/api/json.ts";
import { servedKinds } from "../../simulator/api/kind-rules.ts";
import type { Json, ManifestObject } from "../../simulator/api/objects.ts";
import { type Path, type Problem, pathText } from "../../simulator/api/problem.ts";
import { anySurroundings } from "../../simulator/api/registry/surroundings.ts";
import { updatedObject } from "../../simulator/api/registry/update.ts";
import type { Target } from "../../simulator/api/target.ts";
import { type Change, type ChangeRequest, changeOf, objectBefore } from "../../simulator/kubectl/change/change.ts";
import { isKeyed, keysOf } from "../../simulator/kubectl/change/entries.ts";
import { isLive } from "../../simulator/kubectl/change/made.ts";
import type { Mode } from "../../simulator/kubectl/change/outcome.ts";
import { silentText } from "../../simulator/kubectl/change/silent.ts";
import type { Subject } from "./subject.ts";

/** What the server says of the change, and what the change does without a word. Both texts can be read. */
export function changeProblems(old: Subject, next: Subject, mode: Mode): readonly Problem[] {
  const change = changed(old, next, mode);
  if (change === undefined) return [];
  const after = change.result ?? change.attempted ?? {};
  const found = change.problems.flatMap((one) => placed(one, change, next));
  const place = (one: Problem): Problem => ({ ...one, at: placeIn(next.value, after, one.at) });
  return [...[...found, ...change.warnings].map(place), ...silences(change, next)];
}

/** The object that the change leaves; null where it is refused or cannot be judged. */
export function changedObject(old: Subject, next: Subject, mode: Mode): ManifestObject | null {
  const change = changed(old, next, mode);
  return (change?.result ?? null) as unknown as ManifestObject | null;
}

function changed(old: Subject, next: Subject, mode: Mode): Change | undefined {
  const request: ChangeRequest = {
    old: old.value,
    next: next.value,
    mode,
    surroundings: anySurroundings(next.target),
    // What the server shows of an object hides who manages it; it was hardly made by server-side apply.
    ...(isLive(old.value as JsonObject) ? { origin: "apply" } : {}),
  };
  const made = objectBefore(request);
  return made === undefined ? undefined : changeOf({ ...request, live: assumed(made, next.kind) });
}

/**
 * Manifests say nothing about status. A claim that has been applied is bound before long, to a volume of the size that it
 * asked for: then it may grow, but not shrink.
 */
function assumed(live: JsonObject, kind: string): JsonObject {
  const isBound = asObject(live["status"])["phase"] === "Bound";
  if (kind !== "PersistentVolumeClaim" || isBound) return live;
  const requests = asObject(asObject(asObject(live["spec"])["resources"])["requests"]);
  const capacity: JsonObject = requests["storage"] === undefined ? {} : { storage: requests["storage"] };
  return { ...live, status: { phase: "Bound", capacity } };
}

/** A problem of the change itself, at each field that makes it; any other as it is. */
function placed(one: Problem, { before, attempted }: Change, { kind, name, target }: Subject): readonly Problem[] {
  if (!Object.hasOwn(changeCodes, one.code) || before === undefined || attempted === undefined) return [one];
  return blamed(one, before, attempted, target).map((at) => ({
    ...one,
    at,
    params: { ...one.params, change: true, kind, name, field: pathText(at), was: was(before, at) },
  }));
}

/** What stood at a place, as JSON; empty where nothing did. */
function was(before: JsonObject, at: Path): string {
  const value = at.reduce<Json | undefined>(childOf, before);
  return value === undefined ? "" : JSON.stringify(value);
}

/** Where the change is that a problem is about. A problem with the spec at large is about each field that causes it alone. */
function blamed(one: Problem, from: JsonObject, to: JsonObject, target: Target): readonly Path[] {
  if (one.at.length !== 1 || one.at[0] !== "spec") return [narrow(from, to, one.at)];
  const [before, after] = [asObject(from["spec"]), asObject(to["spec"])];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => {
    if (semanticEqual(before[key], after[key])) return false;
    const { [key]: _, ...rest } = before;
    const value = after[key];
    const spec: JsonObject = value === undefined ? rest : { ...rest, [key]: value };
    return codesOf(from, { ...from, spec }, target).includes(one.code);
  });
  return keys.length === 0 ? [one.at] : keys.map((key) => narrow(from, to, ["spec", key]));
}

/** What the server says of a replacement, whoever makes it. */
function codesOf(from: JsonObject, to: JsonObject, target: Target): readonly string[] {
  const row = servedKinds.serving(String(from["apiVersion"]), String(from["kind"]));
  if (row === undefined) return [];
  const answer = updatedObject(from, to, row, { ...anySurroundings(target), admission: false });
  return answer.ok ? [] : answer.problems.map(({ code }) => code);
}

/** From a changed field to the one thing in it that changed, if it is one. */
function narrow(from: Json, to: Json, at: Path): Path {
  let path = at;
  let before = at.reduce<Json | undefined>(childOf, from);
  let after = at.reduce<Json | undefined>(childOf, to);
  for (;;) {
    if (!isBranch(before) || !isBranch(after)) return path;
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    const changed = keys.filter((key) => !semanticEqual(childOf(before, key), childOf(after, key)));
    const [key] = changed;
    if (changed.length !== 1 || key === undefined) return path;
    // What is gone can only be marked where it was.
    if (childOf(after, key) === undefined) return path;
    path = [...path, Array.isArray(after) ? Number(key) : key];
    before = childOf(before, key);
    after = childOf(after, key);
  }
}

function isBranch(value: Json | undefined): value is JsonObject | Json[] {
  return typeof value === "object" && value !== null;
}

function childOf(value: Json | undefined, key: string | number): Json | undefined {
  return isBranch(value) && Object.hasOwn(value, key) ? (value as Record<string | number, Json>)[key] : undefined;
}

/** The place in a text of a place in the object that it became: entries of lists may stand elsewhere. */
function placeIn(text: unknown, object: JsonObject, at: Path): Path {
  const place: (string | number)[] = [];
  let [here, there] = [text as Json | undefined, object as Json | undefined];
  for (const step of at) {
    const next = typeof step === "number" ? entryOf(here, there, step, String(place.at(-1))) : step;
    if (next === undefined) return place;
    place.push(next);
    here = childOf(here, next);
    there = childOf(there, step);
  }
  return place;
}

function entryOf(here: Json | undefined, there: Json | undefined, index: number, field: string): number | undefined {
  if (!Array.isArray(here) || !Array.isArray(there) || !isKeyed(field, here) || !isKeyed(field, there)) return index;
  const found = keysOf(field, here).indexOf(keysOf(field, there)[index] ?? "");
  return found < 0 ? undefined : found;
}

/** What of the text takes no effect, and what stays although the text does not say it. */
function silences({ silent, result }: Change, { value, dropped }: Subject): readonly Problem[] {
  if (result === undefined) return [];
  const text = value as JsonObject;
  // What is dropped of any text by this version is told anyway.
  const told = new Set(dropped.map(silentText));
  const say = (code: string, path: Path, at: Path, params: Problem["params"] = {}): Problem => {
    return { code, reason: "Advice", path: silentText(path), at, severity: "information", params };
  };
  const kept = (path: Path) => ({ value: inline(path.reduce<Json | undefined>(childOf, result)) });
  return [
    ...silent.dropped.filter((path) => !told.has(silentText(path))).map((path) => say("text-dropped", path, path)),
    ...silent.different.map((path) =>
      say("text-overridden", path, path, { actual: inline(actualAt(text, result, path)) }),
    ),
    ...silent.order.map((path) => say("text-reordered", path, path)),
    ...silent.kept.map((path) => say("kept-from-before", path, placeIn(text, result, path), kept(path))),
  ];
}

/** What the object has at a place of the text. */
function actualAt(text: JsonObject, result: JsonObject, path: Path): Json | undefined {
  return placeIn(result, text, path).reduce<Json | undefined>(childOf, result);
}

function inline(value: Json | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}
