/** `kubectl apply`. Models kubectl/pkg/cmd/apply/apply.go. */
import type { JsonObject } from "../../../api/json.ts";
import { sorted } from "../../print/json-text.ts";
import { printerOf } from "../../print/printer.ts";
import type { Command, Context, Running, Steps } from "../command.ts";
import type { Failure } from "../failure.ts";
import { ended, fail, misused } from "../failure.ts";
import { entriesOfFiles } from "../files.ts";
import {
  bySelector,
  deleting,
  dryRun,
  everyObject,
  fieldManager,
  fromFiles,
  list,
  printing,
  text,
  toggle,
  validation,
} from "../flag.ts";
import type { Info } from "../info.ts";
import { selectedBy } from "../selected.ts";
import { flag, isOn, values, type Words } from "../words.ts";
import { applyOne } from "./client-side.ts";
import { editLastApplied } from "./edit-last-applied.ts";
import { setLastApplied, viewLastApplied } from "./last-applied.ts";
import { applyByServer } from "./server-side.ts";

export const apply: Command = {
  name: "apply",
  says: "Bring objects to what files say",
  usage: "-f FILENAME",
  flags: [
    ...fromFiles,
    ...printing(),
    ...deleting,
    bySelector,
    everyObject,
    dryRun,
    fieldManager("kubectl-client-side-apply"),
    validation,
    toggle("force-conflicts", "take over fields that others manage"),
    toggle("openapi-patch", "make patches by what is known of a kind", { value: "true" }),
    toggle("overwrite", "settle differences in favour of the file", { value: "true" }),
    toggle("prune", "delete what is no longer in the files"),
    list("prune-allowlist", "kinds that may be deleted so"),
    toggle("server-side", "let the server merge"),
    text("subresource", "the part that is meant: status, scale"),
    toggle("wait", "wait until what is deleted is gone"),
  ],
  commands: [editLastApplied, setLastApplied, viewLastApplied],
  run,
};

function* run(context: Context, words: Words): Running {
  if (words.args.length > 0) return yield* misused(words, `Unexpected args: [${words.args.join(" ")}]`);
  if (values(words, "filename").length === 0 && flag(words, "kustomize") === "") {
    return yield* fail("must specify one of -f and -k");
  }
  const isServerSide = isOn(words, "server-side");
  if (isOn(words, "force-conflicts") && !isServerSide) {
    return yield* fail("--force-conflicts only works with --server-side");
  }
  if (flag(words, "dry-run") === "client" && isServerSide) {
    return yield* fail("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)");
  }
  if (isOn(words, "prune"))
    return yield* fail("--prune is not available here: delete what is no longer wanted by its name");
  const isChosen = selectedBy(flag(words, "selector"));
  if (typeof isChosen === "string") return yield* fail(isChosen);
  const failures: Failure[] = [];
  const shown: JsonObject[] = [];
  let count = 0;
  for (const entry of entriesOfFiles(context, words)) {
    if ("failure" in entry) failures.push(entry.failure);
    else if (isChosen(entry.info.object)) {
      count++;
      const done = yield* one(context, words, entry.info, isServerSide);
      if ("object" in done) shown.push(done.object);
      else failures.push(...done.failures);
    }
  }
  if (count === 0 && failures.length === 0) return yield* fail("no objects passed to apply");
  if (printsObjects(words) && shown.length > 0) failures.push(...(yield* printAll(context, words, shown)));
  return yield* ended(failures);
}

type Done = { readonly object: JsonObject } | { readonly failures: readonly Failure[] };

function one(context: Context, words: Words, info: Info, isServerSide: boolean): Steps<Done> {
  const isSilent = printsObjects(words);
  return isServerSide ? applyByServer(context, words, info, isSilent) : applyOne(context, words, info, isSilent);
}

/** Objects are printed together at the end. */
function printsObjects(words: Words): boolean {
  const output = flag(words, "output");
  return (output !== "" && output !== "name") || flag(words, "template") !== "";
}

function* printAll(context: Context, words: Words, objects: readonly JsonObject[]): Steps<readonly Failure[]> {
  const printer = printerOf(words, context.files);
  if (!printer || "error" in printer) return [];
  const whole: JsonObject =
    objects.length === 1
      ? objects[0]!
      : { apiVersion: "v1", items: objects, kind: "List", metadata: { resourceVersion: "" } };
  const shown = printer(sorted(whole) as JsonObject);
  if ("error" in shown) return [shown.error];
  yield { out: shown.text };
  return [];
}
