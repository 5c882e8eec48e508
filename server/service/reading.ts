/**
 * What kubectl would send of a file, and what it would refuse to send. Documents after one that it cannot read are not
 * read, though everything else here looks at them.
 */
import { type Fault, readDocument, type SentObject, type Validate } from "../../simulator/kubectl/read-document.ts";
import { parseDocument } from "../yaml/parse.ts";
import type { YamlCode } from "../yaml/problem.ts";
import { isBadSeparator } from "../yaml/slice.ts";
import type { Manifest, Slice } from "./manifest.ts";
import { parseSlice } from "./parse.ts";

/** What is wrong with a text before it is a value. */
export type TextFault = "yaml-syntax" | "not-json" | "json-syntax" | "bad-number" | "bad-separator";

export interface FileReading {
  readonly sent: readonly (SentObject & { readonly slice: Slice })[];
  readonly faults: readonly (Fault | { readonly is: TextFault | "nothing" })[];
}

const textFaults: Readonly<Record<YamlCode, TextFault | null>> = {
  "yaml-syntax": "yaml-syntax",
  "yaml-bad-separator": "bad-separator",
  "yaml-duplicate-key": null,
  "yaml-ignored-text": null,
  "yaml-key-without-text": "not-json",
  "yaml-unreadable-key": "yaml-syntax",
  "yaml-unreadable-number": "not-json",
  "yaml-unknown-anchor": "yaml-syntax",
  "yaml-cyclic-anchor": "yaml-syntax",
  "yaml-too-many-aliases": "yaml-syntax",
  "yaml-tag-mismatch": "yaml-syntax",
  "yaml-merge-without-map": "yaml-syntax",
  "yaml-unprintable": "yaml-syntax",
  "yaml-too-large": "yaml-syntax",
  "yaml-too-deep": "yaml-syntax",
  "json-syntax": "json-syntax",
  "json-number-too-large": "bad-number",
};

/** What is wrong with the text of a slice; null where it can be read. */
function textFaultOf(slice: Slice): TextFault | null {
  // What a template would make of it is not what stands there.
  const { document, template } = parseSlice(slice);
  const { problems } = template === null ? document : parseDocument(slice.text, slice.form);
  const faults = problems.map(({ code }) => textFaults[code]);
  // YAML is understood before it is made JSON.
  const found = faults.find((one) => one !== null && one !== "not-json") ?? faults.find((one) => one !== null) ?? null;
  return slice.form === "fallback" && found !== null && found !== "bad-number" ? "json-syntax" : found;
}

/** Reads a file from its beginning until something ends the reading. */
export function readFile({ slices, target }: Manifest, validate: Validate = "strict"): FileReading {
  const sent: FileReading["sent"][number][] = [];
  const faults: FileReading["faults"][number][] = [];
  for (const [index, slice] of slices.entries()) {
    // The marker is read with the document before it, which is lost with it.
    const next = slices[index + 1];
    const fault = next && next.form === "yaml" && isBadSeparator(next.text) ? "bad-separator" : textFaultOf(slice);
    if (fault !== null) {
      faults.push({ is: fault });
      break;
    }
    const reading = readDocument(parseSlice(slice).value, target, { validate });
    sent.push(...reading.sent.map((one) => ({ ...one, slice })));
    faults.push(...reading.faults);
    if (reading.ends) break;
  }
  return { sent, faults: sent.length + faults.length === 0 ? [{ is: "nothing" }] : faults };
}
