/**
 * The choice among candidates for pods under the built-in spread constraints and nothing else that scores beside resources:
 * the same scores as `softSpreadScores` gives, in two passes over columns, since nearly every pod comes this way.
 */
import { type Counter, domainCounts } from "./counters.ts";
import type { NodeTable } from "./node-table.ts";
import type { Spread } from "./topology.ts";

/** The built-in constraints of the scheduler (systemDefaultConstraints). */
export const defaultSpread: readonly Pick<Spread, "key" | "maxSkew">[] = [
  { key: "kubernetes.io/hostname", maxSkew: 3 },
  { key: "topology.kubernetes.io/zone", maxSkew: 5 },
];

const [host, zone] = defaultSpread as [Pick<Spread, "key" | "maxSkew">, Pick<Spread, "key" | "maxSkew">];

/** What it costs to go to each zone, with the zones among the candidates for the weight. */
function zoneCosts(table: NodeTable, counter: Counter, candidates: Int32Array, count: number): Float64Array {
  const { of, names } = table.domains(zone.key);
  const costs = new Float64Array(names.length);
  let present = 0;
  for (let i = 0; i < count && present < names.length; i++) {
    const domain = of[candidates[i]!]!;
    if (domain < 0 || costs[domain] === 1) continue;
    costs[domain] = 1;
    present++;
  }
  const weight = Math.log(present + 2);
  const counts = domainCounts(table, counter, zone.key);
  for (let domain = 0; domain < costs.length; domain++) costs[domain] = counts[domain]! * weight + zone.maxSkew - 1;
  return costs;
}

/**
 * Moves the candidates of the highest score to the front and gives their number. `resources` holds the resource scores of the
 * candidates; `scratch` is room for as many numbers.
 */
export function bestOfEvenSpread(
  table: NodeTable,
  counter: Counter,
  candidates: Int32Array,
  resources: Float64Array,
  count: number,
  scratch: Float64Array,
): number {
  const hosts = table.domains(host.key).of;
  const zones = table.domains(zone.key).of;
  const costs = zoneCosts(table, counter, candidates, count);
  const counts = counter.counts;
  const weight = Math.log(count + 2);
  const base = host.maxSkew - 1;
  let most = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const slot = candidates[i]!;
    const domain = zones[slot]!;
    const own = hosts[slot]! < 0 ? 0 : counts[slot]! * weight + base;
    const score = Math.floor(own + (domain < 0 ? 0 : costs[domain]!) + 0.5);
    scratch[i] = score;
    if (score > most) most = score;
    if (score < least) least = score;
  }
  const sum = most + least;
  let best = Number.NEGATIVE_INFINITY;
  let ties = 0;
  let lastCost = -1;
  let lastScore = 0;
  for (let i = 0; i < count; i++) {
    const cost = scratch[i]!;
    if (cost !== lastCost) {
      lastCost = cost;
      lastScore = most === 0 ? 200 : 2 * Math.floor((100 * (sum - cost)) / most);
    }
    const total = resources[i]! + lastScore;
    if (total < best) continue;
    if (total > best) {
      best = total;
      ties = 0;
    }
    candidates[ties++] = candidates[i]!;
  }
  return ties;
}
