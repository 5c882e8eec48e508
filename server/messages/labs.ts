/** What the labs say. */
import type { Language } from "../labs/lab.ts";
import type { FieldProblem } from "../yaml/fields.ts";

export interface LabWords {
  readonly language: Language;
  readonly step: (number: number, all: number) => string;
  readonly hint: (text: string) => string;
  readonly noHints: string;
  readonly noMoreHints: string;
  readonly howToAnswer: string;
  readonly howToGoOn: string;
  readonly files: (names: string) => string;
  readonly done: string;
  readonly right: string;
  readonly wrong: string;
  readonly noQuestion: string;
  readonly finished: (title: string) => string;
  readonly usage: string;
  /** Why a file is no lab. */
  readonly problem: Readonly<Record<FieldProblem["code"], (path: string) => string>>;
}
