/**
 * The choice for pods under the built-in spread constraints and nothing else that scores beside resources: the same scores as
 * `softSpreadScores` gives. What spreading costs depends only on the zone and on the pods that the node has already, and
 * there are few such pairs, so candidates carry the number of their pair and costs are worked out once per pair.
 */
import { type Counter, domainCounts } from "./counters.ts";
import type { NodeTable } from "./node-table.ts";
import type { Spread } from "./topology.ts";

type Constraint = Pick<Spread, "key" | "maxSkew">;

const host: Constraint = { key: "kubernetes.io/hostname", maxSkew: 3 };
const zone: Constraint = { key: "topology.kubernetes.io/zone", maxSkew: 5 };

/** The built-in constraints of the scheduler (systemDefaultConstraints). */
export const defaultSpread: readonly Constraint[] = [host, zone];

/** Pods of one owner on one node that have a pair of their own; the usual limit of a node is 110 pods. */
export const width = 128;
const mostZones = 64;

export interface EvenSpread {
  /** Per slot the number of the pair of its zone and no pods; the pods of the node are to be added. */
  readonly base: Int32Array;
  /** The look that met the pair last. */
  readonly seen: Int32Array;
  /** Pairs among the candidates, and how many they are. */
  readonly pairs: Int32Array;
  readonly zones: number;
  /** Twice the score of each pair that is met. */
  readonly score: Int32Array;
  readonly zoneMet: Uint8Array;
}

/** Room for choices on these nodes; null where a node has no hostname label or zones are too many for this way. */
export function createEvenSpread(table: NodeTable): EvenSpread | null {
  const { of, names } = table.domains(zone.key);
  const zones = names.length;
  if (zones > mostZones || table.domains(host.key).of.includes(-1)) return null;
  const size = (zones + 1) * width;
  return {
    base: of.map((domain) => (domain < 0 ? zones : domain) * width),
    seen: new Int32Array(size),
    pairs: new Int32Array(size),
    zones,
    score: new Int32Array(size),
    zoneMet: new Uint8Array(zones + 1),
  };
}

/** Works out `score` of the `met` pairs that `count` candidates have. */
export function scorePairs(table: NodeTable, spread: EvenSpread, counter: Counter, met: number, count: number): void {
  const { pairs, score, zones, zoneMet } = spread;
  zoneMet.fill(0);
  let present = 0;
  for (let i = 0; i < met; i++) {
    const domain = Math.trunc(pairs[i]! / width);
    if (domain < zones && zoneMet[domain] === 0) {
      zoneMet[domain] = 1;
      present++;
    }
  }
  const hostWeight = Math.log(count + 2);
  const zoneWeight = Math.log(present + 2);
  const sums = domainCounts(table, counter, zone.key);
  let most = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < met; i++) {
    const pair = pairs[i]!;
    const domain = Math.trunc(pair / width);
    const own = (pair % width) * hostWeight + (host.maxSkew - 1);
    const cost = domain === zones ? 0 : sums[domain]! * zoneWeight + (zone.maxSkew - 1);
    const rounded = Math.floor(own + cost + 0.5);
    score[pair] = rounded;
    if (rounded > most) most = rounded;
    if (rounded < least) least = rounded;
  }
  for (let i = 0; i < met; i++) {
    const pair = pairs[i]!;
    score[pair] = most === 0 ? 200 : 2 * Math.floor((100 * (most + least - score[pair]!)) / most);
  }
}
