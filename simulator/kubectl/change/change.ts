/**
 * What becomes of an object when a text is brought to it: the verdict, the object afterwards, and what of the text took no
 * effect. A pure function of two texts and a mode.
 */

import { FieldPath, problem } from "../../api/field-path.ts";
import { asObject, isObject, type JsonObject, listAt, stringAt } from "../../api/json.ts";
import type { KindRow, KindTable } from "../../api/kind.ts";
import { servedKinds } from "../../api/kind-rules.ts";
import { createdObject } from "../../api/registry/create.ts";
import { resized } from "../../api/registry/resize.ts";
import type { Surroundings } from "../../api/registry/surroundings.ts";
import { inVersion } from "../../api/registry/versions.ts";
import { isLive, madeBy, type Origin } from "./made.ts";
import { answered, gaveUp, type Mode, type Outcome } from "./outcome.ts";
import type { Place } from "./server.ts";
import { type Silent, silentPaths } from "./silent.ts";
import { identityOf, readText, unnamed } from "./text.ts";
import { applied, appliedByServer, replaced, replacedByForce } from "./ways.ts";

export interface ChangeRequest {
  /** The manifest that made the object, or the live object itself. */
  readonly old: unknown;
  readonly next: unknown;
  readonly mode: Mode;
  readonly surroundings: Surroundings;
  /** How the object came to be; the default: as the mode would make it. */
  readonly origin?: Origin;
  /** The object as it is when the text meets it, where others have changed it since. */
  readonly live?: JsonObject;
  readonly kinds?: KindTable;
}

export interface Change extends Outcome {
  /** The object before, as it is stored; undefined where the server could not even have made it. */
  readonly before?: JsonObject;
  /** What of an accepted text took no effect. */
  readonly silent: Silent;
}

const origins: Readonly<Record<Mode, Origin>> = {
  apply: "apply",
  replace: "create",
  "replace --force": "create",
  "replace --subresource resize": "create",
  "server-side": "server-side",
  "server-side --force-conflicts": "server-side",
};

const noSilence: Silent = { dropped: [], different: [], order: [], kept: [] };

/** The namespace that is present: that of the old object, so that a text without one means the same. */
function presentNamespace(old: unknown): string {
  const metadata = isObject(old) ? asObject(old["metadata"]) : {};
  return stringAt(metadata, "namespace") || "default";
}

/** The object that the old manifest made; undefined where there is nothing that could be one. */
export function objectBefore(request: ChangeRequest): JsonObject | undefined {
  const { old, mode, surroundings, origin = origins[mode], kinds = servedKinds } = request;
  const text = readText(old, presentNamespace(old), kinds, surroundings.target);
  return text.ok ? madeBy(text.object, origin, { row: text.row, surroundings }) : undefined;
}

/** What becomes of it. */
export function changeOf(request: ChangeRequest): Change {
  const { old, next, mode, surroundings, kinds = servedKinds } = request;
  const namespace = presentNamespace(old);
  const before = request.live ?? objectBefore(request);
  const done = (outcome: Outcome, silent = noSilence): Change => ({
    ...outcome,
    ...(before ? { before } : {}),
    silent,
  });
  const text = readText(next, namespace, kinds, surroundings.target);
  if (!text.ok) return done(gaveUp(text.problem));
  const nameless = unnamed(text.object);
  if (nameless) return done(gaveUp(nameless));
  const oldText = readText(old, namespace, kinds, surroundings.target);
  const isSame =
    oldText.ok && identityOf(oldText.object, oldText.row, namespace) === identityOf(text.object, text.row, namespace);
  const live = isSame && before ? inVersion(before, stringAt(text.object, "apiVersion")) : undefined;
  // A second Service cannot have the address of the first.
  const taken = live === undefined && before ? listAt(asObject(before["spec"]), "clusterIPs").map(String) : [];
  const ranges = { ...surroundings.ranges, isTaken: (one: string) => one !== "None" && taken.includes(one) };
  const place: Place = { row: text.row, surroundings: taken.length > 0 ? { ...surroundings, ranges } : surroundings };
  const outcome = outcomeOf(mode, live, text.object, place);
  if (outcome.verdict !== "accepted" || outcome.result === undefined) return done(outcome);
  const created = createdObject(ofAnotherName(text.object, text.row), text.row, surroundings);
  return done(
    outcome,
    silentPaths({
      text: text.object,
      result: inVersion(outcome.result, stringAt(text.object, "apiVersion")),
      before: live,
      oldText: oldText.ok ? oldText.object : {},
      isOldLive: oldText.ok && isLive(oldText.object),
      created: created.ok ? inVersion(created.object, stringAt(text.object, "apiVersion")) : undefined,
    }),
  );
}

/** What belongs to the cluster can only be created under another name than that of the object that is there. */
function ofAnotherName(object: JsonObject, row: KindRow): JsonObject {
  if (row.namespaced) return object;
  const metadata = asObject(object["metadata"]);
  return { ...object, metadata: { ...metadata, name: `${stringAt(metadata, "name")}-0` } };
}

function outcomeOf(mode: Mode, live: JsonObject | undefined, text: JsonObject, place: Place): Outcome {
  switch (mode) {
    case "apply":
      return applied(live, text, place);
    case "replace":
      return replaced(live, text, place);
    case "replace --force":
      return replacedByForce(text, place);
    case "server-side":
      return appliedByServer(live, text, false, place);
    case "server-side --force-conflicts":
      return appliedByServer(live, text, true, place);
    case "replace --subresource resize":
      if (live === undefined || !place.row.subresources.includes("resize")) {
        return gaveUp(problem("no-such-subresource", "Refused", FieldPath.root, { value: "resize" }));
      }
      return answered(resized(live, text, place.row, place.surroundings), false);
  }
}
