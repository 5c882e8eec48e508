/**
 * The choice for pods under the built-in spread constraints and nothing else that scores beside resources: the same scores as
 * `softSpreadScores` gives. What spreading costs depends only on the zone and on the pods that the node has already. With the
 * resource score that makes a class, and there are few, so slots carry the number of theirs and are scored once per class.
 */
import type { Random } from "../../engine/random.ts";
import { type Counter, domainCounts } from "./counters.ts";
import type { NodeTable } from "./node-table.ts";
import { type ClassTally, createClassTally, nthSlot, type SlotClasses, tallyClasses } from "./slot-classes.ts";
import type { Spread } from "./topology.ts";

type Constraint = Pick<Spread, "key" | "maxSkew">;

const host: Constraint = { key: "kubernetes.io/hostname", maxSkew: 3 };
const zone: Constraint = { key: "topology.kubernetes.io/zone", maxSkew: 5 };

/** The built-in constraints of the scheduler (systemDefaultConstraints). */
export const defaultSpread: readonly Constraint[] = [host, zone];

/** With fewer pods of one owner on every node this way can be taken; the usual limit of a node is 110 pods. */
export const width = 128;
/** So many pods of one owner on a node there is room for from the start. */
const usualPods = 4;
const mostZones = 64;
/** A resource score is at most 225: 100 for room, and 50 and 75 for balance. */
const scoreBits = 8;
const scoreWidth = 1 << scoreBits;

export interface EvenSpread {
  /** Per slot the number of its zone, the one after the last for none. */
  readonly zoneOf: Int32Array;
  readonly zones: number;
  readonly zoneMet: Uint8Array;
  /** The slots of one look by class. */
  readonly tally: ClassTally;
  /** The score of each class that the look met. */
  readonly totals: Int32Array;
}

/** Room for choices on these nodes; null where a node has no hostname label or zones are too many for this way. */
export function createEvenSpread(table: NodeTable): EvenSpread | null {
  const { of, names } = table.domains(zone.key);
  const zones = names.length;
  if (zones > mostZones || table.domains(host.key).of.includes(-1)) return null;
  return {
    zoneOf: of.map((domain) => (domain < 0 ? zones : domain)),
    zones,
    zoneMet: new Uint8Array(zones + 1),
    tally: createClassTally(of.length, usualPods * (zones + 1) * scoreWidth),
    totals: new Int32Array(of.length),
  };
}

/**
 * The class of a slot with so many pods of the owner: the pair of them and its zone, and its resource score, in one number that is
 * small as long as the pods are few; -1 where the pod cannot go.
 */
export function classOf({ zoneOf, zones }: EvenSpread, slot: number, pods: number, score: number): number {
  return score < 0 ? -1 : (pods * (zones + 1) + zoneOf[slot]!) * scoreWidth + score;
}

/** Works out `totals` of the classes in the tally; gives the highest. */
function scoreClasses(table: NodeTable, spread: EvenSpread, counter: Counter): number {
  const { tally, totals, zones, zoneMet } = spread;
  const { met, kinds, found } = tally;
  zoneMet.fill(0);
  let present = 0;
  for (let i = 0; i < kinds; i++) {
    const domain = (met[i]! >> scoreBits) % (zones + 1);
    if (zoneMet[domain] === 0) {
      zoneMet[domain] = 1;
      present++;
    }
  }
  const hostWeight = Math.log(found + 2);
  const zoneWeight = Math.log(present + 2);
  const sums = domainCounts(table, counter, zone.key);
  let most = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < kinds; i++) {
    const pair = met[i]! >> scoreBits;
    const domain = pair % (zones + 1);
    const own = Math.trunc(pair / (zones + 1)) * hostWeight + (host.maxSkew - 1);
    const cost = domain === zones ? 0 : sums[domain]! * zoneWeight + (zone.maxSkew - 1);
    const rounded = Math.floor(own + cost + 0.5);
    totals[i] = rounded;
    if (rounded > most) most = rounded;
    if (rounded < least) least = rounded;
  }
  let highest = -1;
  for (let i = 0; i < kinds; i++) {
    const even = most === 0 ? 100 : Math.floor((100 * (most + least - totals[i]!)) / most);
    const total = 2 * even + (met[i]! & (scoreWidth - 1));
    totals[i] = total;
    if (total > highest) highest = total;
  }
  return highest;
}

/**
 * One of the best of the first `enough` feasible slots from `first` on, by chance, and how many slots were looked at; slot -1
 * when the pod fits nowhere.
 */
export function bestSlot(
  table: NodeTable,
  spread: EvenSpread,
  counter: Counter,
  classes: SlotClasses,
  first: number,
  enough: number,
  random: Random,
): { readonly looked: number; readonly slot: number } {
  const { tally, totals } = spread;
  tallyClasses(classes, first, enough, tally);
  const { members, met, kinds, looked } = tally;
  if (kinds === 0) return { looked, slot: -1 };
  const highest = scoreClasses(table, spread, counter);
  let ties = 0;
  for (let i = 0; i < kinds; i++) {
    const kind = met[i]!;
    if (totals[i] === highest) ties += members[kind]!;
    else members[kind] = 0;
  }
  return { looked, slot: nthSlot(classes, tally, first, ties === 1 ? 0 : random.below(ties)) };
}
