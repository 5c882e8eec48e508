/** What the server would store of a text: its defaults filled in, amounts as it spells them, what it drops left out. */
import { isObject, type JsonObject } from "../../../simulator/api/json.ts";
import type { Path } from "../../../simulator/api/problem.ts";
import { type ValueChange, withChanges } from "../../yaml/fill.ts";
import { blockText } from "../../yaml/write.ts";
import { checkSlice } from "../check.ts";
import type { Manifest, Slice } from "../manifest.ts";
import { valueAt } from "../parse.ts";
import type { Subject } from "../subject.ts";

/** The object as it is stored before anything runs; null for one that the server would not take. */
export function storedObject({ accepted, object }: Subject): JsonObject | null {
  if (!accepted || object === null) return null;
  const { status, ...rest } = object as unknown as JsonObject;
  const isKept = isObject(status) && Object.keys(status).length > 0;
  return isKept ? { ...rest, status } : rest;
}

/** The text with every object as it would be stored; what would be refused, and what is nobody's, as it is written. */
export function storedText({ slices }: Manifest): string {
  return slices.map(storedSlice).join("");
}

function storedSlice(slice: Slice): string {
  const { subjects, parsed } = checkSlice(slice);
  const stored = subjects.flatMap((subject) => {
    const object = storedObject(subject);
    return object === null ? [] : [{ root: subject.root, object }];
  });
  if (stored.length === 0) return slice.text;
  const changes = stored.flatMap(({ root, object }) => changesTo(valueAt(parsed.value, root), object, root));
  if (changes.length === 0) return slice.text;
  const isJson = slice.form === "json";
  const filled = isJson ? null : withChanges(slice.text, changes);
  if (filled !== null) return filled;
  const [only] = stored;
  if (only === undefined || only.root.length > 0) return slice.text;
  if (isJson) return `${JSON.stringify(only.object, null, 2)}\n`;
  return `${slice.text.startsWith("---") ? "---\n" : ""}${blockText(only.object, true)}\n`;
}

/** What has to change in a value to make it another, as places in it. */
function changesTo(written: unknown, stored: unknown, at: Path): readonly ValueChange[] {
  if (isObject(written) && isObject(stored)) {
    const own = written as JsonObject;
    const gone = Object.keys(own).filter((key) => !Object.hasOwn(stored, key));
    return [
      ...gone.map((key) => ({ path: [...at, key], value: undefined })),
      ...Object.entries(stored).flatMap(([key, value]) =>
        Object.hasOwn(own, key) ? changesTo(own[key], value, [...at, key]) : [{ path: [...at, key], value }],
      ),
    ];
  }
  if (Array.isArray(written) && Array.isArray(stored) && written.length === stored.length) {
    return stored.flatMap((item, index) => changesTo(written[index], item, [...at, index]));
  }
  return Object.is(written, stored) || JSON.stringify(written) === JSON.stringify(stored)
    ? []
    : [{ path: at, value: stored }];
}
