/** A lab: tasks on a simulated cluster, each judged by what the cluster holds afterwards. One YAML file each; see `client/labs`. */
import type { Fault } from "../../simulator/scenario/scenario.ts";

export type Language = "en" | "ko";

/** A text in the languages that it was written in. */
export interface LabText {
  readonly en: string;
  readonly ko?: string;
}

/** What a command line has to give. Without anything beside `run` it has to succeed. */
export interface Condition {
  readonly run: string;
  /** The whole output, without blanks around it. */
  readonly is?: string;
  /** The output has to be one of these. */
  readonly oneOf?: readonly string[];
  /** A text that the output has to hold. */
  readonly contains?: string;
  /** How many lines the output has. */
  readonly lines?: number;
  readonly fails?: boolean;
}

/** Where the right answer of a question comes from: a text, or what the cluster says, now or after something has happened. */
export type Answer =
  | { readonly text: string }
  | {
      readonly run: string;
      /** Command lines that are played first, in a copy of the cluster. */
      readonly if?: readonly string[];
      /** Time that passes first, in a copy of the cluster: `30s`, `10m`, `7d`. */
      readonly after?: string;
      /** Counted instead of compared. */
      readonly count?: "lines" | "words";
      /** Any of these is right as well. */
      readonly oneOf?: readonly string[];
    };

export interface Task {
  readonly type: "task";
  readonly text: LabText;
  readonly hints: readonly LabText[];
  readonly solution: readonly string[];
  readonly done: readonly Condition[];
}

export interface Question {
  readonly type: "question";
  readonly text: LabText;
  readonly hints: readonly LabText[];
  readonly answer: Answer;
  /** Told once the answer is right. */
  readonly why?: LabText;
}

export type LabStep = Task | Question;

export interface Lab {
  /** Name of its file without the ending: `01-deployment`. */
  readonly id: string;
  readonly title: LabText;
  readonly about: LabText;
  /** Files that the lab brings, by name. */
  readonly files: ReadonlyMap<string, string>;
  readonly faults: readonly Fault[];
  /** Command lines that make the cluster with which the lab begins. */
  readonly start: readonly string[];
  readonly steps: readonly LabStep[];
}

/** The text in a language, in English where it was not written in that. */
export function inLanguage(text: LabText, language: Language): string {
  return text[language] ?? text.en;
}
