/** What a Deployment writes onto its ReplicaSets. Models SetNewReplicaSetAnnotations of deployment_util.go. */
import type { LabelMap } from "../../api/objects.ts";
import {
  copiedAnnotations,
  desiredReplicasAnnotation,
  maxReplicasAnnotation,
  parseRevisionNumber,
  revisionAnnotation,
  revisionHistoryAnnotation,
} from "../../cluster/revisions.ts";

/** The old revision numbers are kept in at most this many characters. */
const historyLength = 2000;

/** The wanted number and the most that may exist, as they stood when the ReplicaSet got its size. */
export function sizeAnnotations(replicas: number, surge: number): LabelMap {
  return { [desiredReplicasAnnotation]: String(replicas), [maxReplicasAnnotation]: String(replicas + surge) };
}

/** An annotation that holds a size; null when missing or anything but digits: not even a plus sign may stand before them. */
export function readSize(text: string | undefined): number | null {
  if (text === undefined || !/^[0-9]+$/.test(text)) return null;
  const size = Number(text);
  return size < 2 ** 31 ? size : null;
}

/**
 * The annotations of the new ReplicaSet: the Deployment's own are copied over, the revision never goes down, and a number
 * that it had before is noted in the history. They stay as they are when the revision that they tell is no number.
 */
export function newReplicaSetAnnotations(deployment: LabelMap, before: LabelMap, revision: bigint): LabelMap {
  const stored = before[revisionAnnotation];
  const old = stored === undefined || stored === "" ? 0n : parseRevisionNumber(stored);
  if (old === null) return before;
  const annotations: Record<string, string> = { ...before, ...copiedAnnotations(deployment) };
  if (old >= revision) return annotations;
  annotations[revisionAnnotation] = String(revision);
  if (stored !== undefined) {
    annotations[revisionHistoryAnnotation] = appendHistory(before[revisionHistoryAnnotation] ?? "", stored);
  }
  return annotations;
}

function appendHistory(history: string, revision: string): string {
  if (history === "") return revision;
  const numbers = history.split(",");
  if (numbers[0] === "") return revision;
  let length = history.length + revision.length + 1;
  let start = 0;
  while (length > historyLength && start < numbers.length) length -= numbers[start++]!.length + 1;
  return length <= historyLength ? [...numbers.slice(start), revision].join(",") : history;
}
