/** Whether what a scenario says of containers can be understood. */
import type { Path } from "../api/problem.ts";

type Fields = Readonly<Record<string, unknown>>;
type Check = (value: unknown, at: Path) => void;

/** What checks are made of; each reports what is wrong at the path. */
export interface CheckTools {
  readonly fields: (value: unknown, at: Path) => Fields | undefined;
  readonly list: (value: unknown, at: Path) => readonly unknown[];
  readonly number: (value: unknown, at: Path, min: number) => void;
  readonly text: Check;
  readonly oneOf: (value: unknown, at: Path, allowed: readonly unknown[]) => void;
  readonly duration: Check;
}

/** What selects pods and containers, by what it has to be. */
export const selectors = {
  kind: "text",
  name: "text",
  namespace: "text",
  container: "text",
  image: "text",
  revision: "number",
  index: "number",
  node: "text",
  attempts: "number",
} as const;

/** A check of `behaviour`, and of a list of them. */
export function behaviourCheck(tools: CheckTools): Check {
  const { fields, list, number, text, oneOf, duration } = tools;

  /** An object with these keys, all of which may be left out, and no others. */
  function shape(keys: Readonly<Record<string, Check>>): Check {
    return (value, at) => {
      for (const [key, one] of Object.entries(fields(value, at) ?? {})) {
        if (one === undefined) continue;
        const check = Object.hasOwn(keys, key) ? keys[key] : undefined;
        if (check) check(one, [...at, key]);
        else oneOf(key, [...at, key], Object.keys(keys));
      }
    };
  }
  const count: Check = (value, at) => number(value, at, 0);
  const flag: Check = (value, at) => oneOf(value, at, [true, false]);
  const each =
    (check: Check): Check =>
    (value, at) => {
      for (const [index, one] of list(value, at).entries()) check(one, [...at, index]);
    };
  const word =
    (said: string, otherwise: Check): Check =>
    (value, at) => {
      if (value !== said) otherwise(value, at);
    };

  const run = { runs: word("forever", duration), exit: count };
  const pull = { pull: duration, fails: count };
  const hook = shape({ takes: duration, exit: count });
  const windows = each(each(count));
  const image = shape({
    ...pull,
    pullAgain: duration,
    attempts: each(shape(pull)),
    onNode: flag,
    registry: (value, at) => oneOf(value, at, ["down"]),
  });
  const does = shape({
    ...run,
    attempts: each(shape(run)),
    onTerm: word("ignore", shape({ exit: count, after: duration })),
    oom: duration,
    neverReady: flag,
    ready: windows,
    live: windows,
    up: windows,
    serve: word("nothing", shape({ from: count, port: count, path: text })),
    probeTakes: shape({ readiness: duration, liveness: duration, startup: duration }),
    preStop: hook,
    postStart: hook,
    startError: flag,
    image,
    user: count,
  });
  const on = shape(
    Object.fromEntries(Object.entries(selectors).map(([key, is]) => [key, is === "text" ? text : count])),
  );
  return (value, at) => {
    const given = fields(value, at);
    if (!given) return;
    on(given["on"], [...at, "on"]);
    does(given["does"], [...at, "does"]);
  };
}
