/** Refusals with what they are about. */
import type { Status } from "../../apiserver/status.ts";

/** A refusal with the file that it is about. Models AddSourceToErr of kubectl/pkg/cmd/util. */
export function at(status: Status, doing: string, source: string): Status {
  return source === "" ? status : { ...status, message: `error when ${doing} "${source}": ${status.message ?? ""}` };
}
