/** A pod's state as shape, colour and word together. */
import type { PodDoing } from "../../../simulator/view.ts";
import { say } from "../messages/words.ts";

export const doings: readonly PodDoing[] = ["ready", "starting", "pending", "failing", "terminating", "finished"];

const shapes: Readonly<Record<PodDoing, string>> = {
  ready: "M6 1a5 5 0 1 1 0 10a5 5 0 1 1 0-10z",
  starting: "M6 1a5 5 0 0 1 0 10z M6 1a5 5 0 0 0 0 10",
  pending: "M6 .5L11.5 6L6 11.5L.5 6z",
  failing: "M6 .8L11.6 11H.4z",
  terminating: "M2 2L10 10M10 2L2 10",
  finished: "M1.5 6.5L4.5 9.5L10.5 2.5",
};

export function Mark({ doing }: { readonly doing: PodDoing }) {
  return (
    <svg class={`mark is-${doing}`} viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      <path d={shapes[doing]} />
    </svg>
  );
}

/** The states that occur. */
export function Legend({ of }: { readonly of: ReadonlySet<PodDoing> }) {
  return (
    <ul class="legend">
      {doings
        .filter((doing) => of.has(doing))
        .map((doing) => (
          <li key={doing}>
            <Mark doing={doing} /> {say(doing)}
          </li>
        ))}
    </ul>
  );
}
