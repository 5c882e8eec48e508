/**
 * The plugins that score, each 0..100 per feasible node, with the weights of the default profile. Models
 * pkg/scheduler/apis/config/v1/default_plugins.go and framework/plugins/helper/normalize_score.go.
 */

import type { Requests } from "../../api/pod/requests.ts";
import type { IncomingAffinity } from "./affinity.ts";
import type { NodeTable } from "./node-table.ts";
import { balancedAllocation, leastAllocated } from "./resources.ts";
import type { SpecProfile } from "./static-filters.ts";
import { type Spread, softSpreadScores } from "./topology.ts";

interface Scorer {
  readonly plugin: string;
  readonly weight: number;
  /** Fills in the scores of the first `found` candidates (slots); false when there is nothing to score. */
  score(candidates: Int32Array, found: number, into: Float64Array): boolean;
}

/** What scorers look at beside the candidates. */
interface Scored {
  readonly table: NodeTable;
  readonly profile: SpecProfile;
  readonly incoming: IncomingAffinity | null;
  readonly spreads: readonly Spread[];
  /** The built-in spread constraints: nodes without a key go without that part. */
  readonly lenient: boolean;
}

/** Raw scores scaled so that the highest is 100, or, `reverse`, that it is 0 and none at all is 100. */
function normalised(raw: Int32Array, reverse: boolean): Scorer["score"] {
  return (candidates, found, into) => {
    let most = 0;
    for (let i = 0; i < found; i++) most = Math.max(most, raw[candidates[i]!]!);
    for (let i = 0; i < found; i++) {
      const score = most === 0 ? 0 : Math.trunc((100 * raw[candidates[i]!]!) / most);
      into[i] = reverse ? 100 - score : score;
    }
    return true;
  };
}

function perSlot(score: (slot: number) => number): Scorer["score"] {
  return (candidates, found, into) => {
    for (let i = 0; i < found; i++) into[i] = score(candidates[i]!);
    return true;
  };
}

/** The scorers that can make a difference for a pod, those of resources apart. */
export function scorersOf({ table, profile, incoming, spreads, lenient }: Scored): readonly Scorer[] {
  const list: Scorer[] = [];
  const { softTaints, preferred, images } = profile;
  if (softTaints) list.push({ plugin: "TaintToleration", weight: 3, score: normalised(softTaints, true) });
  if (preferred) list.push({ plugin: "NodeAffinity", weight: 2, score: normalised(preferred, false) });
  if (images) list.push({ plugin: "ImageLocality", weight: 1, score: perSlot((slot) => images[slot]!) });
  if (spreads.length > 0) {
    const score: Scorer["score"] = (candidates, found, into) => {
      softSpreadScores(table, spreads, candidates, found, lenient, into);
      return true;
    };
    list.push({ plugin: "PodTopologySpread", weight: 2, score });
  }
  if (incoming) list.push({ plugin: "InterPodAffinity", weight: 2, score: incoming.score });
  return list;
}

/** The scorers of resources, which look at the node and the pod's requests alone. */
export function resourceScorers(table: NodeTable, requests: Requests): readonly Scorer[] {
  const fit = perSlot((slot) => leastAllocated(requests, table, slot));
  const balance = perSlot((slot) => balancedAllocation(requests, table, slot));
  const list: Scorer[] = [{ plugin: "NodeResourcesFit", weight: 1, score: fit }];
  return requests.bestEffort
    ? list
    : [...list, { plugin: "NodeResourcesBalancedAllocation", weight: 1, score: balance }];
}

/** What every node gets where no taint is to be preferred against. */
export const untainted: Scorer = { plugin: "TaintToleration", weight: 3, score: perSlot(() => 100) };
