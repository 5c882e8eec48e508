/** What a kubectl command is: a row of the table of commands, and a generator of what it does. */
import type { JsonObject } from "../../api/json.ts";
import type { KindTable } from "../../api/kind.ts";
import type { Target } from "../../api/target.ts";
import type { Watched } from "../../apiserver/change-log.ts";
import type { ListOptions } from "../../apiserver/read.ts";
import type { Request, Response } from "../../apiserver/request.ts";
import type { Parts, Place } from "../../apiserver/types.ts";
import type { Flag } from "./flag.ts";
import type { Words } from "./words.ts";

/** What kubectl asks of an API server, so that a command is the same on a session, a bare cluster and a given state of one. */
export interface Door {
  readonly kinds: KindTable;
  readonly target: Target;
  /** In milliseconds since 1970. */
  now(): number;
  request(request: Request): Response;
  /** The changes of the objects at a place since a version; absent where only the state of the moment can be asked for. */
  watch?(place: Place, version: number, options: ListOptions): Watched;
}

/** Files by their paths as typed; `-` is the standard input. */
export interface Files {
  /** The text; undefined when there is no such file. */
  read(path: string): string | undefined;
  /** The names in a folder, those of folders with `/` behind them; undefined when there is no such folder. */
  list(path: string): readonly string[] | undefined;
}

/** A document of a file: its value, or why it has none, in kubectl's words. */
export type ReadDocument = { readonly value: unknown } | { readonly error: string };

/** What a command line is run in. */
export interface Environment {
  readonly door: Door;
  readonly files: Files;
  /** Takes a text of YAML or JSON apart. */
  readDocuments(text: string): readonly ReadDocument[];
  /** The kubeconfig: a Config of v1. */
  readonly config: JsonObject;
  readonly variables: Readonly<Record<string, string>>;
  /** What `explain` tells of types and fields. */
  readonly docs?: FieldDocs;
}

/** Descriptions by the names of types. */
export type FieldDocs = Readonly<
  Record<string, { readonly description: string; readonly fields: Readonly<Record<string, string>> }>
>;

/** What a command runs in: the environment, and what its flags and the kubeconfig say of where. */
export interface Context extends Environment {
  readonly namespace: string;
  /** The namespace was given on the command line. */
  readonly isNamespaceGiven: boolean;
  /** What of objects is asked for: who manages which field only where that is shown. */
  readonly parts: Parts;
  /** Warnings that were told already. */
  readonly warned: Set<string>;
}

/**
 * What a command does, in order. `pass` lets time pass until something changes in the cluster, at most so many milliseconds;
 * `edit` hands a text to an editor, whose text comes back as the answer (undefined: none came); `config` is kept as the
 * kubeconfig of the command lines that follow.
 */
export type Effect =
  | { readonly out: string }
  | { readonly err: string }
  | { readonly pass: number }
  | { readonly edit: { readonly name: string; readonly text: string } }
  | { readonly config: JsonObject };

/** Effects on the way to a result. What comes back into it is the answer to an `edit`. */
export type Steps<T> = Generator<Effect, T, string | undefined>;

/** A command under way; it ends with its exit code. */
export type Running = Steps<number>;

export interface Command {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** One line for a list of commands. */
  readonly says: string;
  /** What follows the name in its usage: `(TYPE NAME | TYPE/NAME)`. */
  readonly usage?: string;
  readonly flags?: readonly Flag[];
  /** Flags of which only one may be given. */
  readonly exclusive?: readonly (readonly string[])[];
  readonly commands?: readonly Command[];
  /** What stands behind `--` is not for kubectl but for a container. */
  readonly takesRest?: true;
  /** Its flags are not looked at. */
  readonly anyFlags?: true;
  /** Its `-o` has formats of its own. */
  readonly printsItself?: true;
  /** Absent for a command that only has others below it. */
  readonly run?: (context: Context, words: Words) => Running;
}
