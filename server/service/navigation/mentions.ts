/** Every name in an object that may mean something elsewhere: in it, in its file, in its installation. */
import { isObject } from "../../../simulator/api/json.ts";
import { kinds } from "../../../simulator/api/kinds.ts";
import { templatePath } from "../../../simulator/api/pod-template.ts";
import type { Path } from "../../../simulator/api/problem.ts";
import { valueAt } from "../parse.ts";
import type { Subject } from "../subject.ts";
import { carriedLabels, labelsIn, type Owner, readSelector, selectedLabels } from "./label-mentions.ts";
import type { Mention, Reach } from "./mention.ts";
import {
  containerLists,
  objectNameFields,
  podKeyFields,
  podNameFields,
  podSelectorFields,
  portFields,
  referenceFields,
  selectorFields,
} from "./name-fields.ts";
import { type Place, placesIn } from "./places.ts";

const byName: Reach = { is: "name" };
const inObject: Reach = { is: "object" };

/** How an object is spoken of: its kind, its namespace unless it belongs to the cluster, its name. */
export function objectAbout(kind: string, namespace: string, name: string): string {
  const isNamespaced = kinds.named(kind)?.namespaced ?? true;
  return `object ${kind}/${isNamespaced ? namespace : ""}/${name}`;
}

/** How a key of a ConfigMap or Secret is spoken of. */
export function keyAbout(kind: string, namespace: string, name: string, key: string): string {
  return `key ${kind}/${namespace}/${name}/${key}`;
}

const portAbout = (namespace: string, port: string | number) => `port ${namespace} ${port}`;
const servicePortAbout = (namespace: string, service: string, port: string | number) =>
  `service-port ${namespace}/${service}/${port}`;

/** The mentions of an object, with places counted from the root of its slice. */
export function mentionsOf(subject: Subject): readonly Mention[] {
  const { kind, value, root } = subject;
  const owner: Owner = {
    namespace: subject.namespace || "default",
    object: root.join("/"),
    of: { kind, name: subject.name },
  };
  const found = [
    ...nameOf(subject, owner),
    ...namesIn(value, objectNameFields[kind] ?? [], owner),
    ...(referenceFields[kind] ?? []).flatMap((field) => placesIn(value, field).flatMap((one) => reference(one, owner))),
    ...(selectorFields[kind] ?? []).flatMap((field) =>
      placesIn(value, field).flatMap(({ at, value: selector }) => selectedLabels(selector, at, owner)),
    ),
    ...ofKind(subject, owner),
    ...ofPods(subject, owner),
  ];
  return root.length === 0 ? found : found.map((one) => below(one, root));
}

function below(mention: Mention, root: Path): Mention {
  const at = [...root, ...mention.at];
  return { ...mention, at, ...(mention.key && { key: { ...mention.key, at: [...root, ...mention.key.at] } }) };
}

function named(
  { at, value }: Place,
  about: string,
  { object, of }: Owner,
  role: Mention["role"],
  reach: Reach,
): Mention[] {
  return typeof value === "string" && value !== ""
    ? [{ at, onKey: false, text: value, about, role, object, of, reach }]
    : [];
}

/** The object's own name, and that of its namespace. A patch does not make the object that it names. */
function nameOf({ kind, value, name, decision }: Subject, owner: Owner): readonly Mention[] {
  const own = { at: ["metadata", "name"], value: valueAt(value, ["metadata", "name"]) };
  const space = { at: ["metadata", "namespace"], value: valueAt(value, ["metadata", "namespace"]) };
  const role = decision.standing === "patch" ? "refers" : "defines";
  return [
    ...named(own, objectAbout(kind, owner.namespace, name), owner, role, byName),
    ...named(space, objectAbout("Namespace", "", owner.namespace), owner, "refers", byName),
  ];
}

function namesIn(
  value: unknown,
  fields: readonly { readonly field: string; readonly kind: string }[],
  owner: Owner,
  at: Path = [],
): readonly Mention[] {
  return fields.flatMap(({ field, kind }) =>
    placesIn(value, field, at).flatMap((place) =>
      named(place, objectAbout(kind, owner.namespace, String(place.value)), owner, "refers", byName),
    ),
  );
}

/** A name beside the kind of what it names. */
function reference({ at, value }: Place, owner: Owner): readonly Mention[] {
  if (!isObject(value) || typeof value["kind"] !== "string") return [];
  const namespace = typeof value["namespace"] === "string" ? value["namespace"] : owner.namespace;
  const about = objectAbout(value["kind"], namespace, String(value["name"]));
  return named({ at: [...at, "name"], value: value["name"] }, about, owner, "refers", byName);
}

