/** What a hover is made with beside the text. */
import type { Words } from "../messages/words.ts";
import type { FileMentions } from "./navigation/file-mentions.ts";
import type { ScheduleWords } from "./schedule-words.ts";

/** The descriptions of types and their fields, by name; `in` is the group and version that a type is of, `apps/v1`. */
export type FieldDocs = Readonly<
  Record<
    string,
    { readonly in?: string; readonly description: string; readonly fields: Readonly<Record<string, string>> }
  >
>;

/** Words, descriptions, and the present (milliseconds since 1970) in the reader's zone. */
export interface HoverContext {
  readonly words: Words;
  readonly docs: FieldDocs;
  readonly now: number;
  readonly timeZone: string;
  /** Absent: schedules are not put into words. */
  readonly sentence?: ScheduleWords;
  /** Whether another tool shows what the description of Kubernetes says of a field. */
  readonly described?: boolean;
  /** The files in which names are followed; absent: only the text itself. */
  readonly files?: () => readonly FileMentions[];
}
