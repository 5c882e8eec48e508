/** The nodes with the pods on them, and for each node left out the reason. */
import { say } from "../messages/words.ts";
import { podSpecOf, whyLeftOut } from "../placement.ts";
import { minePods } from "../pods.ts";
import { now, shown } from "../state/model.ts";
import { PodList } from "./capped.tsx";

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
              {(here.length > 0 || !reason) &&
                state.taints.map((taint) => (
                  <p key={`${taint.key}${taint.effect}`} class="taint">
                    {taint.key}:{taint.effect}
                  </p>
                ))}
              {state.unschedulable && <p class="taint">{say("cordoned")}</p>}
              {!state.ready && <p class="taint">{say("notReady")}</p>}
              {here.length > 0 && <PodList pods={here} />}
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
          <PodList pods={waiting} />
          {waiting.find((pod) => pod.state.message) && (
            <p class="reason">{waiting.find((pod) => pod.state.message)?.state.message}</p>
          )}
        </div>
      )}
    </section>
  );
}
