/** Can this scenario be run at all? Scenarios come from files and from the panel, so nothing about them is certain. */

import { kinds } from "../api/kinds.ts";
import { type Path, type Problem, pathText } from "../api/problem.ts";
import { quantityNumber } from "../api/quantity-number.ts";
import { targets } from "../api/target.ts";
import { type ActionRow, actionRow, actions, type FieldType, targetFields } from "./actions.ts";
import { behaviourCheck, selectors } from "./check-behaviour.ts";
import { requestCheck } from "./check-request.ts";
import { isApplicable } from "./defaults.ts";

/** What can be wrong with a scenario. */
export type ScenarioCode =
  | "scenario-object-expected"
  | "scenario-list-expected"
  | "scenario-number-expected"
  | "scenario-text-expected"
  | "scenario-choice-unknown"
  | "scenario-distribution-unknown"
  | "scenario-quantity-expected"
  | "scenario-fault-unknown"
  | "scenario-action-unknown"
  | "scenario-too-many-pods"
  | "scenario-kind-unknown"
  | "scenario-node-repeated";

type Fields = Readonly<Record<string, unknown>>;

/** A value as text, whatever it is: the `toString` of an object need not be a function. */
const textOf = (value: unknown): string => (typeof value === "object" ? JSON.stringify(value) : String(value));

/** More pods of one workload than the largest supported cluster has in all. */
const mostPods = 500_000;

/** With the longest horizon still within the four-digit years that the API server can write down; milliseconds since 1970. */
const latestStart = Date.UTC(9899, 0, 1);
/** A hundred years, in milliseconds. */
export const longestHorizon = 36_525 * 86_400_000;

const durationNames = ["schedule", "sandbox", "pull", "start", "init", "warmUp", "shutdown", "work"];
const taintEffects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];
const cascades = ["background", "foreground", "orphan"];
const faultTypes = ["imagePull", "neverReady", "crash", "slowStart", "exit"];

/** What makes the scenario impossible to run, with the path inside it; none when it can be run. Never throws. */
export function checkScenario(scenario: unknown): readonly Problem[] {
  const problems: Problem[] = [];
  createChecks(problems).scenario(scenario);
  return problems;
}

/** What makes an action impossible to do, with the path inside it. Never throws. */
export function checkAction(action: unknown): readonly Problem[] {
  const problems: Problem[] = [];
  createChecks(problems).action(action, []);
  return problems;
}

interface Checks {
  scenario(value: unknown): void;
  action(value: unknown, at: Path): void;
}

