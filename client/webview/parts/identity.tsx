/** What is peculiar to a kind: ordinals with claims and names, a Job's progress, a CronJob's runs; and all pods as a table. */
import { Fragment } from "preact";
import { podDoing } from "../../../simulator/view.ts";
import { clock, duration, say } from "../messages/words.ts";
import { minePods } from "../pods.ts";
import { namespaceOf, now, shown, trace } from "../state/model.ts";
import { capped } from "./capped.tsx";
import { Mark } from "./mark.tsx";

const mostRows = 500;

function RowsLeftOut({ of }: { readonly of: number }) {
  return of > mostRows ? <p class="left-out">{say("morePods", of - mostRows)}</p> : null;
}

export function Identity() {
  const object = shown.value;
  const seen = now.value;
  if (!object || !seen || object.kind !== "StatefulSet") return null;
  const namespace = namespaceOf(object);
  const spec = object.object?.["spec"] as
    | { serviceName?: string; volumeClaimTemplates?: { metadata: { name: string } }[] }
    | undefined;
  const claims = spec?.volumeClaimTemplates ?? [];
  const pods = minePods(seen, object);
  return (
    <section aria-labelledby="identity-title">
      <h2 id="identity-title">{say("identity")}</h2>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col" class="ordinal">
                {say("ordinal")}
              </th>
              <th scope="col">{say("pod")}</th>
              <th scope="col">{say("claim")}</th>
              <th scope="col">{say("dns")}</th>
            </tr>
          </thead>
          <tbody>
            {capped(pods, mostRows).shown.map((pod) => (
              <tr key={pod.uid}>
                <td class="ordinal">{pod.state.index}</td>
                <th scope="row" class="whole">
                  <Mark doing={podDoing(pod.state)} /> {pod.name}
                </th>
                <td class="whole">{claims.map((claim) => `${claim.metadata.name}-${pod.name}`).join(", ") || "–"}</td>
                <td>
                  {spec?.serviceName ? (
                    <Dotted text={`${pod.name}.${spec.serviceName}.${namespace}.svc.cluster.local`} />
                  ) : (
                    "–"
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <RowsLeftOut of={pods.length} />
    </section>
  );
}

/** A name that may be broken after its dots, and nowhere else. */
function Dotted({ text }: { readonly text: string }) {
  return (
    <>
      {text.split(/(?<=\.)/).map((part) => (
        <Fragment key={part}>
          <span class="whole">{part}</span>
          <wbr />
        </Fragment>
      ))}
    </>
  );
}

export function Jobs() {
  const object = shown.value;
  const seen = now.value;
  if (!object || !seen || !trace.value || (object.kind !== "Job" && object.kind !== "CronJob")) return null;
  const owner = `CronJob/${object.name}`;
  const { start } = trace.value.scenario;
  const namespace = namespaceOf(object);
  const named = (one: { readonly namespace: string; readonly name: string }) =>
    one.namespace === namespace && one.name === object.name;
  const zone = seen.CronJob.find(named)?.state.timeZone ?? "";
  const jobs = seen.Job.filter((job) =>
    object.kind === "Job" ? named(job) : job.namespace === namespace && job.state.owner === owner,
  );
  return (
    <section aria-labelledby="job-title">
      <h2 id="job-title">{object.kind === "Job" ? say("job") : say("runs")}</h2>
      <ul class="jobs">
        {jobs.map(({ name, uid, state }) => (
          <li key={uid} data-job={name}>
            <strong>{name}</strong>
            {state.startTime !== null && (
              <span>
                {say("start")}: {object.kind === "CronJob" && `${clock(start + state.startTime, zone)}, `}
                {duration(state.startTime)}
              </span>
            )}
            <progress
              value={state.succeeded}
              max={state.completions ?? Math.max(1, state.parallelism)}
              aria-label={name}
            />
            <span>{say("jobText", state.succeeded, state.completions ?? "–", state.active, state.failed)}</span>
            {state.completedIndexes && <code>{state.completedIndexes}</code>}
            {state.conditions.some(([, status]) => status === "True") && (
              <span class="status">
                {state.conditions
                  .filter(([, status]) => status === "True")
                  .map(([type, , reason]) => `${type}${reason ? ` (${reason})` : ""}`)
                  .join(", ")}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Table() {
  const object = shown.value;
  const seen = now.value;
  if (!object || !seen) return null;
  const pods = minePods(seen, object);
  return (
    <details>
      <summary>{say("table")}</summary>
      <div class="scroll">
        <table data-part="table">
          <thead>
            <tr>
              <th scope="col">{say("pod")}</th>
              <th scope="col">{say("state")}</th>
              <th scope="col">{say("restarts")}</th>
              <th scope="col">{say("node")}</th>
              <th scope="col">{say("revision")}</th>
            </tr>
          </thead>
          <tbody>
            {capped(pods, mostRows).shown.map((pod) => (
              <tr key={pod.uid}>
                <th scope="row" class="whole">
                  {pod.name}
                </th>
                <td>{pod.state.status}</td>
                <td>{pod.state.restarts}</td>
                <td>{pod.state.node || "–"}</td>
                <td>{pod.state.revision || "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <RowsLeftOut of={pods.length} />
    </details>
  );
}
