/** What other documents may need to know about an object. Small, plain and independent of where it stands. */
import { isObject, type JsonObject, listAt, objectAt, stringAt } from "../../simulator/api/json.ts";
import { kinds } from "../../simulator/api/kinds.ts";
import type { Json } from "../../simulator/api/objects.ts";
import { podTemplateOf, templatePath } from "../../simulator/api/pod-template.ts";
import { isApplicable } from "../../simulator/scenario/defaults.ts";
import { keysOf, mentionsIn, type Need, neededKinds, needsOf, someName } from "./needs.ts";
import { isPlaceholder } from "./standing/placeholders.ts";
import type { Made } from "./standing/places.ts";
import type { Subject } from "./subject.ts";

export interface Port {
  readonly name: string;
  readonly number: number | string;
  readonly protocol: string;
}

export interface Facts {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** What it is installed with; none where nothing says. */
  readonly installations: readonly string[];
  /** Pods that it makes: their labels and ports. Null for what makes no pods. */
  readonly pods: { readonly labels: Readonly<Record<string, string>>; readonly ports: readonly Port[] } | null;
  /** The selector of a controller or Service as the object states it; null when it has none. */
  readonly selector: JsonObject | null;
  readonly service: {
    readonly headless: boolean;
    readonly external: boolean;
    readonly ports: readonly { readonly name: string; readonly port: number; readonly target: string | number }[];
  } | null;
  readonly serviceName: string;
  /** The name that a kustomization gives it, by which it may be spoken of as well; empty where it keeps its own. */
  readonly alias: string;
  /** The keys of a ConfigMap or Secret; null where they are not known. */
  readonly keys: readonly string[] | null;
  /** What its pods need by name. */
  readonly needs: readonly Need[];
  /** Names that an object of somebody else's kind speaks of. */
  readonly mentions: readonly string[];
  /** Whether little more than the name is known, as it is not sound or not judged. */
  readonly partial: boolean;
}

/** Facts with nothing but what names an object. */
export function bareFacts(
  named: Pick<Facts, "kind" | "name" | "namespace" | "installations">,
  more: Partial<Facts> = {},
): Facts {
  const nothing = {
    alias: "",
    pods: null,
    selector: null,
    service: null,
    serviceName: "",
    keys: null,
    needs: [],
    mentions: [],
  };
  return { ...named, ...nothing, partial: false, ...more };
}

/** Of an object that a kustomization makes. */
export function madeFacts({ kind, name, alias, namespace, installations, keys }: Made): Facts {
  return bareFacts({ kind, name, namespace, installations }, { alias, keys });
}

function aliasOf({ name, object }: Subject): string {
  const built = object?.metadata.name ?? "";
  return built === name ? "" : built;
}

const needed: ReadonlySet<string> = new Set(neededKinds);

/** Of an object that is not sound, or of a kind that is not judged: its name, and the names that it speaks of. */
export function partialFacts({ kind, name, namespace, installations, recognised, value }: Subject): Facts | null {
  const named = { kind, name, namespace: scopeOf(kind, namespace), installations };
  if (recognised.is === "foreign") return bareFacts(named, { mentions: mentionsIn(value), partial: true });
  if (!needed.has(kind)) return null;
  // What will be filled in may be any name.
  return bareFacts({ ...named, name: isPlaceholder(name, true) ? someName : name }, { partial: true });
}

function scopeOf(kind: string, namespace: string): string {
  return (kinds.named(kind)?.namespaced ?? true) ? namespace || "default" : "";
}

export function factsOf(subject: Subject): Facts | null {
  const { object } = subject;
  if (object === null) return null;
  const spec = object.spec as JsonObject | undefined;
  const { kind, name } = subject;
  const base = bareFacts(
    {
      kind,
      name,
      namespace: scopeOf(kind, subject.namespace),
      installations: subject.installations,
    },
    { alias: aliasOf(subject) },
  );
  switch (subject.kind) {
    case "Service": {
      const selector = objectAt(spec, "selector") ?? null;
      const service = {
        headless: stringAt(spec, "clusterIP") === "None",
        external: stringAt(spec, "type") === "ExternalName",
        ports: listAt(spec, "ports").filter(isObject).map(servicePort),
      };
      return { ...base, selector, service };
    }
    case "PersistentVolumeClaim":
      return base;
    case "ConfigMap":
    case "Secret":
      return { ...base, keys: keysOf(subject.value) };
    default: {
      if (!isApplicable(subject.kind)) return null;
      const template = podTemplateOf(subject.kind, object);
      if (template === undefined) return base;
      const pods = podFacts(objectAt(template, "metadata"), objectAt(template, "spec"));
      // The selector of a Job is the server's own.
      const selector = subject.kind === "Job" ? null : (objectAt(spec, "selector") ?? null);
      const path = [...(templatePath(subject.kind) ?? []), "spec"];
      const needs = needsOf(objectAt(template, "spec"), path);
      return { ...base, pods, selector, serviceName: stringAt(spec, "serviceName"), needs };
    }
  }
}

function podFacts(metadata: JsonObject | undefined, spec: JsonObject | undefined): NonNullable<Facts["pods"]> {
  const ports: Port[] = [];
  for (const list of ["containers", "initContainers"]) {
    for (const container of listAt(spec, list)) {
      if (!isObject(container)) continue;
      for (const port of listAt(container, "ports")) {
        if (!isObject(port)) continue;
        const number = port["containerPort"];
        ports.push({
          name: stringAt(port, "name"),
          number: number as number,
          protocol: stringAt(port, "protocol") || "TCP",
        });
      }
    }
  }
  return { labels: strings(objectAt(metadata, "labels")), ports };
}

function servicePort(port: JsonObject): { name: string; port: number; target: string | number } {
  const number = port["port"] as number;
  const target = port["targetPort"];
  return {
    name: stringAt(port, "name"),
    port: number,
    target: typeof target === "string" || typeof target === "number" ? target : number,
  };
}

function strings(map: JsonObject | undefined): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const [key, value] of Object.entries<Json>(map ?? {})) if (typeof value === "string") texts[key] = value;
  return texts;
}
