/** What the server accepts in pods but warns about. Models pkg/api/pod/warnings.go and pkg/api/node/util.go */
import { addressWarning } from "../address-warnings.ts";
import { FieldPath, warning } from "../field-path.ts";
import { dnsLabel, labelValue } from "../formats.ts";
import { asObject, emptyObject, isObject, type JsonObject, listAt, numberAt, objectAt, stringAt } from "../json.ts";
import { nameOf } from "../metadata.ts";
import type { Problem } from "../problem.ts";
import { isWhole } from "./amounts.ts";
import { appArmorPrefix, seccompPod, seccompPrefix } from "./annotations.ts";
import { allContainers } from "./os.ts";
import { portWarnings } from "./port-warnings.ts";
import { volumeWarnings } from "./volume-warnings.ts";

/** The warnings for a pod template; `path` is its field, e.g. `spec.template`. */
export function podTemplateWarnings(template: unknown, path: FieldPath): Problem[] {
  const object = isObject(template) ? template : emptyObject;
  return warningsFor(object, path);
}

/** The warnings for an object of kind Pod. */
export function podWarnings(pod: unknown): Problem[] {
  const object = isObject(pod) ? pod : emptyObject;
  const found = warningsFor(object, FieldPath.root);
  const name = nameOf(objectAt(object, "metadata"));
  const rules = name === "" ? [] : dnsLabel(name);
  if (rules.length > 0) {
    found.push(warning("pod-name-not-label", FieldPath.root.child("metadata").child("name"), { value: name, rules }));
  }
  return found;
}

function warningsFor(object: JsonObject, path: FieldPath): Problem[] {
  const spec = objectAt(object, "spec") ?? emptyObject;
  const annotations = objectAt(objectAt(object, "metadata"), "annotations") ?? emptyObject;
  const found: Problem[] = [];
  const specPath = path.child("spec");
  nodeLabelWarnings(spec, specPath, found);
  spreadWarnings(spec, specPath, found);
  annotationWarnings(annotations, path, found);
  found.push(...volumeWarnings(spec, specPath));
  listWarnings(spec, specPath, found);
  fractionalWarnings(objectAt(spec, "overhead"), specPath.child("overhead"), found);
  profileWarnings(spec, annotations, path, found);
  for (const [container, at] of allContainers(spec, specPath)) {
    const resources = objectAt(container, "resources");
    fractionalWarnings(objectAt(resources, "limits"), at.child("resources").child("limits"), found);
    fractionalWarnings(objectAt(resources, "requests"), at.child("resources").child("requests"), found);
    variableWarnings(container, at, found);
  }
  found.push(...portWarnings(spec, specPath));
  const grace = numberAt(spec, "terminationGracePeriodSeconds");
  if (grace !== undefined && grace < 0) {
    found.push(warning("negative-grace-period", specPath.child("terminationGracePeriodSeconds"), { value: grace }));
  }
  podAffinityWarnings(spec, specPath, found);
  return found;
}

const deprecatedNodeLabels: ReadonlyMap<string, string> = new Map([
  ["beta.kubernetes.io/arch", "kubernetes.io/arch"],
  ["beta.kubernetes.io/os", "kubernetes.io/os"],
  ["failure-domain.beta.kubernetes.io/region", "topology.kubernetes.io/region"],
  ["failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/zone"],
  ["beta.kubernetes.io/instance-type", "node.kubernetes.io/instance-type"],
]);

function nodeLabelWarnings(spec: JsonObject, path: FieldPath, found: Problem[]): void {
  for (const key of Object.keys(objectAt(spec, "nodeSelector") ?? emptyObject)) {
    const better = deprecatedNodeLabels.get(key);
    if (better !== undefined) {
      found.push(
        warning("deprecated-node-label", path.child("nodeSelector").key(key), { value: key, replacement: better }),
      );
    }
  }
  const affinity = objectAt(objectAt(spec, "affinity"), "nodeAffinity");
  if (affinity === undefined) return;
  const at = path.child("affinity").child("nodeAffinity");
  const required = "requiredDuringSchedulingIgnoredDuringExecution";
  for (const [index, term] of listAt(objectAt(affinity, required), "nodeSelectorTerms").entries()) {
    termWarnings(asObject(term), false, at.child(required).child("nodeSelectorTerms").index(index), found);
  }
  const preferred = "preferredDuringSchedulingIgnoredDuringExecution";
  for (const [index, term] of listAt(affinity, preferred).entries()) {
    const preference = objectAt(asObject(term), "preference") ?? emptyObject;
    termWarnings(preference, true, at.child(preferred).index(index).child("preference"), found);
  }
}

