/** Errors as kubectl writes them at its end. Models kubectl/pkg/cmd/util/helpers.go (checkErr). */
import type { Status } from "../../apiserver/status.ts";
import type { Printed } from "../get.ts";

/** What a command ends with: an answer of the server, or words of its own. */
export type Failure = Status | string;

/** What a failure says when another error quotes it. */
export function quoted(failure: Failure): string {
  return typeof failure === "string" ? failure : (failure.message ?? "");
}

function standard(status: Status): string {
  const { reason, details, message = "" } = status;
  if (reason !== "Invalid" || !details) return `Error from server (${reason}): ${message}`;
  const head = `The ${details.kind} "${details.name}" is invalid`;
  const causes = (details.causes ?? []).map((one) => `${one.field}: ${one.message}`);
  if (causes.length === 0) return head;
  return causes.length === 1 ? `${head}: ${causes[0]}` : `${head}: \n* ${causes.join("\n* ")}`;
}

/** The failures as text, the line end included; nothing for none. */
export function failureText(failures: readonly Failure[]): string {
  const [first] = failures;
  if (first === undefined) return "";
  if (failures.length > 1) return failures.map((one) => `${typeof one === "string" ? one : standard(one)}\n`).join("");
  if (typeof first !== "string") return `${standard(first)}\n`;
  return `${first.startsWith("error: ") ? "" : "error: "}${first}\n`;
}

/** What a command prints that has written `stdout` and met these failures. */
export function ended(stdout: string, failures: readonly Failure[] = []): Printed {
  return { stdout, stderr: failureText(failures), exitCode: failures.length > 0 ? 1 : 0 };
}
