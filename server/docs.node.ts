/** The descriptions of fields, from the file that the build makes. */
import { readFileSync } from "node:fs";
import type { FieldDocs } from "./service/hover-context.ts";

/** Bundled or run from source: the file is in one of two places. Without it there are no descriptions. */
export function readDocs(): FieldDocs {
  for (const place of ["./field-docs.json", "../dist/field-docs.json"]) {
    try {
      return JSON.parse(readFileSync(new URL(place, import.meta.url), "utf8")) as FieldDocs;
    } catch {
      // Not here.
    }
  }
  return {};
}
