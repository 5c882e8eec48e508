/** Apply by the server. Models the server-side half of kubectl/pkg/cmd/apply/apply.go. */
import type { JsonObject } from "../../../api/json.ts";
import type { Context, Steps } from "../command.ts";
import type { Failure } from "../failure.ts";
import type { Info } from "../info.ts";
import { nameFault } from "../info-text.ts";
import { print } from "../output.ts";
import { patchObject } from "../requests.ts";
import { dryRunOf, flag, isOn, type Words, wasGiven } from "../words.ts";
import { fieldValidationOf } from "../written.ts";

type Done = { readonly object: JsonObject } | { readonly failures: readonly Failure[] };

/** Sends the text as it is, and lets the server merge it by who manages which field. */
export function* applyByServer(
  context: Context,
  words: Words,
  { place, object }: Info,
  isSilent: boolean,
): Steps<Done> {
  const unnamed = nameFault(object);
  if (unnamed !== undefined) return { failures: [unnamed] };
  const options = {
    dryRun: dryRunOf(words) === "server",
    fieldManager: wasGiven(words, "field-manager") ? flag(words, "field-manager") : "kubectl",
    force: isOn(words, "force-conflicts"),
    fieldValidation: fieldValidationOf(words),
  };
  const applied = yield* patchObject(context, place, object, "apply", options, flag(words, "subresource"));
  if (!applied.ok) {
    const { reason, message = "" } = applied.status;
    return { failures: [reason === "Conflict" ? `${message}\n${ways}` : applied.status] };
  }
  if (isSilent) return { object: applied.object };
  return { failures: yield* print(context, words, place.row, applied.object, "serverside-applied") };
}

/** What kubectl says can be done about a conflict. */
const ways = [
  "Please review the fields above--they currently have other managers. Here",
  "are the ways you can resolve this warning:",
  "* If you intend to manage all of these fields, please re-run the apply",
  "  command with the `--force-conflicts` flag.",
  "* If you do not intend to manage all of the fields, please edit your",
  "  manifest to remove references to the fields that should keep their",
  "  current managers.",
  "* You may co-own fields by updating your manifest to match the existing",
  "  value; in this case, you'll become the manager if the other manager(s)",
  "  stop managing the field (remove it from their configuration).",
  "See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts",
].join("\n");
