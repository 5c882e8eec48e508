/**
 * Zones whose rules changed after the zone data that Kubernetes 1.36.2 was measured with (release 2025c). A platform
 * with newer data would answer differently from that server, and Node differently from a browser; here is what 2025c says.
 */

const hour = 3_600_000;

interface Alias {
  /** From here on (milliseconds since 1970) … */
  readonly since: number;
  /** … the zone reads like this one … */
  readonly like: string;
  /** … with its changes this much earlier. */
  readonly earlier: number;
}

const from2022 = Date.UTC(2022, 0, 1);
const from2026 = Date.UTC(2026, 0, 1);
const pacific: Alias = { since: from2026, like: "America/Los_Angeles", earlier: 0 };
const mountain: Alias = { since: from2026, like: "America/Denver", earlier: 0 };
// Clocks in Moldova change at 00:00 UTC, an hour before those of the European Union.
const moldova: Alias = { since: from2022, like: "Europe/Bucharest", earlier: hour };

const aliases: Readonly<Record<string, Alias>> = {
  "America/Vancouver": pacific,
  "Canada/Pacific": pacific,
  "America/Edmonton": mountain,
  "America/Yellowknife": mountain,
  "Canada/Mountain": mountain,
  "Europe/Chisinau": moldova,
  "Europe/Tiraspol": moldova,
};

/** Morocco is an hour ahead of UTC except around Ramadan: the Sundays, at 02:00 UTC, on which that pause begins and ends. */
const moroccanPauses: readonly (readonly [begin: number, end: number])[] = `
  2026-02-15 2026-03-22  2027-02-07 2027-03-14  2028-01-23 2028-03-05  2029-01-14 2029-02-18  2029-12-30 2030-02-10
  2030-12-22 2031-01-26  2031-12-14 2032-01-18  2032-11-28 2033-01-09  2033-11-20 2033-12-25  2034-11-05 2034-12-17
  2035-10-28 2035-12-09  2036-10-19 2036-11-23  2037-10-04 2037-11-15  2038-09-26 2038-10-31  2039-09-18 2039-10-23
  2040-09-02 2040-10-14`
  .trim()
  .split(/\s{2,}/)
  .map((pair): [number, number] => {
    const [begin = "", end = ""] = pair.split(" ");
    return [Date.parse(`${begin}T02:00:00Z`), Date.parse(`${end}T02:00:00Z`)];
  });

type Reader = (instant: number) => number;

/**
 * The reader of a zone's offset (milliseconds), with the stretch that is pinned laid over what the platform says.
 * `platform` gives the platform's reader of a zone.
 */
export function pinned(name: string, platform: (name: string) => Reader | undefined): Reader | undefined {
  const own = platform(name);
  if (!own) return undefined;
  if (name === "Africa/Casablanca" || name === "Africa/El_Aaiun") {
    return (instant) => {
      if (instant < from2026) return own(instant);
      return moroccanPauses.some(([begin, end]) => instant >= begin && instant < end) ? 0 : hour;
    };
  }
  const alias = Object.hasOwn(aliases, name) ? aliases[name] : undefined;
  const other = alias && platform(alias.like);
  if (!other) return own;
  return (instant) => (instant < alias.since ? own(instant) : other(instant + alias.earlier));
}
