/** Whether a panel and its terminal play the same. Pure. */

/** The same text for scenarios that make the same of a cluster: the order of steps at different times, and how long a run is, do not matter. */
export function sharedKey(scenario: Readonly<Record<string, unknown>>): string {
  const { horizon: _, steps, ...rest } = scenario;
  const texts = (Array.isArray(steps) ? steps : []).map((step) => JSON.stringify(sorted(step))).sort();
  return JSON.stringify([sorted(rest), texts]);
}

/** The value with the keys of its maps in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}
