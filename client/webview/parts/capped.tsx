/** Long lists of pods: as many as can be read, those that need attention first, and in words what is left out. */
import { type PodDoing, podDoing, type ViewObject } from "../../../simulator/view.ts";
import { say } from "../messages/words.ts";
import { Mark } from "./mark.tsx";

type Pod = ViewObject<"Pod">;

/** What moves or fails is what one looks for; what is ready or over is left out first. */
const attention: readonly PodDoing[] = ["failing", "pending", "starting", "terminating", "ready", "finished"];

/** At most `most` pods in the order given, the least interesting left out. */
export function capped(
  pods: readonly Pod[],
  most: number,
): { readonly shown: readonly Pod[]; readonly left: readonly Pod[] } {
  if (pods.length <= most) return { shown: pods, left: [] };
  const rank = (pod: Pod): number => attention.indexOf(podDoing(pod.state));
  const kept = new Set(pods.toSorted((a, b) => rank(a) - rank(b)).slice(0, most));
  return { shown: pods.filter((pod) => kept.has(pod)), left: pods.filter((pod) => !kept.has(pod)) };
}

/** `3 Ready, 1 Starting` */
export function countsInWords(pods: readonly Pod[]): string {
  return attention
    .map((doing) => [doing, pods.filter((pod) => podDoing(pod.state) === doing).length] as const)
    .flatMap(([doing, count]) => (count > 0 ? [`${count} ${say(doing)}`] : []))
    .join(", ");
}

/** Pods with their state as mark and word. */
export function PodList({ pods, most = 60 }: { readonly pods: readonly Pod[]; readonly most?: number }) {
  const { shown, left } = capped(pods, most);
  return (
    <>
      <ul class="pods">
        {shown.map(({ uid, name, state }) => (
          <li key={uid} class="pod" data-state={podDoing(state)} title={state.message ?? `${name}: ${state.status}`}>
            <span class="name">
              <Mark doing={podDoing(state)} /> {name}
            </span>
            <span class="status">{state.status}</span>
          </li>
        ))}
      </ul>
      {left.length > 0 && (
        <p class="left-out" data-part="more">
          {say("more", left.length, countsInWords(left))}
        </p>
      )}
    </>
  );
}
