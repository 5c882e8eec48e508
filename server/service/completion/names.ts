/** Values that name something else: objects, keys of theirs, ports, volumes, containers, images. */
import { isObject, type JsonObject, listAt, objectAt, stringAt } from "../../../simulator/api/json.ts";
import type { Path } from "../../../simulator/api/problem.ts";
import { sketchedValue } from "../../yaml/sketch/node.ts";
import { valueAt } from "../parse.ts";
import type { Choice } from "./choice.ts";
import type { Spot } from "./context.ts";
import { type Known, knownAround, namespaceOf } from "./objects-around.ts";

type Finder = (spot: Spot) => readonly Choice[];

const named =
  (kind: string): Finder =>
  (spot) =>
    objectsOfKind(spot, kind).map((one) => choiceOf(spot, one));

/** By type and field. */
const finders: Readonly<Record<string, Finder>> = {
  "VolumeMount.name": volumes,
  "VolumeDevice.name": volumes,
  "Volume.name": mountedVolumes,
  "HTTPGetAction.port": ownPorts,
  "TCPSocketAction.port": ownPorts,
  "GRPCAction.port": ownPorts,
  "ServicePort.targetPort": selectedPorts,
  "ServicePort.port": (spot) => selectedPorts(spot).filter(({ bare }) => bare),
  "ConfigMapVolumeSource.name": named("ConfigMap"),
  "ConfigMapProjection.name": named("ConfigMap"),
  "ConfigMapEnvSource.name": named("ConfigMap"),
  "ConfigMapKeySelector.name": named("ConfigMap"),
  "ConfigMapKeySelector.key": (spot) => keysOf(spot, "ConfigMap", "name", 1),
  "SecretVolumeSource.secretName": named("Secret"),
  "SecretProjection.name": named("Secret"),
  "SecretEnvSource.name": named("Secret"),
  "SecretKeySelector.name": named("Secret"),
  "SecretKeySelector.key": (spot) => keysOf(spot, "Secret", "name", 1),
  "KeyToPath.key": (spot) => [...keysOf(spot, "ConfigMap", "name", 3), ...keysOf(spot, "Secret", "secretName", 3)],
  "LocalObjectReference.name": named("Secret"),
  "PodSpec.serviceAccountName": named("ServiceAccount"),
  "PodSpec.priorityClassName": named("PriorityClass"),
  "PersistentVolumeClaimVolumeSource.claimName": named("PersistentVolumeClaim"),
  "PersistentVolumeClaimSpec.storageClassName": named("StorageClass"),
  "StatefulSetSpec.serviceName": services,
  "IngressServiceBackend.name": named("Service"),
  "CrossVersionObjectReference.name": scaled,
  "ContainerResourceMetricSource.container": containers,
  "ResourceFieldSelector.containerName": containers,
  "PodFailurePolicyOnExitCodesRequirement.containerName": containers,
  "Container.image": images,
  "ObjectMeta.namespace": namespaces,
};

/** What a value may name; nothing where it names nothing. */
export function namesFor(spot: Spot): readonly Choice[] {
  const { owner, field, type } = spot.shape;
  const found = type.kind === "object" ? undefined : finders[`${owner}.${field}`];
  return found === undefined ? [] : once(found(spot)).filter(({ value }) => value !== "");
}

/** Whether the values of a field name something. */
export function hasNames(field: string): boolean {
  return Object.hasOwn(finders, field);
}

function once(choices: readonly Choice[]): readonly Choice[] {
  const seen = new Set<string>();
  return choices.filter(({ value }) => !seen.has(value) && seen.add(value) !== undefined);
}

function objectsOfKind(spot: Spot, kind: string): readonly Known[] {
  const namespace = namespaceOf(spot);
  const isAnywhere = ["PriorityClass", "StorageClass", "Namespace"].includes(kind);
  return knownAround(spot.around).filter(
    (one) => one.kind === kind && one.name !== "" && (isAnywhere || one.namespace === namespace),
  );
}

function choiceOf({ around: { words } }: Spot, { name, kind, here }: Known): Choice {
  const { fromFile, fromInstallation } = words.completion;
  return { value: name, sort: "reference", detail: here ? fromFile(kind) : fromInstallation(kind) };
}

/** The object that a place is in, as far as it is written. */
export function ownValue({ whole }: Pick<Spot, "whole">): JsonObject {
  const value = sketchedValue(whole.map);
  return isObject(value) ? value : {};
}

/** The pod specification that a place is in, and where it is. */
function podAround(spot: Spot): { readonly spec: JsonObject; readonly at: Path } | null {
  const { path } = spot;
  const inner = ["containers", "initContainers", "ephemeralContainers", "volumes"];
  const end = path.findIndex((step) => typeof step === "string" && inner.includes(step));
  if (end < 0) return null;
  const spec = valueAt(ownValue(spot), path.slice(0, end));
  return isObject(spec) ? { spec, at: path.slice(0, end) } : null;
}

