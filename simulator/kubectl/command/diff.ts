/** `kubectl diff`. Models kubectl/pkg/cmd/diff/diff.go, and the tool that it has compare. */
import { typeOf } from "../../api/decode.ts";
import { asObject, isObject, type JsonObject, without } from "../../api/json.ts";
import type { Json } from "../../api/objects.ts";
import { lastAppliedText } from "../../api/patch/server-side.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import { withoutNulls } from "../change/text.ts";
import { unifiedDiff } from "../print/unified-diff.ts";
import { yamlText } from "../print/yaml-text.ts";
import { patchFor } from "./apply/client-side.ts";
import type { Command, Context, Running, Steps } from "./command.ts";
import { type Failure, fail, failureText, misused } from "./failure.ts";
import { entriesOfFiles } from "./files.ts";
import { bySelector, count, fieldManager, fromFiles, list, toggle } from "./flag.ts";
import type { Info } from "./info.ts";
import { type Answered, createObject, getObject, patchObject } from "./requests.ts";
import { selectedBy } from "./selected.ts";
import { flag, isOn, values, type Words, wasGiven } from "./words.ts";

export const diff: Command = {
  name: "diff",
  says: "Show what an apply would change",
  usage: "-f FILENAME",
  flags: [
    ...fromFiles,
    bySelector,
    fieldManager("kubectl-client-side-apply"),
    count("concurrency", "how many objects to ask for at once", { value: "1" }),
    toggle("force-conflicts", "take over fields that others manage"),
    toggle("prune", "show what would be deleted too"),
    list("prune-allowlist", "kinds that may be deleted so"),
    toggle("server-side", "let the server merge"),
    toggle("show-managed-fields", "compare metadata.managedFields too"),
    toggle("show-secrets", "show the data of Secrets"),
  ],
  run,
};

/** Exit code 1 means that something differs; more, that something went wrong. */
function* run(context: Context, words: Words): Running {
  if (words.args.length > 0) return yield* misused(words, `Unexpected args: [${words.args.join(" ")}]`);
  if (values(words, "filename").length === 0 && flag(words, "kustomize") === "") {
    return yield* fail("must specify one of -f and -k", 2);
  }
  const isChosen = selectedBy(flag(words, "selector"));
  if (typeof isChosen === "string") return yield* fail(isChosen, 2);
  const failures: Failure[] = [];
  let differs = false;
  for (const entry of entriesOfFiles(context, words)) {
    if ("failure" in entry) failures.push(entry.failure);
    else if (isChosen(entry.info.object)) {
      const compared = yield* compare(context, words, entry.info);
      if ("failure" in compared) failures.push(compared.failure);
      else if (compared.text !== "") {
        differs = true;
        yield { out: compared.text };
      }
    }
  }
  if (failures.length > 0) {
    yield { err: failureText(failures) };
    return 2;
  }
  return differs ? 1 : 0;
}

type Compared = { readonly text: string } | { readonly failure: Failure };

function* compare(context: Context, words: Words, info: Info): Steps<Compared> {
  const { place } = info;
  const live = yield* getObject(context, place);
  if (!live.ok && live.status.reason !== "NotFound") return { failure: live.status };
  const before = live.ok ? live.object : undefined;
  const after = yield* applied(context, words, info, before);
  if (!after.ok) return { failure: after.status };
  const shown = before ? shownBoth(before, after.object, words) : ([undefined, shownOne(after.object, words)] as const);
  const texts = shown.map((object) => (object ? yamlText(object) : ""));
  const version = place.row.group === "" ? "" : `${place.row.group}.`;
  const name = `${version}${after.object.apiVersion.split("/").at(-1)}.${place.row.kind}.${place.namespace}.${place.name}`;
  const moment = new Date(context.door.now())
    .toISOString()
    .replace("T", " ")
    .replace(/\.\d+Z$/, ".000000000 +0000");
  return { text: unifiedDiff(`LIVE/${name}`, `MERGED/${name}`, texts[0]!, texts[1]!, moment) };
}

function* applied(
  context: Context,
  words: Words,
  { place, object }: Info,
  live: ApiObject | undefined,
): Steps<Answered> {
  const manager = flag(words, "field-manager");
  const options = { dryRun: true, fieldManager: manager, fieldValidation: "Strict", answer: "unmanaged" } as const;
  if (isOn(words, "server-side")) {
    const by = wasGiven(words, "field-manager") ? manager : "kubectl";
    const asked = { ...options, fieldManager: by, force: isOn(words, "force-conflicts") };
    return yield* patchObject(context, place, object, "apply", asked);
  }
  if (!live)
    return yield* createObject(context, place.row, place.namespace, withoutNulls(object) as JsonObject, options);
  const type = typeOf(live.apiVersion, place.row.kind);
  const patch = patchFor(JSON.parse(lastAppliedText(object)) as JsonObject, live, type);
  return yield* patchObject(
    context,
    place,
    patch.ok ? patch.value : {},
    type === undefined ? "merge" : "strategic",
    options,
  );
}

function shownOne(object: ApiObject, words: Words): JsonObject {
  const shown: JsonObject = isOn(words, "show-managed-fields")
    ? object
    : { ...object, metadata: without(asObject(object["metadata"]), ["managedFields"]) };
  return isSecret(object, words) ? withData(shown, () => "***") : shown;
}

/** The same for an object before and after; of what a Secret holds only is told what differs. */
function shownBoth(before: ApiObject, after: ApiObject, words: Words): readonly [JsonObject, JsonObject] {
  const [one, other] = [shownOne(before, words), shownOne(after, words)];
  if (!isSecret(before, words)) return [one, other];
  const [was, is] = [asObject(before["data"]), asObject(after["data"])];
  const differs = (key: string) => key in was && key in is && was[key] !== is[key];
  return [
    withData(one, (key) => (differs(key) ? "*** (before)" : "***")),
    withData(other, (key) => (differs(key) ? "*** (after)" : "***")),
  ];
}

function isSecret({ kind }: ApiObject, words: Words): boolean {
  return kind === "Secret" && !isOn(words, "show-secrets");
}

function withData(object: JsonObject, said: (key: string) => string): JsonObject {
  const data: Json = object["data"] ?? null;
  if (!isObject(data)) return object;
  return { ...object, data: Object.fromEntries(Object.keys(data).map((key) => [key, said(key)])) };
}
