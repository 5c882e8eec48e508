/** `kubectl rollout history`. Models kubectl/pkg/polymorphichelpers/history.go. */
import { asObject, type JsonObject, numberAt, stringAt } from "../../api/json.ts";
import { groupKind, type KindRow, resourceName } from "../../api/kind.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import { revisionAnnotation } from "../../cluster/revisions.ts";
import { parseRevisionNumber } from "../../controllers/deployment/decide.ts";
import { podTemplateText } from "../describe/pod-template.ts";
import type { Printed } from "../get.ts";
import { alignedText } from "../table-text.ts";
import { isControlledBy } from "../undo.ts";
import type { Door } from "./door.ts";
import { ended, type Failure } from "./failure.ts";
import { printed } from "./output.ts";
import { type Info, pick } from "./pick.ts";
import { flag, numberOf, type Words } from "./words.ts";

export const changeCause = "kubernetes.io/change-cause";

/** What keeps former templates of a workload: its ReplicaSets or ControllerRevisions; undefined for a kind without. */
export function pastOf(door: Door, { place, object }: Info): readonly ApiObject[] | undefined {
  const kept = historyRow(door, place.row);
  return kept && door.list(kept).filter((one) => isControlledBy(one, object));
}

function historyRow(door: Door, row: KindRow): KindRow | undefined {
  return row.rolls && row.history ? door.kinds.named(row.history) : undefined;
}

/** The revisions of a workload, the former ones first. */
export function history(door: Door, words: Words): Printed {
  if (words.args.length === 0) return ended("", ["required resource not specified"]);
  const revision = numberOf(words, "revision", 0);
  if (revision < 0) return ended("", [`revision must be a positive integer: ${revision}`]);
  const { infos, failures } = pick(door, words.args, { everyOf: true });
  const met: Failure[] = [...failures];
  let stdout = "";
  for (const info of infos) {
    const text = historyText(door, info, revision, words);
    if (text.ok) stdout += text.text;
    else met.push(text.error);
  }
  return ended(stdout, met);
}

type Text = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly error: string };
const told = (text: string): Text => ({ ok: true, text });
const failed = (error: string): Text => ({ ok: false, error });

function historyText(door: Door, info: Info, revision: number, words: Words): Text {
  const { row, name } = info.place;
  const past = pastOf(door, info);
  const kept = historyRow(door, row);
  if (!past || !kept) return failed(`no history viewer has been implemented for "${groupKind(row)}"`);
  const numbered = new Map(
    past.flatMap((one): readonly (readonly [number, ApiObject])[] => {
      const number = numberIn(one);
      return number === undefined ? [] : [[number, one]];
    }),
  );
  const one = numbered.get(revision);
  const order = [...numbered].sort(([a], [b]) => a - b);
  if (flag(words, "output")) {
    if (revision > 0 && !one) return failed("unable to find the specified revision");
    const shown = revision > 0 && one ? [one] : order.map(([, object]) => object);
    // What is shown of a ControllerRevision is the workload as it was with it.
    const text = shown.map((past) =>
      kept.kind === "ReplicaSet"
        ? printed(kept, past, "", words)
        : printed(row, restored(info.object, past), "", words),
    );
    return told(text.join(""));
  }
  const head = `${resourceName(row)}/${name}`;
  if (numbered.size === 0) return told(`${head} \nNo rollout history found.\n`);
  if (revision > 0) {
    if (!one) return failed("unable to find the specified revision");
    return told(`${head} with revision #${revision}\n${podTemplateText(templateOfPast(one))}\n`);
  }
  const lines = order.map(([number, object]) => [String(number), causeOf(object) || "<none>"]);
  return told(`${head} \n${alignedText([["REVISION", "CHANGE-CAUSE"], ...lines], 0, 2)}\n`);
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
