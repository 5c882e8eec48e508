/** The tables of budgets, autoscalers, quotas and classes. Models pkg/printers/internalversion/printers.go. */
import { asObject, isTrue, type JsonObject, listAt, numberAt, objectAt, stringAt } from "../json.ts";
import type { Printer } from "../kind.ts";
import { age, columns, nameOf, none, specOf, statusOf, valueOr } from "./cells.ts";

export const budgetPrinter: Printer = {
  columns: columns("Min Available", "Max Unavailable", "Allowed Disruptions#", "Age"),
  cells(object, now) {
    const spec = specOf(object);
    return [
      nameOf(object),
      String(valueOr(spec["minAvailable"], "N/A")),
      String(valueOr(spec["maxUnavailable"], "N/A")),
      numberAt(statusOf(object), "disruptionsAllowed") ?? 0,
      age(object, now),
    ];
  },
};

/** What a metric says now, in the same unit as its target. */
function currentText(target: JsonObject | undefined, current: JsonObject | undefined, unit: string): string {
  const field = ["averageUtilization", "averageValue", "value"].find((one) => target?.[one] !== undefined) ?? "value";
  const percent = field === "averageUtilization" ? "%" : "";
  const show = (value: unknown) => (value === undefined ? "<unknown>" : `${String(value)}${percent}`);
  const average = field === "averageValue" && unit !== "pods" && unit !== "" ? " (avg)" : "";
  return `${show(current?.[field])}/${show(target?.[field])}${average}`;
}

function targetsText(object: JsonObject): string {
  const metrics = listAt(specOf(object), "metrics").map(asObject);
  const currents = listAt(statusOf(object), "currentMetrics").map(asObject);
  const texts = metrics.map((metric, index) => {
    const source = stringAt(metric, "type");
    const key = source.charAt(0).toLowerCase() + source.slice(1);
    const wanted = objectAt(metric, key);
    const current = objectAt(objectAt(currents[index], key), "current");
    const name = source === "Resource" || source === "ContainerResource" ? `${stringAt(wanted, "name")}: ` : "";
    return (
      name + currentText(objectAt(wanted, "target"), current, source === "External" || source === "Object" ? key : "")
    );
  });
  if (texts.length === 0) return none;
  return texts.length > 2 ? `${texts.slice(0, 2).join(", ")} + ${texts.length - 2} more...` : texts.join(", ");
}

export const autoscalerPrinter: Printer = {
  columns: columns("Reference", "Targets", "MinPods", "MaxPods", "Replicas#", "Age"),
  cells(object, now) {
    const spec = specOf(object);
    const target = objectAt(spec, "scaleTargetRef");
    return [
      nameOf(object),
      `${stringAt(target, "kind")}/${stringAt(target, "name")}`,
      targetsText(object),
      String(valueOr(spec["minReplicas"], "<unset>")),
      String(valueOr(spec["maxReplicas"], "0")),
      numberAt(statusOf(object), "currentReplicas") ?? 0,
      age(object, now),
    ];
  },
};

/** `requests.cpu: 1/2, …` for the limits of a quota that concern requests, or limits. */
function usageText(object: JsonObject, isLimit: boolean): string {
  const [hard, used] = [objectAt(statusOf(object), "hard"), objectAt(statusOf(object), "used")];
  const wanted = Object.keys(hard ?? {})
    .filter((name) => name.startsWith("limits") === isLimit)
    .sort();
  return wanted.map((name) => `${name}: ${String(used?.[name] ?? "0")}/${String(hard?.[name])}`).join(", ");
}

export const quotaPrinter: Printer = {
  columns: columns("Request", "Limit", "Age"),
  cells: (object, now) => [nameOf(object), usageText(object, false), usageText(object, true), age(object, now)],
};

export const priorityClassPrinter: Printer = {
  columns: columns("Value#", "Global-Default", "Age", "PreemptionPolicy"),
  cells: (object, now) => [
    nameOf(object),
    numberAt(object, "value") ?? 0,
    isTrue(object, "globalDefault"),
    age(object, now),
    stringAt(object, "preemptionPolicy"),
  ],
};
