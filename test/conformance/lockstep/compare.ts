/** The comparison rule of the recorded traces, and a readable account of what differs. */
import { isDeepStrictEqual } from "node:util";
import type { RecordedEventCount, TraceEntry } from "./scenario.ts";

type Fields = Record<string, unknown>;

/** The first differing entry, as lines for a person; undefined when the traces are equal. */
export function difference(
  got: readonly TraceEntry[],
  want: readonly TraceEntry[],
  steps: readonly unknown[],
): string | undefined {
  for (const [index, expected] of want.entries()) {
    const actual = got[index];
    if (!actual) return `entry ${index} is missing`;
    const lines = [...diff("", comparable(actual, expected), comparable(expected, expected))];
    if (lines.length > 0) {
      const step = JSON.stringify(steps[index]).slice(0, 160);
      return [`entry ${index} of ${want.length - 1}: ${step}`, ...lines.slice(0, 30)].join("\n    ");
    }
  }
  return undefined;
}

/** The entry without order where order does not matter, and without what depends on races. */
function comparable(entry: TraceEntry, expected: TraceEntry): unknown {
  const snapshot = structuredClone(entry.snapshot) as Fields;
  for (const [name, deployment] of Object.entries((snapshot["deployments"] ?? {}) as Record<string, Fields>)) {
    const recorded = (expected.snapshot["deployments"] as Record<string, Fields> | undefined)?.[name];
    if (recorded && isComplete(recorded)) continue;
    deployment["conditions"] = (deployment["conditions"] as string[][]).map(([type, status, reason]) =>
      type === "Progressing" && status === "True" ? [type, status, "(any)"] : [type, status, reason],
    );
  }
  for (const list of ["pods", "pvcs"]) {
    if (snapshot[list]) snapshot[list] = tally(snapshot[list] as Fields[], ({ count, ...rest }) => [rest, count ?? 1]);
  }
  const cronJob = (event: RecordedEventCount) => event.object.startsWith("CronJob/");
  const events = entry.events
    .filter((event) => event.reason !== "MissingJob")
    .map((event) => ({ ...event, count: cronJob(event) ? "(any)" : event.count }));
  return {
    output: entry.output ?? null,
    snapshot,
    events: tally(events as unknown as Fields[], ({ count, ...rest }) => [rest, count]),
    ...(expected.schedulerEvents
      ? { schedulerEvents: tally(entry.schedulerEvents as unknown as Fields[], ({ count, ...rest }) => [rest, count]) }
      : {}),
  };
}

function isComplete(deployment: Fields): boolean {
  const { updated, replicas, available, specReplicas } = deployment;
  return updated === specReplicas && replicas === specReplicas && available === specReplicas;
}

/** A list as a map from the text of an item to its count. */
function tally(items: readonly Fields[], split: (item: Fields) => [Fields, unknown]): Fields {
  const map: Fields = {};
  for (const item of items) {
    const [rest, count] = split(item);
    const key = Object.keys(rest)
      .sort()
      .map((name) => `${name}=${JSON.stringify(rest[name])}`)
      .join(" ");
    map[key] = typeof map[key] === "number" && typeof count === "number" ? map[key] + count : count;
  }
  return map;
}

function* diff(path: string, got: unknown, want: unknown): Generator<string> {
  if (isDeepStrictEqual(got, want)) return;
  if (isFields(got) && isFields(want)) {
    for (const key of new Set([...Object.keys(want), ...Object.keys(got)])) {
      yield* diff(path === "" ? key : `${path}.${key}`, got[key], want[key]);
    }
    return;
  }
  yield `${path}: got ${JSON.stringify(got)}, want ${JSON.stringify(want)}`;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
