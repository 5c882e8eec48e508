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
/** A resource score is at most 225: 100 for room, and 50 and 75 for balance. */
const scoreBits = 8;
const scoreWidth = 1 << scoreBits;

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
  /** The look that met a class last, negative where it is among the best; and the classes of this look. */
  readonly classSeen: Int32Array;
  readonly classes: Int32Array;
  look: number;
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
    classSeen: new Int32Array(size * scoreWidth),
    classes: new Int32Array(of.length),
    look: 0,
  };
}

/** The class of a slot with so many pods of the owner: its pair and its resource score in one number; -1 where the pod cannot go. */
export function classOf({ base }: EvenSpread, slot: number, pods: number, score: number): number {
  return score < 0 ? -1 : (base[slot]! + pods) * scoreWidth + score;
}

/** Works out `score` of the `met` pairs that `count` candidates have. */
function scorePairs(table: NodeTable, spread: EvenSpread, counter: Counter, met: number, count: number): void {
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

/**
 * Puts the best of the first `enough` feasible slots from `first` on in front of `candidates`, in the order in which they are
 * met. Gives how many slots were looked at, and how many are best; 0 when the pod fits nowhere.
 */
export function bestClasses(
  table: NodeTable,
  spread: EvenSpread,
  counter: Counter,
  classes: Int32Array,
  first: number,
  enough: number,
  candidates: Int32Array,
): { readonly looked: number; readonly ties: number } {
  const { seen, pairs, score, classSeen, classes: met } = spread;
  const size = classes.length;
  spread.look = spread.look === 0x7fffffff ? 1 : spread.look + 1;
  const { look } = spread;
  let found = 0;
  let looked = 0;
  let kinds = 0;
  for (let slot = first; looked < size && found < enough; looked++) {
    const kind = classes[slot]!;
    if (kind >= 0) {
      found++;
      if (classSeen[kind] !== look) {
        classSeen[kind] = look;
        met[kinds++] = kind;
      }
    }
    if (++slot === size) slot = 0;
  }
  if (found === 0) return { looked, ties: 0 };
  let different = 0;
  for (let i = 0; i < kinds; i++) {
    const pair = met[i]! >> scoreBits;
    if (seen[pair] !== look) {
      seen[pair] = look;
      pairs[different++] = pair;
    }
  }
  scorePairs(table, spread, counter, different, found);
  // There are few classes: the best of them are marked, and their slots taken in order.
  const total = (kind: number) => (kind & (scoreWidth - 1)) + score[kind >> scoreBits]!;
  let highest = -1;
  for (let i = 0; i < kinds; i++) highest = Math.max(highest, total(met[i]!));
  for (let i = 0; i < kinds; i++) if (total(met[i]!) === highest) classSeen[met[i]!] = -look;
  let ties = 0;
  for (let i = 0, slot = first; i < looked; i++) {
    const kind = classes[slot]!;
    if (kind >= 0 && classSeen[kind] === -look) candidates[ties++] = slot;
    if (++slot === size) slot = 0;
  }
  return { looked, ties };
}
