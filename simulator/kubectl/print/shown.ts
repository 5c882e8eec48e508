/** What printing an object comes to. */
import type { JsonObject } from "../../api/json.ts";

/** An object as text, or why it cannot be printed so. */
export type Shown = { readonly text: string } | { readonly error: string };
export type ObjectPrinter = (object: JsonObject) => Shown;