/** What only one kind has. */
function ofKind(subject: Subject, owner: Owner): readonly Mention[] {
  const { kind, value, name } = subject;
  switch (kind) {
    case "Service":
      return ofService(subject, owner);
    case "ConfigMap":
    case "Secret":
      return ["data", "binaryData", "stringData"].flatMap((map) =>
        placesIn(value, `${map}.*`).map(({ at }): Mention => {
          const text = String(at.at(-1));
          const about = keyAbout(kind, owner.namespace, name, text);
          return { at, onKey: true, text, about, role: "defines", object: owner.object, of: owner.of, reach: byName };
        }),
      );
    case "Ingress":
      return ["spec.defaultBackend.service", "spec.rules.*.http.paths.*.backend.service"].flatMap((field) =>
        placesIn(value, field).flatMap(({ at, value: service }) =>
          isObject(service)
            ? ["name", "number"].flatMap((by) =>
                placesIn(service, `port.${by}`, at).flatMap((port) =>
                  portNamed(
                    port,
                    servicePortAbout(owner.namespace, String(service["name"]), String(port.value)),
                    owner,
                    "refers",
                    byName,
                  ),
                ),
              )
            : [],
        ),
      );
    case "NetworkPolicy": {
      const requirements = readSelector(valueAt(value, ["spec", "podSelector"]));
      if (requirements === null) return [];
      return placesIn(value, "spec.ingress.*.ports.*.port").flatMap((port) =>
        portNamed(port, portAbout(owner.namespace, String(port.value)), owner, "refers", {
          is: "selects",
          requirements,
        }),
      );
    }
    default:
      return [];
  }
}

function portNamed(place: Place, about: string, owner: Owner, role: Mention["role"], reach: Reach): Mention[] {
  if (typeof place.value !== "number") return named(place, about, owner, role, reach);
  const { at, value } = place;
  return [
    { at, onKey: false, text: String(value), about, role, object: owner.object, of: owner.of, reach, number: true },
  ];
}

function ofService({ value, name }: Subject, owner: Owner): readonly Mention[] {
  const selector = valueAt(value, ["spec", "selector"]);
  const requirements = readSelector({ matchLabels: selector });
  const ports = placesIn(value, "spec.ports.*").flatMap(({ at, value: port }) => {
    if (!isObject(port)) return [];
    const own = ["name", "port"].flatMap((by) =>
      portNamed(
        { at: [...at, by], value: port[by] },
        servicePortAbout(owner.namespace, name, String(port[by])),
        owner,
        "defines",
        byName,
      ),
    );
    if (requirements === null) return own;
    const by = Object.hasOwn(port, "targetPort") ? "targetPort" : "port";
    const target = { at: [...at, by], value: port[by] };
    const about = portAbout(owner.namespace, String(port[by]));
    return [...own, ...portNamed(target, about, owner, "refers", { is: "selects", requirements })];
  });
  return [...selectedLabels(selector, ["spec", "selector"], owner, true), ...ports];
}

/** What stands in a pod template, or in a Pod. */
function ofPods({ kind, value }: Subject, owner: Owner): readonly Mention[] {
  const path = templatePath(kind);
  if (path === null) return [];
  const template = valueAt(value, path);
  const spec = valueAt(template, ["spec"]);
  const at = [...path, "spec"];
  const labels = labelsIn(valueAt(template, ["metadata", "labels"]));
  const carries: Reach = { is: "carries", labels };
  const local = (place: Place, what: string, role: Mention["role"]) =>
    named(place, `${what} ${String(place.value)}`, owner, role, inObject);
  const containers = containerLists.flatMap((list) => placesIn(spec, `${list}.*`, at));
  const claims = kind === "StatefulSet" ? placesIn(value, "spec.volumeClaimTemplates.*.metadata.name") : [];
  const annotation = "kubectl.kubernetes.io/default-container";
  return [
    ...carriedLabels(labels, [...path, "metadata", "labels"], owner),
    ...podSelectorFields.flatMap((field) =>
      placesIn(spec, field, at).flatMap((one) => selectedLabels(one.value, one.at, owner)),
    ),
    ...namesIn(spec, podNameFields, owner, at),
    ...podKeyFields.flatMap(({ below: field, name, key, kind: holder }) =>
      placesIn(spec, field, at).flatMap((one) => {
        const object = String(valueAt(one.value, [name]));
        return placesIn(one.value, key, one.at).flatMap((place) =>
          named(place, keyAbout(holder, owner.namespace, object, String(place.value)), owner, "refers", byName),
        );
      }),
    ),
    ...[...placesIn(spec, "volumes.*.name", at), ...claims].flatMap((one) => local(one, "volume", "defines")),
    ...[
      ...placesIn(valueAt(template, ["metadata", "annotations", annotation]), "", [
        ...path,
        "metadata",
        "annotations",
        annotation,
      ]),
      ...placesIn(value, "spec.podFailurePolicy.rules.*.onExitCodes.containerName"),
      ...placesIn(value, "spec.jobTemplate.spec.podFailurePolicy.rules.*.onExitCodes.containerName"),
      ...placesIn(spec, "volumes.*.downwardAPI.items.*.resourceFieldRef.containerName", at),
    ].flatMap((one) => local(one, "container", "refers")),
    ...containers.flatMap(({ at: place, value: container }) => [
      ...placesIn(container, "name", place).flatMap((one) => local(one, "container", "defines")),
      ...placesIn(container, "env.*.valueFrom.resourceFieldRef.containerName", place).flatMap((one) =>
        local(one, "container", "refers"),
      ),
      ...["volumeMounts.*.name", "volumeDevices.*.name"].flatMap((field) =>
        placesIn(container, field, place).flatMap((one) => local(one, "volume", "refers")),
      ),
      ...["ports.*.name", "ports.*.containerPort"].flatMap((field) =>
        placesIn(container, field, place).flatMap((one) =>
          portNamed(one, portAbout(owner.namespace, String(one.value)), owner, "defines", carries),
        ),
      ),
      ...portFields.flatMap((field) =>
        placesIn(container, field, place).flatMap((one) =>
          portNamed(one, portAbout(owner.namespace, String(one.value)), owner, "refers", inObject),
        ),
      ),
    ]),
  ];
}