function volumes(spot: Spot): readonly Choice[] {
  const claims = listAt(objectAt(ownValue(spot), "spec"), "volumeClaimTemplates").filter(isObject);
  const names = [
    ...listAt(podAround(spot)?.spec, "volumes")
      .filter(isObject)
      .map((one) => stringAt(one, "name")),
    ...claims.map((one) => stringAt(objectAt(one, "metadata"), "name")),
  ];
  return names.map((value) => ({ value, sort: "reference", detail: spot.around.words.completion.inThisPod }));
}

/** Volumes that are mounted but are not there yet. */
function mountedVolumes(spot: Spot): readonly Choice[] {
  const spec = podAround(spot)?.spec;
  const there = new Set(volumes(spot).map(({ value }) => value));
  return podContainers(spec)
    .flatMap((one) => listAt(one, "volumeMounts").filter(isObject))
    .map((mount) => stringAt(mount, "name"))
    .filter((name) => !there.has(name))
    .map((value) => ({ value, sort: "reference" }));
}

function podContainers(spec: JsonObject | undefined): readonly JsonObject[] {
  return ["containers", "initContainers"].flatMap((list) => listAt(spec, list).filter(isObject));
}

function containers(spot: Spot): readonly Choice[] {
  const value = ownValue(spot);
  const template = objectAt(objectAt(value, "spec"), "template");
  const spec = podAround(spot)?.spec ?? objectAt(template, "spec");
  const own = podContainers(spec).map((one) => stringAt(one, "name"));
  return own.map((name) => ({ value: name, sort: "reference" }));
}

/** The ports of the container that a probe is in. */
function ownPorts(spot: Spot): readonly Choice[] {
  const pod = podAround(spot);
  const container = pod === null ? undefined : valueAt(ownValue(spot), spot.path.slice(0, pod.at.length + 2));
  if (!isObject(container)) return [];
  const { portOf } = spot.around.words.completion;
  const ports = listAt(container, "ports").filter(isObject);
  const detail = portOf(stringAt(container, "name"));
  const byName = spot.shape.owner === "GRPCAction" ? [] : ports.map((one) => stringAt(one, "name"));
  return [
    ...byName.map((value): Choice => ({ value, sort: "reference", detail })),
    ...ports.map(
      (one): Choice => ({ value: String(one["containerPort"] ?? ""), sort: "reference", detail, bare: true }),
    ),
  ];
}

/** The ports of the pods that a Service selects; of all where it selects none yet. */
function selectedPorts(spot: Spot): readonly Choice[] {
  const selector = objectAt(objectAt(ownValue(spot), "spec"), "selector") ?? {};
  const wanted = Object.entries(selector);
  const namespace = namespaceOf(spot);
  const { portOf } = spot.around.words.completion;
  return knownAround(spot.around)
    .filter((one) => one.namespace === namespace && one.pods !== null)
    .filter(({ pods }) => wanted.every(([key, value]) => pods?.labels[key] === value))
    .flatMap(({ pods }) => pods?.ports ?? [])
    .flatMap(({ name, number, container }): Choice[] => [
      ...(name === "" ? [] : [{ value: name, sort: "reference" as const, detail: portOf(container) }]),
      { value: String(number ?? ""), sort: "reference", detail: portOf(container), bare: true },
    ]);
}

/** The keys of the object that is named beside the place, or `up` steps above it. */
function keysOf(spot: Spot, kind: string, key: string, up: number): readonly Choice[] {
  const beside = valueAt(ownValue(spot), spot.path.slice(0, -up));
  const name = isObject(beside) ? beside[key] : undefined;
  const objects = objectsOfKind(spot, kind).filter((one) => name === undefined || name === null || one.name === name);
  return objects.flatMap(({ keys, name: of }) =>
    keys.map((value): Choice => ({ value, sort: "reference", detail: `${kind} ${of}` })),
  );
}

function services(spot: Spot): readonly Choice[] {
  const found = objectsOfKind(spot, "Service");
  return [...found.filter(({ headless }) => headless), ...found.filter(({ headless }) => !headless)].map((one) =>
    choiceOf(spot, one),
  );
}

/** What an autoscaler may scale, of the kind that is written. */
function scaled(spot: Spot): readonly Choice[] {
  const kind = valueAt(ownValue(spot), [...spot.path.slice(0, -1), "kind"]);
  const kinds = typeof kind === "string" && kind !== "" ? [kind] : ["Deployment", "StatefulSet", "ReplicaSet"];
  return kinds.flatMap((one) => objectsOfKind(spot, one)).map((one) => choiceOf(spot, one));
}

function images(spot: Spot): readonly Choice[] {
  const detail = spot.around.words.completion.image;
  const written = spot.around.slice.text.slice(...spot.word);
  return knownAround(spot.around)
    .flatMap(({ pods }) => pods?.images ?? [])
    .filter((value) => value !== written)
    .map((value) => ({ value, sort: "reference", detail }));
}

function namespaces(spot: Spot): readonly Choice[] {
  const all = knownAround(spot.around);
  const used = all.map(({ namespace }) => namespace).filter((one) => one !== "default");
  const own = namespaceOf(spot);
  return [...objectsOfKind(spot, "Namespace").map(({ name }) => name), ...used, "default", "kube-system"]
    .filter((value) => value !== own || value === "default")
    .map((value) => ({ value, sort: "reference" }));
}
