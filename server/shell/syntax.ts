/** What a line of the shell says: its syntax tree. */

/** A piece of a word. What is quoted is neither split at spaces nor taken for a pattern. */
export type Part =
  | { readonly is: "text"; readonly text: string; readonly quoted: boolean }
  /** `otherwise`: what stands for it when it is not set, or empty too where `orEmpty`. */
  | {
      readonly is: "variable";
      readonly name: string;
      readonly quoted: boolean;
      readonly otherwise?: Word;
      readonly orEmpty?: boolean;
    }
  /** `$(…)` and backticks: what a command prints. */
  | { readonly is: "command"; readonly list: List; readonly quoted: boolean }
  /** `$((…))` */
  | { readonly is: "sum"; readonly text: string; readonly quoted: boolean };

export type Word = readonly Part[];

export type Redirect =
  | { readonly is: "to"; readonly stream: Stream | "both"; readonly append: boolean; readonly path: Word }
  /** `2>&1` */
  | { readonly is: "same"; readonly stream: Stream; readonly as: Stream }
  | { readonly is: "from"; readonly path: Word }
  /** A here-document or a here-string. */
  | { readonly is: "here"; readonly text: Word };

/** 1: what a command prints; 2: what it says of errors. */
export type Stream = 1 | 2;

export interface Assignment {
  readonly name: string;
  readonly value: Word;
}

export type Command = { readonly redirects: readonly Redirect[] } & (
  | { readonly is: "simple"; readonly assignments: readonly Assignment[]; readonly words: readonly Word[] }
  /** `( … )` changes nothing of the shell around it, `{ …; }` does. */
  | { readonly is: "group"; readonly list: List; readonly apart: boolean }
  | { readonly is: "for"; readonly name: string; readonly words: readonly Word[]; readonly body: List }
  | { readonly is: "while"; readonly until: boolean; readonly test: List; readonly body: List }
  | {
      readonly is: "if";
      readonly branches: readonly { readonly test: List; readonly body: List }[];
      readonly otherwise: List | null;
    }
);

export interface Pipeline {
  /** `!` before it: its exit code the other way round. */
  readonly negated: boolean;
  readonly commands: readonly Command[];
}

/** Pipelines in order; `after` says of what outcome of the one before it each is run. */
export type List = readonly { readonly after: "any" | "success" | "failure"; readonly pipeline: Pipeline }[];
