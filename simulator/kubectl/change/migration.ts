/**
 * The first server-side apply of an object that was applied by the client: its fields become those of the server's apply.
 * Models migrateToSSAIfNecessary of kubectl/pkg/cmd/apply and client-go/util/csaupgrade.
 */
import type { JsonObject } from "../../api/json.ts";
import { type FieldSet, setAt, union } from "../../api/patch/field-set.ts";
import { type Manager, managersOf, withManagers } from "../../api/patch/managers.ts";
import { lastAppliedAnnotation } from "../../api/patch/server-side.ts";
import { isAnnotated } from "./text.ts";

const annotationSteps = ["f:metadata", "f:annotations", `f:${lastAppliedAnnotation}`];

function ownsAnnotation({ fields }: Manager): boolean {
  return annotationSteps.reduce<FieldSet>(setAt, fields).member;
}

/** The object with the managers moved; undefined when there is nothing to move. */
export function migrated(object: JsonObject): JsonObject | undefined {
  if (!isAnnotated(object)) return undefined;
  const managers = managersOf(object);
  const isClient = (one: Manager) => one.operation === "Update" && one.subresource === "" && ownsAnnotation(one);
  const clients = managers.filter(isClient);
  const mine = managers.find((one) => one.manager === "kubectl" && one.operation === "Apply" && one.subresource === "");
  if (clients.length === 0 || mine === undefined) return undefined;
  const fields = clients.reduce<FieldSet>((set, one) => union(set, one.fields), mine.fields);
  const others = managers.filter((one) => one !== mine && !clients.includes(one));
  // The annotation is kept by a manager of its own, so that it does not go with the first text that does not name it.
  const keeper: Manager = { ...mine, manager: "kubectl-last-applied", fields: annotationAlone() };
  return withManagers(object, [...others, keeper, { ...mine, fields }]);
}

function annotationAlone(): FieldSet {
  return [...annotationSteps].reverse().reduce<FieldSet>(
    (inner, step, index) => ({
      member: false,
      below: new Map([[step, index === 0 ? { member: true, below: new Map() } : inner]]),
    }),
    { member: false, below: new Map() },
  );
}
