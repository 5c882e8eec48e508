/**
 * What a document is where it stands: decided here, once, with the reason. A manifest is judged as what it is: a patch lacks what
 * it does not change, a base what its kustomization adds, a template what will be filled in, an assertion all that it does not assert.
 */
import { isObject, type JsonObject, without } from "../../../simulator/api/json.ts";
import type { FilePlace } from "./place.ts";

export type Standing = "applied" | "patch" | "base" | "template" | "assertion" | "export" | "data";

/** How it is known: a code for words, and what it is about. */
export interface Reason {
  readonly why:
    | "nothing-else"
    | "named-as-patch"
    | "called-patch"
    | "patch-directive"
    | "named-as-resource"
    | "template-expressions"
    | "placeholders"
    | "encrypted"
    | "assertion-file"
    | "assertion-keys"
    | "status-only"
    | "server-fields"
    | "edit-buffer"
    | "named-as-data";
  /** A file, a key or a placeholder; empty where there is nothing to name. */
  readonly what: string;
}

export interface Decision {
  readonly standing: Standing;
  readonly reason: Reason;
}

/** What a document is, as far as its value and its place tell; `template` is found when it is parsed. */
export function decide(value: unknown, text: string, place: FilePlace): Decision {
  if (place.asserts !== null) return decision("assertion", "assertion-file", place.asserts);
  if (place.patchOf !== null) return decision("patch", "named-as-patch", place.patchOf);
  // Nearly no text has any; a look at it is cheaper than one at its keys.
  const directive = directives.test(text) ? keyIn(value, isDirective) : null;
  if (directive !== null) return decision("patch", "patch-directive", directive);
  const expression = text.includes("(") ? keyIn(value, isExpression) : null;
  if (expression !== null) return decision("assertion", "assertion-keys", expression);
  if (text.startsWith("# Please edit the object below.")) return decision("export", "edit-buffer", "");
  if (!isObject(value)) return decision("applied", "nothing-else", "");
  // Nobody applies an object with a status and nothing else.
  const isBare = Object.keys(value).every((key) => ["apiVersion", "kind", "metadata", "status"].includes(key));
  if (isBare && isObject(value["status"])) return decision("assertion", "status-only", "status");
  if (place.dataOf !== null) return decision("data", "named-as-data", place.dataOf);
  if (isEncrypted(value)) return decision("template", "encrypted", "sops");
  if (place.base !== null) return decision("base", "named-as-resource", place.base.of);
  const metadata = isObject(value["metadata"]) ? value["metadata"] : {};
  const filled = ["uid", "managedFields", "resourceVersion"].find((key) => Object.hasOwn(metadata, key));
  return filled === undefined ? decision("applied", "nothing-else", "") : decision("export", "server-fields", filled);
}

/** Whether SOPS has encrypted values of it, which it notes beside them. */
function isEncrypted(value: JsonObject): boolean {
  const note = value["sops"];
  return isObject(note) && (Object.hasOwn(note, "mac") || Object.hasOwn(note, "lastmodified"));
}

/** What is applied once it has been decrypted: values that are encrypted are placeholders until then. */
export function withoutNote(value: unknown): unknown {
  return isObject(value) && isEncrypted(value) ? without(value, ["sops"]) : value;
}

const directives = /\$(?:patch|retainKeys|setElementOrder|deleteFromPrimitiveList)/;

function decision(standing: Standing, why: Reason["why"], what: string): Decision {
  return { standing, reason: { why, what } };
}

/** Directives of strategic merge patches. */
export function isDirective(key: string): boolean {
  return (
    key === "$patch" ||
    key === "$retainKeys" ||
    key.startsWith("$setElementOrder/") ||
    key.startsWith("$deleteFromPrimitiveList/")
  );
}

/** Keys in parentheses are expressions of Chainsaw; no field of Kubernetes has any. */
function isExpression(key: string): boolean {
  return /^(?:~\.\w*)?\(.+\)(?:->\w+)?$/.test(key) || /^~\.\w*\(/.test(key);
}

function keyIn(value: unknown, is: (key: string) => boolean, depth = 0): string | null {
  if (typeof value !== "object" || value === null || depth > 100) return null;
  for (const [key, item] of Object.entries(value)) {
    if (!Array.isArray(value) && is(key)) return key;
    const found = keyIn(item, is, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

/** A patch without its directives, and without what it takes away: null does, too. */
export function withoutDirectives(value: unknown, depth = 0): unknown {
  if (typeof value !== "object" || value === null || depth > 100) return value;
  if (Array.isArray(value)) {
    // An entry keeps its place, so that the others keep theirs.
    return value.map((item) => (isTakenAway(item) ? {} : withoutDirectives(item, depth + 1)));
  }
  const kept = Object.entries(value).filter(([key, item]) => !isDirective(key) && item !== null && !isTakenAway(item));
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutDirectives(item, depth + 1)]));
}

function isTakenAway(value: unknown): boolean {
  return isObject(value) && value["$patch"] === "delete";
}
