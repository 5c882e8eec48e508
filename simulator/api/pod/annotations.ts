/** Annotations that mean something for pods. Models ValidatePodSpecificAnnotations of pkg/apis/core/validation. */
import { type FieldPath, invalid } from "../field-path.ts";
import { isObject, type JsonObject, objectAt, stringAt } from "../json.ts";
import type { Json } from "../objects.ts";
import type { Problem } from "../problem.ts";
import type { PodContext } from "./context.ts";
import { allContainers } from "./os.ts";
import { checkProfileAgreement, isAppArmorText, validateSeccompText } from "./profiles.ts";
import { validateTolerations } from "./scheduling.ts";

export const appArmorPrefix = "container.apparmor.security.beta.kubernetes.io/";
export const seccompPod = "seccomp.security.alpha.kubernetes.io/pod";
export const seccompPrefix = "container.seccomp.security.alpha.kubernetes.io/";
export const mirror = "kubernetes.io/config.mirror";
const tolerationsKey = "scheduler.alpha.kubernetes.io/tolerations";
const deletionCost = "controller.kubernetes.io/pod-deletion-cost";
const wholeNumber = /^(?:0|[1-9][0-9]*|-[0-9]+)$/;
const int32 = 2 ** 31;

/** `path` is the annotations as the server spells them. */
export function validatePodAnnotations(
  annotations: JsonObject | undefined,
  spec: JsonObject,
  path: FieldPath,
  found: Problem[],
): void {
  if (annotations === undefined) return;
  for (const key of Object.keys(annotations)) {
    const value = stringAt(annotations, key);
    if (key === mirror) {
      if (stringAt(spec, "nodeName") === "") found.push(invalid("mirror-without-node", path.key(key), { value }));
    } else if (key === tolerationsKey) {
      if (value !== "") validateTolerationsText(value, path, found);
    } else if (key === deletionCost) {
      const cost = wholeNumber.test(value) ? Number(value) : Number.NaN;
      if (!(cost >= -int32 && cost < int32)) found.push(invalid("deletion-cost-invalid", path.key(key), { value }));
    } else if (key === seccompPod || key.startsWith(seccompPrefix)) {
      validateSeccompText(value, path.child(key), found);
    } else if (key.startsWith(appArmorPrefix)) {
      validateAppArmorAnnotation(key, value, spec, path, found);
    }
  }
}

function validateAppArmorAnnotation(
  key: string,
  value: string,
  spec: JsonObject,
  path: FieldPath,
  found: Problem[],
): void {
  const name = key.slice(appArmorPrefix.length);
  let exists = false;
  for (const [container] of allContainers(spec, path)) if (stringAt(container, "name") === name) exists = true;
  if (!exists) found.push(invalid("annotation-container-missing", path.key(key), { name }));
  if (!isAppArmorText(value)) found.push(invalid("apparmor-annotation-invalid", path.key(key), { value }));
}

/** Tolerations as a JSON text, from before there was a field. */
function validateTolerationsText(text: string, path: FieldPath, found: Problem[]): void {
  const at = path.child(tolerationsKey);
  const tolerations = readTolerations(text);
  if (tolerations === undefined) {
    found.push(invalid("tolerations-annotation-unreadable", path.silent(tolerationsKey), { value: text }));
    return;
  }
  const inside: Problem[] = [];
  validateTolerations(tolerations, at, inside);
  // The whole text is the place: there is nothing inside it to point at.
  for (const problem of inside) found.push({ ...problem, at: at.at });
}

const tolerationFields: Readonly<Record<string, "string" | "number">> = {
  key: "string",
  operator: "string",
  value: "string",
  effect: "string",
  tolerationSeconds: "number",
};

/** A list of tolerations, or `undefined` if the text is not one. Names of fields are read in any case. */
function readTolerations(text: string): readonly JsonObject[] | undefined {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  if (value === null) return [];
  if (!Array.isArray(value)) return undefined;
  const tolerations: JsonObject[] = [];
  for (const entry of value) {
    if (entry !== null && !isObject(entry)) return undefined;
    const toleration: Record<string, Json> = {};
    for (const [name, content] of Object.entries(entry ?? {})) {
      const field = Object.keys(tolerationFields).find((one) => one.toLowerCase() === name.toLowerCase());
      if (field === undefined || content === null) continue;
      const isRight = typeof content === tolerationFields[field];
      if (!isRight || (typeof content === "number" && !Number.isInteger(content))) return undefined;
      toleration[field] = content as Json;
    }
    tolerations.push(toleration);
  }
  return tolerations;
}

/** Annotations and fields of profiles that say different things. */
export function validateProfileAgreement(
  annotations: JsonObject | undefined,
  spec: JsonObject,
  path: FieldPath,
  context: PodContext,
): void {
  if (annotations === undefined) return;
  const found = context.found;
  const security = objectAt(spec, "securityContext");
  const podSeccomp = objectAt(security, "seccompProfile");
  const podText = annotations[seccompPod];
  if (podSeccomp !== undefined && typeof podText === "string") {
    checkProfileAgreement(podText, podSeccomp, "seccomp", path.child("securityContext").child("seccompProfile"), found);
  }
  const comparesAppArmor = stringAt(objectAt(spec, "os"), "name") !== "windows";
  for (const [container, at] of allContainers(spec, path)) {
    const name = stringAt(container, "name");
    const own = objectAt(container, "securityContext");
    const seccomp = objectAt(own, "seccompProfile");
    const seccompText = annotations[`${seccompPrefix}${name}`];
    if (seccomp !== undefined && typeof seccompText === "string") {
      checkProfileAgreement(
        seccompText,
        seccomp,
        "seccomp",
        at.child("securityContext").child("seccompProfile"),
        found,
      );
    }
    const appArmor = objectAt(own, "appArmorProfile") ?? objectAt(security, "appArmorProfile");
    const appArmorText = annotations[`${appArmorPrefix}${name}`];
    if (comparesAppArmor && appArmor !== undefined && typeof appArmorText === "string") {
      checkProfileAgreement(
        appArmorText,
        appArmor,
        "apparmor",
        at.child("securityContext").child("appArmorProfile"),
        found,
      );
    }
  }
}
