/** `kubectl patch`. Models kubectl/pkg/cmd/patch/patch.go. */
import { sameJson } from "../../api/equality.ts";
import type { JsonObject } from "../../api/json.ts";
import type { Json } from "../../api/objects.ts";
import { type PatchType, patchedObject } from "../../apiserver/patch.ts";
import { badRequest } from "../../apiserver/status.ts";
import type { Command, Context, Running, Steps } from "./command.ts";
import { ended, type Failure, fail } from "./failure.ts";
import { dryRun, fieldManager, fromFiles, printing, text, toggle } from "./flag.ts";
import type { Info } from "./info.ts";
import { print } from "./output.ts";
import { pick } from "./pick.ts";
import { patchObject } from "./requests.ts";
import { dryRunOf, flag, isOn, type Words, wasGiven } from "./words.ts";

export const patch: Command = {
  name: "patch",
  says: "Change fields of objects",
  usage: "(-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]",
  flags: [
    ...fromFiles,
    ...printing(),
    dryRun,
    fieldManager("kubectl-patch"),
    toggle("local", "ask nothing of the server"),
    text("patch", "the patch, as JSON or YAML", { short: "p" }),
    text("patch-file", "file of the patch"),
    text("subresource", "the part that is meant: status, scale"),
    text("type", "json, merge or strategic", { value: "strategic" }),
  ],
  run,
};

const types: Readonly<Record<string, PatchType>> = { json: "json", merge: "merge", strategic: "strategic" };

function* run(context: Context, words: Words): Running {
  const [given, file] = [wasGiven(words, "patch"), wasGiven(words, "patch-file")];
  if (given && file) return yield* fail("cannot specify --patch and --patch-file together");
  if (!given && !file) {
    return yield* fail("must specify --patch or --patch-file containing the contents of the patch");
  }
  const type = types[flag(words, "type").toLowerCase()];
  if (type === undefined) {
    return yield* fail(`--type must be one of [json merge strategic], not ${JSON.stringify(flag(words, "type"))}`);
  }
  const path = flag(words, "patch-file");
  const source = file ? context.files.read(path) : flag(words, "patch");
  if (source === undefined) return yield* fail(`unable to read patch file: open ${path}: no such file or directory`);
  if (source.trimStart().startsWith("{") && !isJson(source)) {
    return yield* fail({ ...badRequest("error decoding patch: the text is no JSON") });
  }
  const [document] = context.readDocuments(source);
  if (document !== undefined && "error" in document) {
    return yield* fail(
      `unable to parse ${JSON.stringify(source)}: ${document.error.replace(/^error converting YAML to JSON: /, "")}`,
    );
  }
  const body = (document?.value ?? null) as Json;
  const isLocal = isOn(words, "local");
  const picked = yield* pick(context, words, { local: isLocal });
  if (picked.infos.length === 0 && picked.failures.length === 0) return yield* fail("no objects passed to patch");
  const met: Failure[] = [...picked.failures];
  for (const info of picked.infos) met.push(...(yield* patchOne(context, words, info, body, type, isLocal)));
  return yield* ended(met);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function* patchOne(
  context: Context,
  words: Words,
  info: Info,
  body: Json,
  type: PatchType,
  isLocal: boolean,
): Steps<readonly Failure[]> {
  const { place, object } = info;
  const said = (made: JsonObject, by = words) => {
    const isChanged = !sameJson(made, object);
    return print(context, by, place.row, made, isChanged ? "patched" : "patched (no change)");
  };
  if (isLocal || dryRunOf(words) === "client") {
    const made = patchedObject(place, object, body, type);
    if (!made.ok) return [made.status];
    // What is not sent is not called a dry run here.
    return yield* said(made.object, { ...words, given: new Map([...words.given, ["dry-run", ["none"]]]) });
  }
  const options = {
    dryRun: dryRunOf(words) === "server",
    fieldManager: flag(words, "field-manager"),
    answer: context.parts,
  } as const;
  const answer = yield* patchObject(context, place, body, type, options, flag(words, "subresource"));
  return answer.ok ? yield* said(answer.object) : [answer.status];
}