/** Checks that append what they find. */
function createChecks(problems: Problem[]): Checks {
  function report(code: ScenarioCode, at: Path, params: Problem["params"] = {}): void {
    problems.push({ code, reason: "FieldValueInvalid", path: pathText(at), at, severity: "error", params });
  }
  function fields(value: unknown, at: Path): Fields | undefined {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
    report("scenario-object-expected", at);
    return undefined;
  }
  function list(value: unknown, at: Path): readonly unknown[] {
    if (Array.isArray(value)) return value;
    report("scenario-list-expected", at);
    return [];
  }
  function number(value: unknown, at: Path, min: number, max = Number.MAX_VALUE): void {
    if (typeof value === "number" && value >= min && value <= max) return;
    report("scenario-number-expected", at, max === Number.MAX_VALUE ? { min } : { min, max });
  }
  function text(value: unknown, at: Path): void {
    if (typeof value !== "string" || value === "") report("scenario-text-expected", at);
  }
  function anyText(value: unknown, at: Path): void {
    if (typeof value !== "string") report("scenario-text-expected", at);
  }
  function textMap(value: unknown, at: Path, nullable = false): void {
    for (const [key, one] of Object.entries(fields(value, at) ?? {})) {
      if (typeof one !== "string" && !(nullable && one === null)) report("scenario-text-expected", [...at, key]);
    }
  }
  function oneOf(value: unknown, at: Path, allowed: readonly unknown[]): void {
    if (!allowed.includes(value))
      report("scenario-choice-unknown", at, { value: textOf(value), allowed: allowed.map(String) });
  }
  /** Fields that may be left out, by what they have to be. */
  function optional(given: Fields, at: Path, types: Readonly<Record<string, "text" | "number" | "boolean">>): void {
    for (const [name, kind] of Object.entries(types)) {
      const value = given[name];
      if (value === undefined) continue;
      if (kind === "number") number(value, [...at, name], 0);
      else if (kind === "text") {
        if (typeof value !== "string") report("scenario-text-expected", [...at, name]);
      } else oneOf(value, [...at, name], [true, false]);
    }
  }
  /** Quantities by name; null says that there is none. */
  function amounts(value: unknown, at: Path): void {
    for (const [name, one] of Object.entries(fields(value, at) ?? {})) {
      const isAmount = (typeof one === "string" || typeof one === "number") && quantityNumber(one) !== undefined;
      if (one !== null && !isAmount) report("scenario-quantity-expected", [...at, name]);
    }
  }
  function checkLoad(value: unknown, at: Path): void {
    const given = fields(value, at);
    if (!given) return;
    if ("external" in given) {
      amounts(given["external"], [...at, "external"]);
      return;
    }
    if ("object" in given) {
      const object = fields(given["object"], [...at, "object"]);
      if (!object) return;
      for (const name of ["kind", "name"]) text(object[name], [...at, "object", name]);
      amounts(object["metrics"], [...at, "object", "metrics"]);
      return;
    }
    const of = fields(given["of"], [...at, "of"]);
    if (of) for (const name of ["kind", "name"]) text(of[name], [...at, "of", name]);
    const { cpu = null, memory = null, containers = {}, pods = {} } = given;
    amounts({ cpu, memory }, at);
    for (const [name, one] of Object.entries(fields(containers, [...at, "containers"]) ?? {}))
      amounts(one, [...at, "containers", name]);
    amounts(pods, [...at, "pods"]);
    optional(given, at, { none: "boolean" });
  }
  function checkTaint(given: Fields, at: Path): void {
    text(given["key"], [...at, "key"]);
    oneOf(given["effect"], [...at, "effect"], taintEffects);
    optional(given, at, { value: "text" });
  }
  function duration(value: unknown, at: Path): void {
    if (typeof value === "number") {
      number(value, at, 0);
      return;
    }
    const given = fields(value, at);
    if (!given) return;
    const names = { uniform: ["min", "max"], normal: ["mean", "deviation"], exponential: ["mean"] } as const;
    const kind = given["distribution"] as keyof typeof names;
    if (!Object.hasOwn(names, textOf(kind))) report("scenario-distribution-unknown", [...at, "distribution"]);
    else for (const name of names[kind]) number(given[name], [...at, name], 0);
  }
  function checkNode(value: unknown, at: Path): void {
    const node = fields(value, at);
    if (!node) return;
    text(node["name"], [...at, "name"]);
    optional(node, at, { unschedulable: "boolean" });
    if (node["labels"] !== undefined) textMap(node["labels"], [...at, "labels"]);
    if (node["taints"] !== undefined) {
      for (const [index, taint] of list(node["taints"], [...at, "taints"]).entries()) {
        const where = [...at, "taints", index];
        const one = fields(taint, where);
        if (one) checkTaint(one, where);
      }
    }
    if (node["allocatable"] === undefined) return;
    for (const [name, quantity] of Object.entries(fields(node["allocatable"], [...at, "allocatable"]) ?? {})) {
      const isPlain = typeof quantity === "string" || typeof quantity === "number";
      if (!isPlain || quantityNumber(quantity) === undefined)
        report("scenario-quantity-expected", [...at, "allocatable", name]);
    }
  }
  const checkBehaviour = behaviourCheck({ fields, list, number, text, oneOf, duration });
  function checkFault(value: unknown, at: Path): void {
    const given = fields(value, at);
    if (!given) return;
    const on = fields(given["on"], [...at, "on"]);
    if (on) optional(on, [...at, "on"], selectors);
    const fault = fields(given["fault"], [...at, "fault"]);
    if (!fault) return;
    const type = textOf(fault["type"]);
    if (!faultTypes.includes(type)) report("scenario-fault-unknown", [...at, "fault", "type"], { allowed: faultTypes });
    if (type === "crash" || (type === "exit" && fault["after"] !== undefined))
      duration(fault["after"], [...at, "fault", "after"]);
    if (type === "slowStart") number(fault["factor"], [...at, "fault", "factor"], 0);
    if (type === "crash") optional(fault, [...at, "fault"], { exitCode: "number" });
    if (type === "exit") number(fault["code"], [...at, "fault", "code"], 0);
  }
  /** By the type of a field in the table of actions; those that may be left out may be empty texts as well. */
  const fieldChecks: Readonly<Record<FieldType, (value: unknown, at: Path, needed: boolean) => void>> = {
    text(value, at, needed) {
      if (typeof value !== "string" || (needed && value === "")) report("scenario-text-expected", at);
    },
    number: (value, at) => number(value, at, 0),
    replicas(value, at) {
      number(value, at, 0);
      podCount(value, at);
    },
    manifest: checkObject,
    patch: checkPatch,
    node: checkNode,
    labels: (value, at) => textMap(value, at, true),
    fault: checkFault,
    effect: (value, at) => oneOf(value, at, taintEffects),
    load: checkLoad,
    cascade: (value, at) => oneOf(value, at, cascades),
    behaviour: checkBehaviour,
    truth: (value, at) => oneOf(value, at, ["True", "False", "Unknown", null]),
    subresource: (value, at) => oneOf(value, at, ["resize"]),
    request: requestCheck({ fields, number, oneOf, anyText, podCounts }),
  };
  function action(value: unknown, at: Path): void {
    const given = fields(value, at);
    if (!given) return;
    const name = textOf(given["do"]);
    const row = actionRow(name);
    if (!row) {
      report("scenario-action-unknown", [...at, "do"], { value: name, allowed: Object.keys(actions) });
      return;
    }
    const parts: readonly Pick<ActionRow, "needs" | "may">[] = [targetFields[row.to], row];
    for (const part of parts) {
      for (const [field, type] of Object.entries(part.needs)) fieldChecks[type](given[field], [...at, field], true);
      for (const [field, type] of Object.entries(part.may)) {
        if (given[field] !== undefined) fieldChecks[type](given[field], [...at, field], false);
      }
    }
  }
  function checkPatch(value: unknown, at: Path): void {
    const patch = fields(value, at);
    if (!patch) return;
    podCounts(patch, at);
    const { metadata } = patch;
    const given = metadata === undefined ? undefined : fields(metadata, [...at, "metadata"]);
    for (const name of ["labels", "annotations"] as const) {
      if (given?.[name] !== undefined) textMap(given[name], [...at, "metadata", name], true);
    }
  }
  /** Whole, and no more than any cluster could hold: a larger one would only use up time and memory. */
  function podCount(value: unknown, at: Path): void {
    if (typeof value !== "number" || (Number.isInteger(value) && value <= mostPods)) return;
    report("scenario-too-many-pods", at, { value, max: mostPods });
  }
  /** The numbers of pods anywhere in a spec or patch; of a JSON patch, those that it puts in place by their paths. */
  function podCounts(value: unknown, at: Path): void {
    if (Array.isArray(value)) {
      for (const [index, one] of value.entries()) {
        const { path, value: given } = (typeof one === "object" && one !== null ? one : {}) as Fields;
        const key = String(path).slice(String(path).lastIndexOf("/") + 1);
        podCounts({ [key]: given }, [...at, index]);
      }
      return;
    }
    if (typeof value !== "object" || value === null) return;
    for (const key of ["replicas", "parallelism"]) podCount((value as Fields)[key], [...at, key]);
    for (const key of ["spec", "jobTemplate"]) podCounts((value as Fields)[key], [...at, key]);
  }
  function checkObject(value: unknown, at: Path): void {
    const object = fields(value, at);
    if (!object) return;
    if (!isApplicable(textOf(object["kind"])))
      report("scenario-kind-unknown", [...at, "kind"], { value: textOf(object["kind"]) });
    const metadata = fields(object["metadata"], [...at, "metadata"]);
    if (metadata && metadata["generateName"] === undefined) text(metadata["name"], [...at, "metadata", "name"]);
    const hasSpec = kinds.named(textOf(object["kind"]))?.is === "simulated" || object["spec"] !== undefined;
    if (hasSpec) fields(object["spec"], [...at, "spec"]);
    podCounts(object, at);
  }

  function scenario(value: unknown): void {
    const given = fields(value, []);
    if (!given) return;
    number(given["seed"], ["seed"], Number.MIN_SAFE_INTEGER);
    number(given["start"], ["start"], 0, latestStart);
    number(given["horizon"], ["horizon"], 0, longestHorizon);
    if (given["kubernetes"] !== undefined) oneOf(given["kubernetes"], ["kubernetes"], targets);
    if (given["budget"] !== undefined) number(given["budget"], ["budget"], 1);
    const timings = fields(given["timings"], ["timings"]);
    if (timings) for (const name of durationNames) duration(timings[name], ["timings", name]);
    const names = new Set<unknown>();
    list(given["nodes"], ["nodes"]).forEach((node, index) => {
      checkNode(node, ["nodes", index]);
      const name = (node as Fields | null)?.["name"];
      if (names.has(name)) report("scenario-node-repeated", ["nodes", index, "name"], { value: textOf(name) });
      names.add(name);
    });
    for (const [index, fault] of list(given["faults"], ["faults"]).entries()) checkFault(fault, ["faults", index]);
    const behaviours = given["behaviours"] === undefined ? [] : list(given["behaviours"], ["behaviours"]);
    for (const [index, one] of behaviours.entries()) checkBehaviour(one, ["behaviours", index]);
    if (given["elsewhere"] !== undefined) oneOf(given["elsewhere"], ["elsewhere"], ["there", "missing"]);
    if (given["whole"] !== undefined) oneOf(given["whole"], ["whole"], [true, false]);
    list(given["steps"], ["steps"]).forEach((step, index) => {
      const at = ["steps", index];
      const one = fields(step, at);
      if (!one) return;
      number(one["at"], [...at, "at"], 0);
      action(one["action"], [...at, "action"]);
    });
  }
  return { scenario, action };
}
