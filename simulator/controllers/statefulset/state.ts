/** What the StatefulSet controller knows of a set and of its pods. */
import type { LabelMap } from "../../api/objects.ts";
import type { Pod } from "../../cluster/objects.ts";
import type { History } from "../history.ts";
import type { StatefulPod } from "./decide.ts";

/** What is remembered of a set between two looks. */
export interface SetState {
  readonly uid: string;
  readonly matches: (labels: LabelMap | undefined) => boolean;
  /** Pods may have to be adopted or released. */
  claimPods: boolean;
  /** Undefined: to be read again. */
  history: History | undefined;
  /** Ordinals whose pod and claims were found to be as they should. */
  readonly settled: Set<number>;
  /** The generation that `settled` is about. */
  generation: number;
  /** Looks in a row that ended with an error. */
  failures: number;
}

/** A pod as the decision sees it, with the live object behind it. */
export interface SetPod extends StatefulPod {
  readonly live: Pod;
}
