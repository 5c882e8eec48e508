/** The specification of a pod. Models ValidatePodSpec of pkg/apis/core/validation, default feature gates. */
import { checkFormat } from "../check-format.ts";
import { duplicate, type FieldPath, invalid, required } from "../field-path.ts";
import { asObject, type JsonObject, listAt, numberAt, stringAt } from "../json.ts";
import { validateLabels } from "../metadata.ts";
import type { Problem } from "../problem.ts";
import type { Target } from "../target.ts";
import { validateAffinity } from "./affinity.ts";
import { checkChoice, checkOptionalFormat, checkRange, checkRequired } from "./check.ts";
import { validateAllContainers } from "./containers.ts";
import type { PodContext } from "./context.ts";
import { validateDns, validateHostnames } from "./dns.ts";
import { validateHostProcess, validateOs } from "./os.ts";
import { validateHostUsers, validatePodSecurityContext } from "./pod-security.ts";
import { validateHostNetworkPorts } from "./ports.ts";
import { validateOverhead, validatePodLevelResources } from "./resources.ts";
import { validateGates, validateTolerations, validateTopologySpread } from "./scheduling.ts";
import { validateVolumes } from "./volumes.ts";

const restartPolicies = ["Always", "OnFailure", "Never"];
const preemptionPolicies = ["PreemptLowerPriority", "Never"];
const maxDeadline = 2147483647;

/** Adds the problems of a spec and returns what was learnt on the way. `podName` is `""` for templates. */
export function validatePodSpec(
  spec: JsonObject,
  podName: string,
  isPod: boolean,
  path: FieldPath,
  found: Problem[],
  target: Target,
): PodContext {
  const gracePeriod = numberAt(spec, "terminationGracePeriodSeconds");
  if (gracePeriod === undefined) {
    const at = path.child("terminationGracePeriodSeconds");
    found.push(required("field-required", at, { field: "terminationGracePeriodSeconds" }));
  }
  const volumes = validateVolumes(spec, podName, path.child("volumes"), found, { isPod, target });
  const claimNames = validateResourceClaims(spec, path.child("resourceClaims"), found);
  const restartPolicy = stringAt(spec, "restartPolicy");
  const hostUsers = spec["hostUsers"] !== false;
  const context: PodContext = { target, isPod, found, volumes, claimNames, gracePeriod, restartPolicy, hostUsers };

  validateAllContainers(spec, path, context);
  validatePodLevelResources(spec, path, context);
  validateHostNetworkPorts(spec, path, context);
  checkChoice(restartPolicy, restartPolicies, path.child("restartPolicy"), found);
  found.push(...validateLabels(spec["nodeSelector"], path.child("nodeSelector")));
  validatePodSecurityContext(spec, path, context);
  validateAffinity(spec, path, found);
  validateDns(spec, path, context);
  validateGates(spec, path, found);
  validateTopologySpread(spec, path, found);
  validateHostProcess(spec, path, context);
  validateHostUsers(spec, path, context);
  for (const key of ["serviceAccountName", "nodeName", "priorityClassName"]) {
    checkOptionalFormat("invalid-dns-subdomain", spec, key, path, found);
  }
  const runtimeClass = spec["runtimeClassName"];
  if (typeof runtimeClass === "string") {
    checkFormat("invalid-dns-subdomain", runtimeClass, path.child("runtimeClassName"), found);
  }
  checkRange(numberAt(spec, "activeDeadlineSeconds"), 1, maxDeadline, path.child("activeDeadlineSeconds"), found);
  validateHostnames(spec, path, context);
  validateTolerations(listAt(spec, "tolerations"), path.child("tolerations"), found);
  const preemption = spec["preemptionPolicy"];
  if (typeof preemption === "string") {
    checkChoice(preemption, preemptionPolicies, path.child("preemptionPolicy"), found);
  }
  validateOverhead(spec, path, context);
  validateOs(spec, path, context);
  return context;
}

/** Claims of devices; returns their names for the containers that use them. */
function validateResourceClaims(spec: JsonObject, path: FieldPath, found: Problem[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [index, entry] of listAt(spec, "resourceClaims").entries()) {
    const claim = asObject(entry);
    const at = path.index(index);
    const name = checkRequired(claim, "name", at, found);
    if (names.has(name)) found.push(duplicate("duplicate-claim", at.child("name"), { value: name }));
    else if (name !== "") {
      checkFormat("invalid-dns-label", name, at.child("name"), found);
      names.add(name);
    }
    const given = ["resourceClaimName", "resourceClaimTemplateName"].filter((key) => typeof claim[key] === "string");
    if (given.length > 1) found.push(invalid("claim-sources-exclusive", at));
    if (given.length === 0) found.push(invalid("claim-source-missing", at));
    for (const key of given) checkFormat("invalid-dns-subdomain", stringAt(claim, key), at.child(key), found);
  }
  return names;
}
