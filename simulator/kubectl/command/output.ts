/** What was done to objects, as kubectl prints it. Models cli-runtime/pkg/genericclioptions/print_flags.go. */
import type { JsonObject } from "../../api/json.ts";
import { apiVersionOf, type KindRow } from "../../api/kind.ts";
import { sorted } from "../print/json-text.ts";
import { nameOf, printerOf } from "../print/printer.ts";
import type { Context, Steps } from "./command.ts";
import type { Failure } from "./failure.ts";
import { type DryRun, dryRunOf, type Words } from "./words.ts";

const suffixes: Readonly<Record<DryRun, string>> = { none: "", client: " (dry run)", server: " (server dry run)" };

/** `created (dry run)`: what was done, and whether it was only tried. */
export function operationText(operation: string, words: Words): string {
  return operation + suffixes[dryRunOf(words)];
}

export interface Printing {
  /** The keys stay in their order, as those of an object that kubectl has made itself. */
  readonly inOrder?: boolean;
}

/**
 * Prints the object in the form that `-o` asks for; without one, what was done to it. Gives what went wrong. That the form is one at
 * all has been seen to before the command ran.
 */
export function* print(
  context: Context,
  words: Words,
  row: KindRow,
  object: JsonObject,
  operation: string,
  { inOrder = false }: Printing = {},
): Steps<readonly Failure[]> {
  const { apiVersion = apiVersionOf(row), kind = row.kind, ...rest } = object;
  const whole: JsonObject = { kind, apiVersion, ...rest };
  const printer = printerOf(words, context.files);
  if (printer === undefined) {
    yield { out: `${nameOf(whole)} ${operationText(operation, words)}\n` };
    return [];
  }
  if ("error" in printer) return [printer.error];
  const shown = printer(inOrder ? whole : (sorted(whole) as JsonObject));
  if ("error" in shown) return [shown.error];
  yield { out: shown.text };
  return [];
}
