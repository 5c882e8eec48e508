/** Apply by the client: what the file says now, what it said before and what is there make a patch. Models kubectl/pkg/cmd/apply/patcher.go. */
import { typeOf } from "../../../api/decode.ts";
import { asObject, type JsonObject } from "../../../api/json.ts";
import { threeWayJsonMergePatch } from "../../../api/patch/json-merge.ts";
import { lastApplied, lastAppliedAnnotation } from "../../../api/patch/server-side.ts";
import { threeWayStrategicPatch } from "../../../api/patch/strategic-diff.ts";
import type { Patched } from "../../../api/patch/values.ts";
import type { ApiObject } from "../../../apiserver/types.ts";
import { annotated, withoutNulls } from "../../change/text.ts";
import { compactJson } from "../../print/json-text.ts";
import type { Context, Steps } from "../command.ts";
import type { Failure } from "../failure.ts";
import type { Info } from "../info.ts";
import { infoText, nameFault } from "../info-text.ts";
import { print } from "../output.ts";
import { at } from "../refused.ts";
import { type Answered, createObject, deleteObject, getObject, patchObject } from "../requests.ts";
import { dryRunOf, flag, isOn, type Words } from "../words.ts";
import { fieldValidationOf } from "../written.ts";

type Done = { readonly object: JsonObject } | { readonly failures: readonly Failure[] };

const failed = (...failures: readonly Failure[]): Done => ({ failures });

/** Creates the object, or changes it to what the file says. */
export function* applyOne(context: Context, words: Words, info: Info, isSilent: boolean): Steps<Done> {
  const { place, object, source = "" } = info;
  const unnamed = nameFault(object);
  if (unnamed !== undefined) return failed(unnamed);
  const live = yield* getObject(context, place);
  if (!live.ok && live.status.reason !== "NotFound") {
    return failed(at(live.status, `retrieving current configuration of:\n${infoText(info)}\nfrom server for:`, source));
  }
  if (!live.ok) return yield* create(context, words, info, isSilent);
  return yield* change(context, words, { ...info, live: live.object }, isSilent);
}

function optionsOf(words: Words) {
  return {
    dryRun: dryRunOf(words) === "server",
    fieldManager: flag(words, "field-manager"),
    fieldValidation: fieldValidationOf(words),
    answer: "unmanaged",
  } as const;
}

function* tell(
  context: Context,
  words: Words,
  info: Info,
  object: JsonObject,
  did: string,
  isSilent: boolean,
): Steps<Done> {
  if (isSilent) return { object };
  return { failures: yield* print(context, words, info.place.row, object, did) };
}

function* create(context: Context, words: Words, info: Info, isSilent: boolean): Steps<Done> {
  const { place, object, source = "" } = info;
  const body = withoutNulls(annotated(object)) as JsonObject;
  if (dryRunOf(words) === "client") return yield* tell(context, words, info, body, "created", isSilent);
  const made = yield* createObject(context, place.row, place.namespace, body, optionsOf(words));
  if (!made.ok) return failed(at(made.status, "creating", source));
  return yield* tell(context, words, info, made.object, "created", isSilent);
}

interface LiveInfo extends Info {
  readonly live: ApiObject;
}

function* change(context: Context, words: Words, info: LiveInfo, isSilent: boolean): Steps<Done> {
  const { place, object, live } = info;
  const mode = dryRunOf(words);
  if (asObject(live.metadata.annotations)[lastAppliedAnnotation] === undefined) {
    yield {
      err:
        `Warning: resource ${place.row.plural}/${place.name} is missing the ${lastAppliedAnnotation} annotation which is ` +
        "required by kubectl apply. kubectl apply should only be used on resources created declaratively by either " +
        "kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n",
    };
  }
  const type = typeOf(live.apiVersion, place.row.kind);
  const patch = patchFor(annotated(object), live, type);
  if (!patch.ok) return failed(`error when creating patch: ${String(patch.problem.value)}`);
  if (mode === "client") return yield* tell(context, words, info, live, "configured", isSilent);
  if (Object.keys(asObject(patch.value)).length === 0) {
    return yield* tell(context, words, info, live, "unchanged", isSilent);
  }
  if (live.metadata["deletionTimestamp"] !== undefined) {
    yield { err: `Warning: Detected changes to resource ${place.name} which is currently being deleted.\n` };
  }
  const kind = type === undefined ? "merge" : "strategic";
  const patched = yield* patchObject(context, place, patch.value, kind, optionsOf(words), flag(words, "subresource"));
  if (patched.ok) return yield* tell(context, words, info, patched.object, "configured", isSilent);
  const { reason } = patched.status;
  if (isOn(words, "force") && (reason === "Invalid" || reason === "Conflict")) {
    const anew = yield* replaceByForce(context, words, info);
    return anew.ok ? yield* tell(context, words, info, anew.object, "configured", isSilent) : failed(anew.status);
  }
  const inner = at(patched.status, "patching", info.source ?? "");
  return failed(
    at(inner, `applying patch:\n${compactJson(patch.value)}\nto:\n${infoText(info)}\nfor:`, info.source ?? ""),
  );
}

/** The patch that brings the live object to what the file says, and takes away what it said before and no longer does. */
export function patchFor(next: JsonObject, live: ApiObject, type: string | undefined): Patched {
  const before = lastApplied(live) ?? {};
  return type === undefined
    ? threeWayJsonMergePatch(before, next, live)
    : threeWayStrategicPatch(before, next, live, type);
}

/** Deletes the object, waits until it is gone, and makes it anew. */
function* replaceByForce(context: Context, words: Words, { place, object }: LiveInfo): Steps<Answered> {
  yield* deleteObject(context, place, { propagation: "background", gracePeriodSeconds: 0 });
  for (;;) {
    const there = yield* getObject(context, place);
    if (!there.ok) break;
    yield { pass: Number.POSITIVE_INFINITY };
  }
  return yield* createObject(context, place.row, place.namespace, annotated(object), optionsOf(words));
}
