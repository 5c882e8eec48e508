/** Errors as kubectl writes them at its end. Models kubectl/pkg/cmd/util/helpers.go (checkErr). */
import type { Status } from "../../apiserver/status.ts";
import type { Running } from "./command.ts";
import type { Words } from "./words.ts";

/** What a command ends with: an answer of the server, or words of its own. */
export type Failure = Status | string;

/** What a failure says when another error quotes it. */
export function quoted(failure: Failure): string {
  return typeof failure === "string" ? failure : (failure.message ?? "");
}

/** The failure as one among others. */
function messageOf(failure: Failure): string {
  if (typeof failure === "string") return failure;
  const { reason, message = "" } = failure;
  return reason ? `Error from server (${reason}): ${message}` : `Error from server: ${message}`;
}

/** A refusal with broken rules tells them line by line. */
function alone(failure: Failure): string {
  if (typeof failure === "string") return failure.startsWith("error: ") ? failure : `error: ${failure}`;
  const { reason, details, message = "" } = failure;
  if (reason !== "Invalid") return messageOf(failure);
  if (!details) return message;
  const { kind = "", name = "", causes = [] } = details;
  const isNamed = kind !== "" || name !== "";
  const head = isNamed ? `The ${kind} "${name}" is invalid` : "The request is invalid";
  const texts = [...new Set(causes.map((one) => `${one.field}: ${one.message}`))];
  if (texts.length === 0) return isNamed || message === "" ? head : `${head}: ${message}`;
  return texts.length === 1 ? `${head}: ${texts[0]}` : `${head}: \n* ${texts.join("\n* ")}`;
}

/** The failures as text, the line end included; nothing for none. */
export function failureText(failures: readonly Failure[]): string {
  const [first] = failures;
  if (first === undefined) return "";
  const text = failures.length > 1 ? failures.map((one) => `${messageOf(one)}\n`).join("") : alone(first);
  return text.endsWith("\n") ? text : `${text}\n`;
}

/** Tells the failures, if any, and ends the command. */
export function* ended(failures: readonly Failure[] = [], code = 1): Running {
  if (failures.length === 0) return 0;
  yield { err: failureText(failures) };
  return code;
}

/** Ends the command with one failure. */
export function fail(failure: Failure, code = 1): Running {
  return ended([failure], code);
}

/** Ends a command that was used otherwise than it is meant. */
export function misused({ path }: Words, why: string): Running {
  return fail(`${why}\nSee '${path} -h' for help and examples`);
}
