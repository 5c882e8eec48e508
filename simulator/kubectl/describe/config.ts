/** Kinds that configure others as `kubectl describe` shows them. Models their describers in kubectl/pkg/describe/describe.go. */
import { decodeBase64 } from "../../api/base64.ts";
import { asObject, isTrue, type JsonObject, listAt, stringAt } from "../../api/json.ts";
import { labelText, selectorCell } from "../../api/printers/cells.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import { annotationLines, labelLines, line, row, valueText } from "./writer.ts";

const head = ({ metadata }: ApiObject): string =>
  row("Name", metadata.name) +
  row("Namespace", metadata.namespace ?? "") +
  labelLines("Labels", metadata.labels) +
  annotationLines("Annotations", metadata.annotations ?? {});

const sortedEntries = (object: JsonObject): readonly (readonly [string, string])[] =>
  Object.keys(object)
    .sort()
    .map((key) => [key, String(object[key])]);

const bytesOf = (text: string): readonly number[] => decodeBase64(text) ?? [];

export function configMapText(object: ApiObject): string {
  const data = sortedEntries(asObject(object["data"])).map(([key, value]) => `${key}:\n----\n${value}\n\n`);
  const binary = sortedEntries(asObject(object["binaryData"])).map(([key, value]) =>
    line(0, `${key}: ${bytesOf(value).length} bytes`),
  );
  return [head(object), "\nData\n====\n", ...data, "\nBinaryData\n====\n", ...binary, "\n"].join("");
}

export function secretText(object: ApiObject): string {
  const type = stringAt(object, "type");
  const data = sortedEntries(asObject(object["data"])).map(([key, value]) => {
    const bytes = bytesOf(value);
    const isToken = key === "token" && type === "kubernetes.io/service-account-token";
    return row(key, isToken ? bytes.map((byte) => String.fromCharCode(byte)).join("") : `${bytes.length} bytes`);
  });
  return [head(object), `\nType:\t${type}\n`, "\nData\n====\n", ...data].join("");
}

export function serviceAccountText(object: ApiObject): string {
  const names = listAt(object, "imagePullSecrets").map((one) => stringAt(asObject(one), "name"));
  const [first = "<none>", ...more] = names;
  const title = "Image pull secrets:";
  const lines = [`${title}\t${first}\n`, ...more.map((one) => `${" ".repeat(title.length)}\t${one}\n`)];
  return head(object) + lines.join("");
}

export function priorityClassText(object: ApiObject): string {
  return [
    row("Name", object.metadata.name),
    row("Value", valueText(object["value"], "0")),
    row("GlobalDefault", isTrue(object, "globalDefault")),
    row("PreemptionPolicy", stringAt(object, "preemptionPolicy")),
    row("Description", stringAt(object, "description")),
    row("Annotations", labelText(object.metadata.annotations)),
  ].join("");
}

export function budgetText(object: ApiObject): string {
  const spec = asObject(object["spec"]);
  const status = asObject(object["status"]);
  const { minAvailable, maxUnavailable } = spec;
  const bound =
    minAvailable === undefined
      ? maxUnavailable === undefined
        ? ""
        : row("Max unavailable", valueText(maxUnavailable))
      : row("Min available", valueText(minAvailable));
  return [
    row("Name", object.metadata.name),
    row("Namespace", object.metadata.namespace ?? ""),
    bound,
    row("Selector", spec["selector"] ? selectorCell(asObject(spec["selector"])) : "<unset>"),
    line(0, "Status:"),
    row("Allowed disruptions", valueText(status["disruptionsAllowed"], "0"), 2),
    row("Current", valueText(status["currentHealthy"], "0"), 2),
    row("Desired", valueText(status["desiredHealthy"], "0"), 2),
    row("Total", valueText(status["expectedPods"], "0"), 2),
  ].join("");
}
