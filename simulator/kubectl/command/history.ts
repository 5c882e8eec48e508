/** `kubectl rollout history`. Models kubectl/pkg/polymorphichelpers/history.go. */
import { asObject, type JsonObject, numberAt, stringAt } from "../../api/json.ts";
import { groupKind, type KindRow, resourceName } from "../../api/kind.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import { parseRevisionNumber, revisionAnnotation } from "../../cluster/revisions.ts";
import { podTemplateText } from "../describe/pod-template.ts";
import { alignedText } from "../print/table-text.ts";
import { isControlledBy } from "../undo.ts";
import type { Context, Running, Steps } from "./command.ts";
import { ended, type Failure, fail } from "./failure.ts";
import type { Info } from "./info.ts";
import { print } from "./output.ts";
import { pick } from "./pick.ts";
import { listObjects } from "./requests.ts";
import { flag, numberOf, type Words } from "./words.ts";

export const changeCause = "kubernetes.io/change-cause";

/** What keeps former templates of a workload: its ReplicaSets or ControllerRevisions; undefined for a kind without. */
export function* pastOf(context: Context, { place, object }: Info): Steps<readonly ApiObject[] | undefined> {
  const kept = historyRow(context, place.row);
  if (!kept) return undefined;
  const answer = yield* listObjects(context, kept, place.namespace);
  return answer.ok ? answer.object.items.filter((one) => isControlledBy(one, object)) : [];
}

function historyRow({ door }: Context, row: KindRow): KindRow | undefined {
  return row.rolls && row.history ? door.kinds.named(row.history) : undefined;
}

/** The revisions of a workload, the former ones first. */
export function* history(context: Context, words: Words): Running {
  if (words.args.length === 0) return yield* fail("required resource not specified");
  const revision = numberOf(words, "revision");
  if (revision < 0) return yield* fail(`revision must be a positive integer: ${revision}`);
  const { infos, failures } = yield* pick(context, words, { everyOf: true });
  const met: Failure[] = [...failures];
  for (const info of infos) met.push(...(yield* tell(context, info, revision, words)));
  return yield* ended(met);
}

function* tell(context: Context, info: Info, revision: number, words: Words): Steps<readonly Failure[]> {
  const { row, name } = info.place;
  const past = yield* pastOf(context, info);
  const kept = historyRow(context, row);
  if (!past || !kept) return [`no history viewer has been implemented for "${groupKind(row)}"`];
  const numbered = new Map(
    past.flatMap((one): readonly (readonly [number, ApiObject])[] => {
      const number = numberIn(one);
      return number === undefined ? [] : [[number, one]];
    }),
  );
  const one = numbered.get(revision);
  const order = [...numbered].sort(([a], [b]) => a - b);
  if (revision > 0 && !one) return ["unable to find the specified revision"];
  if (flag(words, "output")) {
    const shown = revision > 0 && one ? [one] : order.map(([, object]) => object);
    const met: Failure[] = [];
    // What is shown of a ControllerRevision is the workload as it was with it.
    for (const former of shown) {
      const isReplicaSet = kept.kind === "ReplicaSet";
      const object = isReplicaSet ? former : restored(info.object, former);
      met.push(...(yield* print(context, words, isReplicaSet ? kept : row, object, "")));
    }
    return met;
  }
  const head = `${resourceName(row)}/${name}`;
  if (numbered.size === 0) yield { out: `${head} \nNo rollout history found.\n` };
  else if (one && revision > 0) {
    yield { out: `${head} with revision #${revision}\n${podTemplateText(templateOfPast(one))}\n` };
  } else {
    const lines = order.map(([number, object]) => [String(number), causeOf(object) || "<none>"]);
    yield { out: `${head} \n${alignedText([["REVISION", "CHANGE-CAUSE"], ...lines], 0, 2)}\n` };
  }
  return [];
}

function restored(object: ApiObject, past: ApiObject): JsonObject {
  return { ...object, spec: { ...asObject(object["spec"]), template: templateOfPast(past) } };
}

function numberIn(past: ApiObject): number | undefined {
  const own = numberAt(past, "revision");
  if (own !== undefined || "data" in past) return own ?? 0;
  const parsed = parseRevisionNumber(past.metadata.annotations?.[revisionAnnotation]);
  return parsed === null ? undefined : Number(parsed);
}

function causeOf(past: ApiObject): string {
  const own = past.metadata.annotations?.[changeCause] ?? "";
  if (own !== "" || "data" in past) return own;
  return stringAt(asObject(asObject(templateOfPast(past)["metadata"])["annotations"]), changeCause);
}

/** The pod template that a ReplicaSet or ControllerRevision keeps, with why it came. */
export function templateOfPast(past: ApiObject): JsonObject {
  if ("data" in past) {
    const { $patch: _, ...template } = asObject(asObject(asObject(past["data"])["spec"])["template"]);
    return template;
  }
  const template = asObject(asObject(past["spec"])["template"]);
  const cause = past.metadata.annotations?.[changeCause] ?? "";
  if (cause === "") return template;
  const metadata = asObject(template["metadata"]);
  return {
    ...template,
    metadata: { ...metadata, annotations: { ...asObject(metadata["annotations"]), [changeCause]: cause } },
  };
}