function termWarnings(term: JsonObject, withValues: boolean, path: FieldPath, found: Problem[]): void {
  for (const [index, entry] of listAt(term, "matchExpressions").entries()) {
    const expression = asObject(entry);
    const at = path.child("matchExpressions").index(index);
    const key = stringAt(expression, "key");
    const better = deprecatedNodeLabels.get(key);
    if (better !== undefined) {
      found.push(warning("deprecated-node-label", at.child("key"), { value: key, replacement: better }));
    }
    if (!withValues) continue;
    for (const [place, value] of listAt(expression, "values").entries()) {
      const rules = typeof value === "string" ? labelValue(value) : [];
      if (rules.length > 0) {
        found.push(warning("node-value-not-label", at.child("values").index(place), { value: String(value), rules }));
      }
    }
  }
}

function spreadWarnings(spec: JsonObject, path: FieldPath, found: Problem[]): void {
  for (const [index, entry] of listAt(spec, "topologySpreadConstraints").entries()) {
    const constraint = asObject(entry);
    const at = path.child("topologySpreadConstraints").index(index);
    const key = stringAt(constraint, "topologyKey");
    const better = deprecatedNodeLabels.get(key);
    if (better !== undefined) {
      found.push(warning("deprecated-node-label", at.child("topologyKey"), { value: key, replacement: better }));
    }
    if (objectAt(constraint, "labelSelector") === undefined) {
      found.push(warning("selector-matches-nothing", at.child("labelSelector")));
    }
  }
}

/** A missing selector in the affinity of pods. */
function podAffinityWarnings(spec: JsonObject, path: FieldPath, found: Problem[]): void {
  const affinity = objectAt(spec, "affinity");
  for (const kind of ["podAffinity", "podAntiAffinity"]) {
    const terms = objectAt(affinity, kind);
    if (terms === undefined) continue;
    const at = path.child("affinity").child(kind);
    const required = "requiredDuringSchedulingIgnoredDuringExecution";
    for (const [index, entry] of listAt(terms, required).entries()) {
      if (objectAt(asObject(entry), "labelSelector") !== undefined) continue;
      found.push(warning("selector-matches-nothing", at.child(required).index(index).child("labelSelector")));
    }
    const preferred = "preferredDuringSchedulingIgnoredDuringExecution";
    for (const [index, entry] of listAt(terms, preferred).entries()) {
      if (objectAt(objectAt(asObject(entry), "podAffinityTerm"), "labelSelector") !== undefined) continue;
      const place = at.child(preferred).index(index).child("podAffinityTerm").child("labelSelector");
      found.push(warning("selector-matches-nothing", place));
    }
  }
}

const deprecatedAnnotations: ReadonlyMap<string, string> = new Map([
  ["scheduler.alpha.kubernetes.io/critical-pod", "priorityClassName"],
  ["security.alpha.kubernetes.io/sysctls", "sysctls"],
  ["security.alpha.kubernetes.io/unsafe-sysctls", "sysctls"],
]);

function annotationWarnings(annotations: JsonObject, path: FieldPath, found: Problem[]): void {
  for (const key of Object.keys(annotations)) {
    const field = deprecatedAnnotations.get(key);
    if (field !== undefined) found.push(annotationWarning(key, field, path));
  }
}

function annotationWarning(key: string, field: string, path: FieldPath): Problem {
  return warning("annotation-replaced", path.child("metadata").child("annotations").key(key), { value: key, field });
}

