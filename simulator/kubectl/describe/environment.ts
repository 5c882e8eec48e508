/** Variables of a container as `kubectl describe` shows them. Models describeContainerEnvVars of kubectl/pkg/describe/describe.go and kubectl/pkg/util/{fieldpath,resource}. */
import { asObject, isTrue, type JsonObject, listAt, stringAt } from "../../api/json.ts";
import { roundUp } from "../../api/quantity.ts";
import { amountOf } from "../../api/quota/amounts.ts";
import { goQuote } from "../../api/schedule/error-text.ts";
import { line, row } from "./writer.ts";

/** Where variables come from as a whole; nothing for none. */
export function envFromLines(sources: readonly JsonObject[]): string {
  if (sources.length === 0) return "";
  const lines = sources.map((source) => {
    const kind = source["configMapRef"] ? "ConfigMap" : source["secretRef"] ? "Secret" : "";
    const ref = asObject(source["configMapRef"] ?? source["secretRef"]);
    const prefix = stringAt(source, "prefix");
    const from = prefix === "" ? kind : `${kind} with prefix '${prefix}'`;
    return line(3, `${stringAt(ref, "name")}\t${from}\tOptional: ${isTrue(ref, "optional")}`);
  });
  return line(2, "Environment Variables from:") + lines.join("");
}

/** The variables of a container one by one; those that a pod tells have their values when there is a pod. */
export function envLines(container: JsonObject, pod: JsonObject | undefined): string {
  const variables = listAt(container, "env").map(asObject);
  if (variables.length === 0) return line(2, "Environment:\t<none>");
  return line(2, "Environment:") + variables.map((one) => variableText(one, container, pod)).join("");
}

function variableText(variable: JsonObject, container: JsonObject, pod: JsonObject | undefined): string {
  const name = stringAt(variable, "name");
  const from = asObject(variable["valueFrom"]);
  if (variable["valueFrom"] === undefined) {
    const [first = "", ...more] = stringAt(variable, "value").split("\n");
    return row(name, first, 3) + more.map((one) => line(3, `\t${one}`)).join("");
  }
  if (from["fieldRef"]) {
    const ref = asObject(from["fieldRef"]);
    const path = stringAt(ref, "fieldPath");
    return row(name, `${pod ? shownField(pod, path) : ""} (${stringAt(ref, "apiVersion")}:${path})`, 3);
  }
  if (from["resourceFieldRef"]) {
    const ref = asObject(from["resourceFieldRef"]);
    const resource = stringAt(ref, "resource");
    const amount = resourceText(ref, asObject(container["resources"]));
    const whole = amount === "0" && (resource === "limits.cpu" || resource === "limits.memory");
    return row(name, `${whole ? "node allocatable" : amount} (${resource})`, 3);
  }
  const keyed = (ref: JsonObject, where: string) =>
    row(
      name,
      `<set to the key '${stringAt(ref, "key")}' ${where} '${stringAt(ref, "name")}'>\tOptional: ${isTrue(ref, "optional")}`,
      3,
    );
  if (from["secretKeyRef"]) return keyed(asObject(from["secretKeyRef"]), "in secret");
  return from["configMapKeyRef"] ? keyed(asObject(from["configMapKeyRef"]), "of config map") : "";
}

/** What kubectl shows of a field of a pod: it can only tell the name and the namespace. */
function shownField(pod: JsonObject, path: string): string {
  return path === "metadata.name" || path === "metadata.namespace" ? fieldText(pod, path) : "";
}

/** What a field of the metadata of an object says; empty for any other. */
export function fieldText(pod: JsonObject, path: string): string {
  const metadata = asObject(pod["metadata"]);
  const [, map = "", key = ""] = /^metadata\.(annotations|labels)\['(.*)'\]$/.exec(path) ?? [];
  if (map !== "") return stringAt(asObject(metadata[map]), key);
  switch (path) {
    case "metadata.annotations":
    case "metadata.labels": {
      const entries = asObject(metadata[path.slice("metadata.".length)]);
      return Object.keys(entries)
        .sort()
        .map((one) => `${one}=${goQuote(String(entries[one]))}`)
        .join("\n");
    }
    case "metadata.name":
    case "metadata.namespace":
    case "metadata.uid":
      return stringAt(metadata, path.slice("metadata.".length));
    default:
      return "";
  }
}

/** How many divisors of a resource a container has, rounded up; empty for a resource that cannot be told. */
export function resourceText(ref: JsonObject, resources: JsonObject): string {
  const [, part = "", name = ""] = /^(limits|requests)\.(.*)$/s.exec(stringAt(ref, "resource")) ?? [];
  if (!/^(cpu|memory|ephemeral-storage|hugepages-.*)$/.test(name)) return "";
  const digits = name === "cpu" ? 3 : 0;
  const given = amountOf(ref["divisor"]).nanos;
  const divisor = roundUp(given === 0n ? 10n ** 9n : given, digits);
  const amount = roundUp(amountOf(asObject(resources[part])[name]).nanos, digits);
  return divisor <= 0n ? "" : String((amount + divisor - 1n) / divisor);
}
