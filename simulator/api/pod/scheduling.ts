/** Topology spread, tolerations and gates. Models the functions of the same names in pkg/apis/core/validation. */
import { checkFormat } from "../check-format.ts";
import { duplicate, type FieldPath, invalid, notSupported, required } from "../field-path.ts";
import { labelValue } from "../formats.ts";
import { asObject, type JsonObject, listAt, numberAt, objectAt, stringAt } from "../json.ts";
import { validateLabelSelector } from "../label-selector.ts";
import type { Problem } from "../problem.ts";
import { checkOptionalChoice } from "./check.ts";
import { checkLabelKeys, checkMergedKeys } from "./label-keys.ts";

const actions = ["DoNotSchedule", "ScheduleAnyway"];
const policies = ["Honor", "Ignore"];

export function validateTopologySpread(spec: JsonObject, path: FieldPath, found: Problem[]): void {
  const constraints = listAt(spec, "topologySpreadConstraints").map((entry) => asObject(entry));
  for (const [index, constraint] of constraints.entries()) {
    const at = path.child("topologySpreadConstraints").index(index);
    const maxSkew = numberAt(constraint, "maxSkew") ?? 0;
    if (maxSkew <= 0) found.push(invalid("not-positive", at.child("maxSkew"), { value: maxSkew }));
    // Any text will do here, unlike in the affinity of pods.
    const topologyKey = stringAt(constraint, "topologyKey");
    if (topologyKey === "") found.push(required("field-required", at.child("topologyKey"), { field: "topologyKey" }));
    const action = stringAt(constraint, "whenUnsatisfiable");
    if (!actions.includes(action)) {
      found.push(notSupported("value-not-supported", at.child("whenUnsatisfiable"), action, actions));
    }
    const repeated = constraints.some(
      (other, place) =>
        place > index &&
        stringAt(other, "topologyKey") === topologyKey &&
        stringAt(other, "whenUnsatisfiable") === action,
    );
    if (repeated) {
      found.push(
        duplicate("duplicate-spread", at.spelled("{topologyKey, whenUnsatisfiable}"), { topologyKey, action }),
      );
    }
    validateMinDomains(constraint, action, at.child("minDomains"), found);
    checkOptionalChoice(constraint, "nodeAffinityPolicy", policies, at, found);
    checkOptionalChoice(constraint, "nodeTaintsPolicy", policies, at, found);
    const selector = objectAt(constraint, "labelSelector");
    const keys = checkLabelKeys(constraint, "matchLabelKeys", selector, at, found);
    if (selector !== undefined) checkMergedKeys(keys, selector, at, found);
    found.push(...validateLabelSelector(selector, at.child("labelSelector")));
  }
}

function validateMinDomains(constraint: JsonObject, action: string, path: FieldPath, found: Problem[]): void {
  const value = numberAt(constraint, "minDomains");
  if (value === undefined) return;
  if (value <= 0) found.push(invalid("not-positive", path, { value }));
  if (action !== "DoNotSchedule") found.push(invalid("min-domains-action", path, { value, action }));
}

const operators = ["Equal", "Exists"];
const effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

/** `path` is the list's field; also used for the old annotation. */
export function validateTolerations(tolerations: readonly unknown[], path: FieldPath, found: Problem[]): void {
  for (const [index, entry] of tolerations.entries()) {
    const toleration = asObject(entry as JsonObject);
    const at = path.index(index);
    const key = stringAt(toleration, "key");
    const operator = stringAt(toleration, "operator");
    const value = stringAt(toleration, "value");
    const effect = stringAt(toleration, "effect");
    if (key !== "") checkFormat("invalid-qualified-name", key, at.child("key"), found);
    else if (operator !== "Exists")
      found.push(invalid("toleration-without-key", at.child("operator"), { value: operator }));
    if (numberAt(toleration, "tolerationSeconds") !== undefined && effect !== "NoExecute") {
      found.push(invalid("toleration-seconds-effect", at.child("effect"), { value: effect }));
    }
    // What is wrong with the value is reported at the operator.
    const valuePlace = at.silent("value").spelled("operator");
    if (operator === "Exists") {
      if (value !== "") found.push(invalid("toleration-value-with-exists", valuePlace, { value }));
    } else if (operator === "Equal" || operator === "") {
      const rules = labelValue(value);
      if (rules.length > 0) found.push(invalid("invalid-label-value", valuePlace, { value, rules }));
    } else {
      found.push(notSupported("value-not-supported", at.child("operator"), operator, operators));
    }
    if (effect !== "" && !effects.includes(effect)) {
      found.push(notSupported("value-not-supported", at.child("effect"), effect, effects));
    }
  }
}

export function validateGates(spec: JsonObject, path: FieldPath, found: Problem[]): void {
  for (const [index, entry] of listAt(spec, "readinessGates").entries()) {
    const at = path.child("readinessGates").index(index).child("conditionType");
    checkFormat("invalid-qualified-name", stringAt(asObject(entry), "conditionType"), at, found);
  }
  const names = new Set<string>();
  for (const [index, entry] of listAt(spec, "schedulingGates").entries()) {
    const name = stringAt(asObject(entry), "name");
    const at = path.child("schedulingGates").index(index);
    checkFormat("invalid-qualified-name", name, at, found);
    if (names.has(name)) found.push(duplicate("duplicate-scheduling-gate", at, { value: name }));
    names.add(name);
  }
}
