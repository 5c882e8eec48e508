/**
 * Validation of metadata.
 * Models staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go, apimachinery/pkg/apis/meta/v1/validation
 * and the additions of pkg/apis/core/validation.
 */
import { checkFormat, type FormatCode } from "./check-format.ts";
import { type FieldPath, forbidden, invalid, onKey, required, tooLong } from "./field-path.ts";
import { hasPrefix, labelValue, qualifiedName } from "./formats.ts";
import { isObject, type JsonObject, listAt, objectAt, stringAt } from "./json.ts";
import {
  duplicateControllerProblem,
  validateOwnerReference,
  validateOwnerReferenceUnindexed,
} from "./owner-references.ts";
import type { Problem } from "./problem.ts";
import { since, type Target } from "./target.ts";

export type NameCheck = "dns-subdomain" | "dns-label" | "dns-1035-label" | "path-segment";

interface MetadataOptions {
  readonly target: Target;
  readonly namespaced: boolean;
  /** What the names of this kind must be. */
  readonly nameCheck: NameCheck;
}

/** Bytes that keys and values of all annotations of an object may take together. */
const annotationBytes = 256 * 1024;

/** A suffix as the API server makes it for `generateName`: 5 letters or digits. */
const generatedSuffix = "xxxxx";
const maxGeneratedBase = 58;

const standardFinalizers: ReadonlySet<string> = new Set(["kubernetes", "orphan", "foregroundDeletion"]);

/** The problems of an object's metadata on creation; `path` is `metadata` of the object. */
export function validateObjectMeta(meta: unknown, path: FieldPath, options: MetadataOptions): Problem[] {
  const object = isObject(meta) ? meta : undefined;
  const found: Problem[] = [];
  validateName(object, path, options.nameCheck, found);
  const namespace = stringAt(object, "namespace");
  if (namespace !== "") {
    if (options.namespaced) checkFormat("invalid-dns-label", namespace, path.child("namespace"), found);
    else found.push(forbidden("namespace-not-allowed", path.child("namespace"), { value: namespace }));
  }
  found.push(...validateLabels(objectAt(object, "labels"), path.child("labels")));
  found.push(...validateAnnotations(objectAt(object, "annotations"), path.child("annotations")));
  validateOwnerReferences(object, path.child("ownerReferences"), found, options.target);
  validateFinalizers(object, path.child("finalizers"), found);
  return found;
}

function validateName(object: JsonObject | undefined, path: FieldPath, check: NameCheck, found: Problem[]): void {
  const code: FormatCode = `invalid-${check}`;
  const generateName = stringAt(object, "generateName");
  if (generateName !== "") {
    checkFormat(code, withoutTrailingDash(generateName), path.child("generateName"), found);
  }
  const name = stringAt(object, "name");
  if (name !== "") {
    checkFormat(code, name, path.child("name"), found);
  } else if (generateName !== "") {
    // The name was generated before it is judged: a bad prefix makes a bad name.
    checkFormat(code, nameOf(object), path.child("name"), found);
  } else {
    found.push(required("name-missing", path.child("name")));
  }
}

/** The name of an object: its own, else one as `generateName` makes it; `""` when there is neither. */
export function nameOf(metadata: JsonObject | undefined): string {
  const name = stringAt(metadata, "name");
  const prefix = stringAt(metadata, "generateName");
  return name !== "" || prefix === "" ? name : prefix.slice(0, maxGeneratedBase) + generatedSuffix;
}

/** A prefix may end in a dash because something is appended: judged as if it ended in a letter. */
function withoutTrailingDash(prefix: string): string {
  return prefix.length > 1 && prefix.endsWith("-") ? `${prefix.slice(0, -2)}a` : prefix;
}

/** The problems of a map of labels; all are reported at the map, `at` leads to the entry. */
export function validateLabels(labels: unknown, path: FieldPath): Problem[] {
  if (!isObject(labels)) return [];
  const found: Problem[] = [];
  for (const key of Object.keys(labels)) {
    const keyRules = qualifiedName(key);
    if (keyRules.length > 0) {
      found.push(onKey(invalid("invalid-qualified-name", path.silent(key), { value: key, rules: keyRules })));
    }
    const value = stringAt(labels, key);
    const valueRules = labelValue(value);
    if (valueRules.length > 0) {
      found.push(invalid("invalid-label-value", path.silent(key), { value, rules: valueRules }));
    }
  }
  return found;
}

/** The problems of a map of annotations: keys and total size; values may be anything. */
export function validateAnnotations(annotations: unknown, path: FieldPath): Problem[] {
  if (!isObject(annotations)) return [];
  const found: Problem[] = [];
  let size = 0;
  for (const key of Object.keys(annotations)) {
    // Upper case is allowed in the prefix here, unlike in keys of labels.
    const rules = qualifiedName(key.toLowerCase());
    if (rules.length > 0) {
      found.push(onKey(invalid("invalid-qualified-name", path.silent(key), { value: key, rules })));
    }
    size += utf8Length(key) + utf8Length(stringAt(annotations, key));
  }
  if (size > annotationBytes) {
    found.push(tooLong("annotations-too-long", path, { actual: size, limit: annotationBytes }));
  }
  return found;
}

/** Bytes of the text in UTF-8, as Go counts. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else if (unit >= 0xd800 && unit <= 0xdbff && index + 1 < text.length) {
      bytes += 2;
      index++;
    } else bytes += 2;
  }
  return bytes;
}

function validateOwnerReferences(
  object: JsonObject | undefined,
  path: FieldPath,
  found: Problem[],
  target: Target,
): void {
  const references = listAt(object, "ownerReferences");
  const controllers: string[] = [];
  for (const [index, entry] of references.entries()) {
    const reference = isObject(entry) ? entry : undefined;
    if (since(target, "1.37")) validateOwnerReference(reference, path.index(index), found);
    else validateOwnerReferenceUnindexed(reference, path.silent(index), found);
    if (reference?.["controller"] === true) {
      controllers.push(`${stringAt(reference, "kind")}/${stringAt(reference, "name")}`);
      if (controllers.length > 1) found.push(duplicateControllerProblem(path.silent(index), controllers));
    }
  }
}

function validateFinalizers(object: JsonObject | undefined, path: FieldPath, found: Problem[]): void {
  const finalizers = listAt(object, "finalizers");
  for (const [index, entry] of finalizers.entries()) {
    const name = typeof entry === "string" ? entry : "";
    checkFormat("invalid-qualified-name", name, path.silent(index), found);
    if (!hasPrefix(name) && !standardFinalizers.has(name)) {
      found.push(
        invalid("finalizer-not-qualified", path.index(index), { value: name, allowed: [...standardFinalizers] }),
      );
    }
  }
  if (finalizers.includes("orphan") && finalizers.includes("foregroundDeletion")) {
    found.push(invalid("finalizers-exclusive", path, { value: "orphan", other: "foregroundDeletion" }));
  }
}
