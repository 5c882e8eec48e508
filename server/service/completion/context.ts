/** What completions are made with. */
import type { Path } from "../../../simulator/api/problem.ts";
import type { Words } from "../../messages/words.ts";
import type { Sketch, SketchMap, Stretch } from "../../yaml/sketch/node.ts";
import type { Setting } from "../../yaml/sketch/place.ts";
import type { Facts } from "../facts.ts";
import type { FieldDocs } from "../hover-context.ts";
import type { Manifest, Slice } from "../manifest.ts";
import type { ScheduleWords } from "../schedule-words.ts";
import type { Style } from "./draft.ts";
import type { Shape, Whole } from "./shape.ts";

/** The text around a cursor, and what is known beside it. */
export interface Around {
  readonly manifest: Manifest;
  readonly slice: Slice;
  /** Offset of the cursor in the slice. */
  readonly cursor: number;
  readonly root: Sketch | null;
  readonly style: Style;
  readonly words: Words;
  readonly docs: FieldDocs;
  readonly sentence?: ScheduleWords;
  /** Milliseconds since 1970, and the zone of the reader. */
  readonly now: number;
  readonly timeZone: string;
  /** What is known of the objects of other files that are installed with this one. */
  readonly others: () => readonly Facts[];
  /** Whether fields and their values are offered by another tool. */
  readonly fieldsElsewhere: boolean;
}

/** A value that may be written, and where. */
export interface Spot {
  readonly around: Around;
  readonly whole: Whole;
  /** From the root of the object. */
  readonly path: Path;
  readonly shape: Shape;
  readonly word: Stretch;
  readonly setting: Setting;
}

/** Where entries of a map go. */
export interface KeyPlace {
  readonly around: Around;
  readonly whole: Whole;
  /** Of the map, from the root of the object. */
  readonly path: Path;
  /** The map that is there already. */
  readonly map: SketchMap | null;
  readonly word: Stretch;
  readonly setting: Setting;
  /** Whether the map is a new entry of a list that has to begin here. */
  readonly isItem: boolean;
  /** Whether only the key is replaced: its colon is there. */
  readonly hasColon: boolean;
  readonly own: string | null;
  readonly inner: number | null;
}

/** The numbers by which the protocol names sorts of items. */
export const sorts = { field: 10, value: 12, enumMember: 20, reference: 18, kind: 7, snippet: 15 } as const;

/** One thing that may be written; offsets count from the start of the slice. */
export interface Item {
  readonly label: string;
  readonly sort: keyof typeof sorts;
  readonly detail?: string;
  /** In place of `span`: holes and tab stops as in a draft. */
  readonly text: string;
  readonly span: Stretch;
  /** The part of the text in place that is compared with what is typed; the label where it is absent. */
  readonly filter?: string;
  /** Its place in the list. */
  readonly rank: string;
  readonly deprecated?: boolean;
  /** The field that it is, by which its description is found. */
  readonly field?: { readonly owner: string; readonly name: string };
  readonly documentation?: string;
  /** Other places that change with it. */
  readonly also?: readonly { readonly span: Stretch; readonly text: string }[];
  /** Whether there is more to choose at the first hole. */
  readonly again?: boolean;
}
