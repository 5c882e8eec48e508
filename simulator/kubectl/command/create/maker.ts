/** The commands below `kubectl create`: each makes an object of its flags. Models kubectl/pkg/cmd/create. */
import type { JsonObject } from "../../../api/json.ts";
import { apiVersionOf } from "../../../api/kind.ts";
import type { Command, Context, Running, Steps } from "../command.ts";
import { ended, type Failure, fail, misused, quoted } from "../failure.ts";
import { dryRun, type Flag, fieldManager, printing, saveConfig, validation } from "../flag.ts";
import { print } from "../output.ts";
import { createObject } from "../requests.ts";
import { dryRunOf, flag, isOn, type Words } from "../words.ts";
import { fieldValidationOf, withLastAppliedInOrder } from "../written.ts";

/** The object, or why none can be made. */
export type Made = { readonly object: JsonObject } | { readonly failure: Failure } | { readonly ended: number };

export interface Maker {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly kind: string;
  readonly says: string;
  readonly usage: string;
  readonly flags: readonly Flag[];
  /** What is said before the refusal of the server; absent: the refusal stands alone. */
  readonly refused?: string;
  readonly takesRest?: true;
  readonly make: (context: Context, name: string, words: Words) => Made | Steps<Made>;
}

/** The command of a maker. */
export function makerCommand(maker: Maker): Command {
  const { name, aliases = [], says, usage, flags, takesRest } = maker;
  return {
    name,
    aliases,
    says,
    usage,
    flags: [...flags, ...printing(), dryRun, fieldManager("kubectl-create"), saveConfig, validation],
    ...(takesRest ? { takesRest } : {}),
    run: (context, words) => create(maker, context, words),
  };
}

function* create({ kind, refused, make }: Maker, context: Context, words: Words): Running {
  const row = context.door.kinds.named(kind);
  if (!row) return yield* fail(`the server doesn't have a resource type "${kind.toLowerCase()}"`);
  const [name] = words.args;
  if (name === undefined || words.args.length !== 1) {
    return yield* misused(words, `exactly one NAME is required, got ${words.args.length}`);
  }
  const making = make(context, name, words);
  const made = Symbol.iterator in making ? yield* making : making;
  if ("ended" in made) return made.ended;
  if ("failure" in made) return yield* fail(made.failure);
  const { metadata, ...rest } = made.object;
  const given = context.isNamespaceGiven && row.namespaced ? { namespace: context.namespace } : {};
  const { name: own, ...more } = metadata as JsonObject;
  const whole = {
    kind: row.kind,
    apiVersion: apiVersionOf(row),
    metadata: { name: own ?? name, ...given, ...more },
    ...rest,
  } as JsonObject;
  const body = isOn(words, "save-config") ? withLastAppliedInOrder(whole) : whole;
  const mode = dryRunOf(words);
  if (mode === "client") return yield* ended(yield* print(context, words, row, body, "created", { inOrder: true }));
  const answer = yield* createObject(context, row, context.namespace, body, {
    dryRun: mode === "server",
    fieldManager: flag(words, "field-manager"),
    fieldValidation: fieldValidationOf(words),
    answer: context.parts,
  });
  if (!answer.ok) {
    return yield* fail(refused === undefined ? answer.status : `${refused} ${quoted(answer.status)}`);
  }
  return yield* ended(yield* print(context, words, row, answer.object, "created", { inOrder: true }));
}

/** A container that runs an image, and what stands behind `--` in it. */
export function container(name: string, image: string, { rest }: Words, more: JsonObject = {}): JsonObject {
  return { name, image, ...(rest.length > 0 ? { command: rest } : {}), ...more, resources: {} };
}
