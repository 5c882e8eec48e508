/** Validation of Services as they are created. Models pkg/registry/core/service/storage and ValidateService. */
import type { Draft } from "./defaults-pod.ts";
import type { JsonObject } from "./json.ts";
import type { Problem } from "./problem.ts";
import { beginService } from "./service-begin.ts";
import { anyCluster } from "./service-ranges.ts";
import type { Target } from "./target.ts";
import { serviceProblems } from "./validate-service-and-claim.ts";
import { specOf } from "./workload-checks.ts";

/** The problems of a new Service. Addresses and node ports are looked at first; when they are wrong the server says no more. */
export function validateService(object: JsonObject, target: Target): Problem[] {
  const spec = structuredCopy(specOf(object)) as Draft;
  const { problems } = beginService(spec, undefined, anyCluster, target);
  return problems.length > 0 ? [...problems] : serviceProblems(object, target);
}

function structuredCopy(value: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}
