/** Where a cursor is in a sketch: what may be written there. */
import type { Path } from "../../../simulator/api/problem.ts";
import type { Sketch, SketchEntry, SketchList, SketchMap, Stretch } from "./node.ts";

/** How text that is put at a place stands in its line. */
export type Setting =
  /** On a line of its own, from a column on. */
  | { readonly on: "line"; readonly column: number }
  /** Behind a dash, where what follows it stands at a column. */
  | { readonly on: "dash"; readonly column: number }
  /** Behind the colon of a key in a column. */
  | { readonly on: "colon"; readonly column: number }
  /** Within braces or brackets; `json`: with quotes around everything. */
  | { readonly on: "flow"; readonly json: boolean; readonly comma: Comma };

/** Where commas are missing around a new entry in braces or brackets: an offset before, whether there is one behind. */
export interface Comma {
  readonly before: number | null;
  readonly behind: boolean;
}

export type Place =
  /** A key of a map. `entry`: the one that the cursor is in, when it has a colon. */
  | {
      readonly is: "key";
      readonly path: Path;
      readonly map: SketchMap;
      readonly entry: SketchEntry | null;
      readonly word: Stretch;
      readonly setting: Setting;
    }
  /** A value: of a key, or of an entry of a list. What is there already is `node()`. */
  | {
      readonly is: "value";
      readonly path: Path;
      readonly node: () => Sketch | null;
      readonly word: Stretch;
      readonly setting: Setting;
    }
  /** Another entry of a list, which may not be there yet. */
  | {
      readonly is: "item";
      readonly path: Path;
      readonly list: () => SketchList | null;
      readonly word: Stretch;
      readonly setting: Setting;
    };