/** Annotations of profiles without the field that took their place. */
function profileWarnings(spec: JsonObject, annotations: JsonObject, path: FieldPath, found: Problem[]): void {
  const security = objectAt(spec, "securityContext");
  if (objectAt(security, "seccompProfile") === undefined && annotations[seccompPod] !== undefined) {
    found.push(annotationWarning(seccompPod, "seccompProfile", path));
  }
  const hasPodAppArmor = objectAt(security, "appArmorProfile") !== undefined;
  for (const [container] of allContainers(spec, path)) {
    const name = stringAt(container, "name");
    const own = objectAt(container, "securityContext");
    const seccompKey = `${seccompPrefix}${name}`;
    if (objectAt(own, "seccompProfile") === undefined && annotations[seccompKey] !== undefined) {
      found.push(annotationWarning(seccompKey, "seccompProfile", path));
    }
    const appArmorKey = `${appArmorPrefix}${name}`;
    const hasAppArmor = hasPodAppArmor || objectAt(own, "appArmorProfile") !== undefined;
    // In a Pod the server fills the field from the annotation, and says so then.
    if (path !== FieldPath.root && !hasAppArmor && annotations[appArmorKey] !== undefined) {
      found.push(annotationWarning(appArmorKey, "appArmorProfile", path));
    }
  }
}

function listWarnings(spec: JsonObject, path: FieldPath, found: Problem[]): void {
  const addresses = new Set<string>();
  for (const [index, entry] of listAt(spec, "hostAliases").entries()) {
    const ip = stringAt(asObject(entry), "ip");
    const at = path.child("hostAliases").index(index).child("ip");
    if (addresses.has(ip)) found.push(warning("duplicate-host-alias", at, { value: ip }));
    addresses.add(ip);
    addressWarning(ip, at, found);
  }
  for (const [index, entry] of listAt(objectAt(spec, "dnsConfig"), "nameservers").entries()) {
    const at = path.child("dnsConfig").child("nameservers").index(index);
    if (typeof entry === "string") addressWarning(entry, at, found);
  }
  const secrets = new Set<string>();
  for (const [index, entry] of listAt(spec, "imagePullSecrets").entries()) {
    const name = stringAt(asObject(entry), "name");
    const at = path.child("imagePullSecrets").index(index).child("name");
    if (secrets.has(name)) found.push(warning("duplicate-pull-secret", at, { value: name }));
    secrets.add(name);
    if (name === "") found.push(warning("pull-secret-without-name", at));
  }
}

/** Parts of a byte in memory and storage. */
function fractionalWarnings(amounts: JsonObject | undefined, path: FieldPath, found: Problem[]): void {
  if (amounts === undefined) return;
  for (const key of ["memory", "ephemeral-storage"]) {
    const value = amounts[key];
    if (value !== undefined && (!isWhole(value) || isPastMilli(String(value)))) {
      found.push(warning("fractional-bytes", path.key(key), { value: String(value) }));
    }
  }
}

const zeros: Readonly<Record<string, number>> = { k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };

/** The server counts in thousandths, of 64 bits: those of longer numbers wrap around, and then look like parts. */
function isPastMilli(text: string): boolean {
  const [, digits = "", suffix = ""] = /^([0-9]+)([kMGTPE]?)$/.exec(text) ?? [];
  const whole = digits + "0".repeat(zeros[suffix] ?? 0);
  return whole.length > 18 && BigInt.asIntN(64, BigInt(whole) * 1000n) % 1000n !== 0n;
}

/** A variable that hides an earlier one, unless it builds on it. */
function variableWarnings(container: JsonObject, path: FieldPath, found: Problem[]): void {
  const names = new Set<string>();
  for (const [index, entry] of listAt(container, "env").entries()) {
    const variable = asObject(entry);
    const name = stringAt(variable, "name");
    const reference = `$(${name})`;
    const value = stringAt(variable, "value");
    const buildsOnIt = value.includes(reference) && value !== reference && !isObject(variable["valueFrom"]);
    if (names.has(name) && !buildsOnIt) {
      found.push(warning("variable-hides-another", path.child("env").index(index), { value: name }));
    }
    names.add(name);
  }
}
