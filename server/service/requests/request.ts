/** What may be asked of the service. Parameters and results have the shapes of the language server protocol. */
import type { Service } from "../service.ts";
import type { Position, Range } from "../text.ts";

/** One request: a file of its own, and a line in `requests.ts`. */
export interface Request<Params, Result> {
  /** As the protocol names it. */
  readonly method: string;
  /** What a server that answers it says of itself when it starts. */
  readonly capabilities?: (client: ClientAbilities) => Readonly<Record<string, unknown>>;
  readonly answer: (service: Service, params: Params, cancelled: () => boolean) => Result | Promise<Result>;
  /** The answer when there is none, or when looking for one failed. */
  readonly nothing: Result;
}

/** An answer that is a refusal, with the reason in the reader's language: the client shows it as the request's failure. */
export interface Refused {
  readonly refused: string;
}

/** Whether an answer is a refusal. */
export function isRefused(answer: unknown): answer is Refused {
  return typeof (answer as Refused | null)?.refused === "string";
}

/** What a client can do, as far as answers depend on it. */
export interface ClientAbilities {
  /** Whether it asks for diagnostics itself rather than waiting to be told. */
  readonly pulls: boolean;
  /** Whether something else of it reads YAML, and folds it. */
  readonly yamlElsewhere: boolean;
}

/** Parameters of a question about a whole text. */
export interface TextParams {
  readonly textDocument: { readonly uri: string };
}

/** Parameters of a question about a place in a text. */
export interface PositionParams extends TextParams {
  readonly position: Position;
}

/** Parameters of a question about a part of a text. */
export interface RangeParams extends TextParams {
  readonly range: Range;
}
