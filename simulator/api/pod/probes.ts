/** Probes and lifecycle handlers. Models validateProbe, validateHandler and validateLifecycle of pkg/apis/core/validation. */
import { checkFormat } from "../check-format.ts";
import { type FieldPath, forbidden, invalid, required } from "../field-path.ts";
import { asObject, type JsonObject, listAt, numberAt, objectAt, stringAt } from "../json.ts";
import type { Problem } from "../problem.ts";
import { checkNonnegative, checkOptionalChoice, checkPort, checkRange, checkRequired } from "./check.ts";
import type { PodContext } from "./context.ts";

const probeHandlers = ["exec", "httpGet", "tcpSocket", "grpc"] as const;
const lifecycleHandlers = ["exec", "httpGet", "tcpSocket", "sleep"] as const;
type Handler = (typeof probeHandlers)[number] | (typeof lifecycleHandlers)[number];
const schemes = ["HTTP", "HTTPS"];

/** All probes and the lifecycle of a container that may have them. */
export function validateProbes(container: JsonObject, path: FieldPath, context: PodContext): void {
  const found = context.found;
  const lifecycle = objectAt(container, "lifecycle");
  if (lifecycle !== undefined) validateLifecycle(lifecycle, path.child("lifecycle"), context);
  for (const key of ["livenessProbe", "readinessProbe", "startupProbe"]) {
    const probe = objectAt(container, key);
    if (probe === undefined) continue;
    const at = path.child(key);
    validateProbe(probe, at, context);
    if (key === "readinessProbe") {
      if (numberAt(probe, "terminationGracePeriodSeconds") !== undefined) {
        found.push(invalid("readiness-grace-period", at.child("terminationGracePeriodSeconds")));
      }
    } else if ((numberAt(probe, "successThreshold") ?? 0) !== 1) {
      const value = numberAt(probe, "successThreshold") ?? 0;
      found.push(invalid("success-threshold-not-one", at.child("successThreshold"), { value, probe: key }));
    }
  }
}

function validateProbe(probe: JsonObject, path: FieldPath, context: PodContext): void {
  const found = context.found;
  validateHandler(probe, probeHandlers, path, context);
  for (const key of [
    "initialDelaySeconds",
    "timeoutSeconds",
    "periodSeconds",
    "successThreshold",
    "failureThreshold",
  ]) {
    checkNonnegative(probe, key, path, found);
  }
  const grace = numberAt(probe, "terminationGracePeriodSeconds");
  if (grace !== undefined && grace <= 0) {
    found.push(invalid("not-positive", path.child("terminationGracePeriodSeconds"), { value: grace }));
  }
}

function validateLifecycle(lifecycle: JsonObject, path: FieldPath, context: PodContext): void {
  for (const key of ["postStart", "preStop"]) {
    const handler = objectAt(lifecycle, key);
    if (handler !== undefined) validateHandler(handler, lifecycleHandlers, path.child(key), context);
  }
}

function validateHandler(handler: JsonObject, kinds: readonly Handler[], path: FieldPath, context: PodContext): void {
  const found = context.found;
  let given = 0;
  for (const kind of kinds) {
    const action = objectAt(handler, kind);
    if (action === undefined) continue;
    given++;
    if (given > 1) found.push(forbidden("second-handler", path.child(kind), { kind }));
    else validateAction(kind, action, path.child(kind), context);
  }
  if (given === 0) found.push(required("handler-missing", path, { allowed: [...kinds] }));
}

function validateAction(kind: Handler, action: JsonObject, path: FieldPath, context: PodContext): void {
  const found = context.found;
  switch (kind) {
    case "exec":
      if (listAt(action, "command").length === 0) {
        found.push(required("field-required", path.child("command"), { field: "command" }));
      }
      break;
    case "httpGet":
      validateHttpGet(action, path, found);
      break;
    case "tcpSocket":
      checkPort(action["port"], path.child("port"), found);
      break;
    case "grpc":
      checkRange(numberAt(action, "port") ?? 0, 1, 65535, path.child("port"), found);
      break;
    case "sleep": {
      const value = numberAt(action, "seconds") ?? 0;
      const grace = context.gracePeriod;
      if (grace !== undefined && (value < 0 || value > grace)) {
        found.push(invalid("sleep-out-of-range", path, { value, max: grace }));
      }
      break;
    }
  }
}

function validateHttpGet(action: JsonObject, path: FieldPath, found: Problem[]): void {
  checkRequired(action, "path", path, found);
  checkPort(action["port"], path.child("port"), found);
  checkOptionalChoice({ scheme: stringAt(action, "scheme") }, "scheme", schemes, path, found);
  for (const [index, entry] of listAt(action, "httpHeaders").entries()) {
    const at = path.child("httpHeaders").silent(index);
    checkFormat("invalid-http-header-name", stringAt(asObject(entry), "name"), at, found);
  }
}
