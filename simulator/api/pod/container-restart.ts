/** A container's own restart policy and rules. Models validateContainerRestartPolicy of pkg/apis/core/validation. */
import { type FieldPath, notSupported, required, tooLong, tooMany } from "../field-path.ts";
import { asObject, type JsonObject, listAt, objectAt, stringAt } from "../json.ts";
import type { Params, Problem } from "../problem.ts";
import { since, type Target } from "../target.ts";
import type { PodContext } from "./context.ts";

const policies = ["Always", "Never", "OnFailure"];
const operators = ["In", "NotIn"];
const maxRules = 20;
const maxExitCodes = 255;

export function validateContainerRestart(container: JsonObject, path: FieldPath, { found, target }: PodContext): void {
  const policy = container["restartPolicy"];
  const rules = listAt(container, "restartPolicyRules");
  const hasPolicy = policy !== undefined && policy !== null;
  if (hasPolicy && !policies.includes(String(policy))) {
    found.push(notSupported("value-not-supported", path.child("restartPolicy"), String(policy), policies));
  }
  if (!hasPolicy && rules.length > 0) found.push(required("restart-rules-without-policy", path.child("restartPolicy")));
  const at = path.child("restartPolicyRules");
  if (rules.length > maxRules) found.push(excess(at, { actual: rules.length, limit: maxRules }, target));
  for (const [index, entry] of rules.entries()) validateRule(asObject(entry), at.index(index), found, target);
}

/** Up to 1.35 a list with too many items is one that is too long. */
function excess(path: FieldPath, params: Params, target: Target): Problem {
  return since(target, "1.36") ? tooMany("too-many-items", path, params) : tooLong("too-many-items", path, params);
}

function validateRule(rule: JsonObject, path: FieldPath, found: Problem[], target: Target): void {
  const action = stringAt(rule, "action");
  const actions = since(target, "1.36") ? ["Restart", "RestartAllContainers"] : ["Restart"];
  if (!actions.includes(action)) found.push(notSupported("value-not-supported", path.child("action"), action, actions));
  const exitCodes = objectAt(rule, "exitCodes");
  if (exitCodes === undefined) {
    found.push(required("field-required", path.child("exitCodes"), { field: "exitCodes" }));
    return;
  }
  const at = path.child("exitCodes");
  const operator = stringAt(exitCodes, "operator");
  if (!operators.includes(operator)) {
    found.push(notSupported("value-not-supported", at.child("operator"), operator, operators));
  }
  const count = listAt(exitCodes, "values").length;
  if (count > maxExitCodes) found.push(excess(at.child("values"), { actual: count, limit: maxExitCodes }, target));
}
