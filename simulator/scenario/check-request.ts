/** Whether a request to the API server that stands in a scenario is one. */
import type { Path } from "../api/problem.ts";
import type { CheckTools } from "./check-behaviour.ts";

type Check = (value: unknown, at: Path) => void;

const verbs = ["create", "update", "patch", "delete", "deletecollection"];
const patchTypes = ["strategic", "merge", "json", "apply"];
const propagations = ["background", "foreground", "orphan"];

interface RequestCheckTools extends Pick<CheckTools, "fields" | "number" | "oneOf"> {
  /** A text, which may be empty. */
  readonly anyText: Check;
  /** The numbers of pods anywhere in a body. */
  readonly podCounts: Check;
}

/** A check of `request`: a write, as reading is no step. */
export function requestCheck({ fields, number, oneOf, anyText, podCounts }: RequestCheckTools): Check {
  const flag: Check = (value, at) => oneOf(value, at, [true, false]);
  const count: Check = (value, at) => number(value, at, Number.MIN_SAFE_INTEGER);
  function optional(given: Readonly<Record<string, unknown>>, at: Path, keys: Readonly<Record<string, Check>>): void {
    for (const [key, check] of Object.entries(keys)) if (given[key] !== undefined) check(given[key], [...at, key]);
  }
  const options: Check = (value, at) =>
    optional(fields(value, at) ?? {}, at, {
      dryRun: flag,
      force: flag,
      fieldValidation: (one, where) => oneOf(one, where, ["Strict", "Warn", "Ignore"]),
      fieldManager: anyText,
      propagation: (one, where) => oneOf(one, where, propagations),
      gracePeriodSeconds: count,
      preconditions: (one, where) =>
        optional(fields(one, where) ?? {}, where, { uid: anyText, resourceVersion: anyText }),
      labelSelector: anyText,
      fieldSelector: anyText,
    });

  return (value, at) => {
    const given = fields(value, at);
    if (!given) return;
    oneOf(given["verb"], [...at, "verb"], verbs);
    for (const name of ["group", "version", "resource"]) anyText(given[name], [...at, name]);
    optional(given, at, {
      subresource: anyText,
      namespace: anyText,
      name: anyText,
      patchType: (one, where) => oneOf(one, where, patchTypes),
      options,
      body: podCounts,
    });
  };
}
