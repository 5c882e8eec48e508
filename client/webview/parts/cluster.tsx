/** The nodes with the pods on them, and for each node left out the reason. */
import type { PodState } from "../../../simulator/trace.ts";
import { podDoing, type ViewObject } from "../../../simulator/view.ts";
import { say } from "../messages/words.ts";
import { podSpecOf, whyLeftOut } from "../placement.ts";
import { minePods } from "../pods.ts";
import { now, shown } from "../state/model.ts";
import { Mark } from "./mark.tsx";

export function Pod({ pod }: { readonly pod: ViewObject<"Pod"> }) {
  const state: PodState = pod.state;
  const doing = podDoing(state);
  return (
    <li class="pod" data-state={doing} title={state.message ?? `${pod.name}: ${state.status}`}>
      <Mark doing={doing} />
      <span class="name">{pod.name}</span>
      <span class="status">{state.status}</span>
    </li>
  );
}

export function Cluster() {
  const object = shown.value;
  const seen = now.value;
  if (!seen || !object) return null;
  const pods = minePods(seen, object);
  const spec = podSpecOf(object);
  const waiting = pods.filter((pod) => pod.state.node === "");
  return (
    <section aria-labelledby="cluster-title">
      <h2 id="cluster-title">{say("cluster")}</h2>
      <ul class="nodes">
        {seen.Node.map(({ name, state }) => {
          const here = pods.filter((pod) => pod.state.node === name);
          const reason = spec && whyLeftOut(object.kind, spec, name, state);
          return (
            <li key={name} class={here.length === 0 ? "node empty" : "node"} data-node={name} data-pods={here.length}>
              <h3>{name}</h3>
              {state.taints.map((taint) => (
                <p key={`${taint.key}${taint.effect}`} class="taint">
                  {taint.key}:{taint.effect}
                </p>
              ))}
              {state.unschedulable && <p class="taint">{say("cordoned")}</p>}
              {!state.ready && <p class="taint">{say("notReady")}</p>}
              <ul class="pods">
                {here.slice(0, 60).map((pod) => (
                  <Pod key={pod.uid} pod={pod} />
                ))}
              </ul>
              {here.length > 60 && <p class="reason">+{here.length - 60}</p>}
              {here.length === 0 && (
                <p class="reason" data-part="reason">
                  {reason ?? say("noPodHere")}
                </p>
              )}
            </li>
          );
        })}
      </ul>
      {waiting.length > 0 && (
        <div class="waiting">
          <h3>{say("unplaced")}</h3>
          <ul class="pods">
            {waiting.slice(0, 60).map((pod) => (
              <Pod key={pod.uid} pod={pod} />
            ))}
          </ul>
          {waiting.find((pod) => pod.state.message) && (
            <p class="reason">{waiting.find((pod) => pod.state.message)?.state.message}</p>
          )}
        </div>
      )}
    </section>
  );
}
