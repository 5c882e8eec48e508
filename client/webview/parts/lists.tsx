/** What stands below the picture in words: events, revisions, pods as a table, the next times of a CronJob. */
import { readyAt, spanAt, stoppedAt } from "../../../simulator/insight/lives.ts";
import type { EventEntry } from "../../../simulator/trace.ts";
import { hoursAhead, weekdayTime } from "../messages/calendar-words.ts";
import { clock, duration, say } from "../messages/words.ts";
import { revisionsOf } from "../picture/revisions.ts";
import * as model from "../state/model.ts";
import { seek } from "../state/playhead.ts";
import { act } from "../state/trying.ts";
import { Glyph, Icon } from "./icon.tsx";
import { doing, stageWord } from "./now.tsx";
import { Rich } from "./rich.tsx";
import { Section } from "./section.tsx";

/** Events before and after the playhead that are listed where there is little room, and where there is more. */
const fewEvents = 8;
const manyEvents = 200;
/** Said of every pod and of no help to anybody. */
const dull: ReadonlySet<string> = new Set(["Scheduled"]);

function eventsOfRun(): readonly (EventEntry & { readonly at: number })[] {
  const found = model.result.value;
  if (!found) return [];
  const names = model.ownNames.value;
  return found.trace.entries.flatMap((entry) =>
    entry.type === "event" && entry.time >= found.from && !dull.has(entry.reason) && names.has(entry.object)
      ? [{ ...entry, at: entry.time - found.from }]
      : [],
  );
}

export function Events() {
  const all = eventsOfRun();
  const now = model.time.value;
  const past = all.findIndex((one) => one.at > now);
  const next = past < 0 ? all.length : past;
  const most = model.width.value >= 1280 ? manyEvents : fewEvents;
  const from = Math.max(0, Math.min(next - Math.ceil(most * 0.7), all.length - most));
  return (
    <Section id="events" title={say("events")} note={String(all.length)}>
      {all.length === 0 && <p class="quiet">{say("noEvents")}</p>}
      <ol class="events">
        {all.slice(from, from + most).map((one, index) => (
          <li
            key={from + index}
            class={`${from + index === next && next > 0 ? "first " : ""}${one.level === "Warning" ? "warning " : ""}${one.at > now ? "coming" : ""}`}
          >
            <button type="button" onClick={() => seek(one.at)} title={`${one.object}: ${one.message}`}>
              <time>{clock(one.at)}</time>
              <span class="reason">{one.reason}</span>
              <span class="message">{one.message}</span>
            </button>
          </li>
        ))}
      </ol>
    </Section>
  );
}

export function Revisions() {
  const [seen, name] = [model.now.value, model.target.value];
  if (!seen || !name) return null;
  const found = revisionsOf(seen, name);
  if (found.length === 0) return null;
  return (
    <Section id="revisions" title={say("revisions")} note={String(found.length)} open={name.kind === "DaemonSet"}>
      <ol class="revisions">
        {found.map(({ revision, images, changeCause, current }) => (
          <li key={revision} data-revision={revision}>
            <b>{revision}</b>
            <span class="images">{images.join(", ")}</span>
            <small>{changeCause}</small>
            {current ? (
              <small>{say("currentRevision")}</small>
            ) : (
              <button
                type="button"
                class="link"
                onClick={() => act({ do: "undo", ...name, toRevision: revision }, Math.max(0, model.time.value))}
              >
                {say("undoLink")}
              </button>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** Rows of the table that are drawn; the rest is counted. */
const mostRows = 300;

export function PodsTable() {
  const from = model.result.value?.from ?? 0;
  const at = from + model.time.value;
  const lives = model.lives.value;
  const newest = model.rollout.value?.newest;
  const when = (time: number | null): string =>
    time === null || time === Infinity ? "" : time < from ? say("before") : clock(time - from);
  return (
    <Section
      id="table"
      title={say("podsTable")}
      note={say("atTime", { time: clock(model.time.value) })}
      open={model.width.value >= 1280}
    >
      <div class="scroller" role="group" aria-label={say("podsTable")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say("columnPod")}</th>
              <th scope="col">{say("columnNode")}</th>
              {newest !== undefined && <th scope="col">{say("columnRevision")}</th>}
              <th scope="col">{say("columnState")}</th>
              <th scope="col" class="number">
                {say("columnCreated")}
              </th>
              <th scope="col" class="number">
                {say("columnReady")}
              </th>
              <th scope="col" class="number">
                {say("columnStopped")}
              </th>
              <th scope="col" class="number">
                {say("columnGone")}
              </th>
            </tr>
          </thead>
          <tbody>
            {lives.slice(0, mostRows).map((life) => {
              const name = doing([life], at);
              return (
                <tr key={life.uid} data-table-pod={life.name}>
                  <td>{life.name}</td>
                  <td>{life.node}</td>
                  {newest !== undefined && <td>{say(life.revision === newest ? "isNew" : "isOld")}</td>}
                  <td>
                    <Glyph name={name} />
                    {name === "absent" ? say("absent") : stageWord(name)}
                    {name === "failing" || name === "backoff" ? ` (${spanAt(life, at)?.status ?? ""})` : ""}
                  </td>
                  <td class="number">{when(life.created)}</td>
                  <td class="number">{when(readyAt(life))}</td>
                  <td class="number">{when(stoppedAt(life))}</td>
                  <td class="number">{when(life.gone)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
        {lives.length > mostRows && <small data-part="more">{say("andMore", { n: lives.length - mostRows })}</small>}
      </div>
    </Section>
  );
}

/** The next ten times of a CronJob, in both zones, and what becomes of each. */
export function NextTimes() {
  const calendar = model.cronRuns.value;
  if (!calendar) return null;
  const { coming, zone, now } = calendar;
  const reader = model.readerZone.value;
  const both = reader !== (zone || "UTC");
  return (
    <Section id="times" title={say("times")} note={say("clickRun")}>
      <table class={`times${both ? " both" : ""}`}>
        <thead>
          <tr>
            <th scope="col">{zone || "UTC"}</th>
            {both && <th scope="col">{reader}</th>}
            <th scope="col" class="number">
              {say("inTime")}
            </th>
            <th scope="col">{say("becomes")}</th>
          </tr>
        </thead>
        <tbody>
          {coming.map((run) => (
            <tr key={run.due} class={run.outcome === "skipped" ? "off" : ""} data-job={run.job} data-due={run.due}>
              <td>
                <button type="button" onClick={() => seek(run.due - now)}>
                  {weekdayTime(run.due, zone)}
                </button>
              </td>
              {both && <td class="yours">{weekdayTime(run.due, reader)}</td>}
              <td class="number">{duration(run.due - now)}</td>
              <td>
                {run.outcome === "skipped" && <Icon name="ban" />}
                <Rich text={becomes(run)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {both && <small>{say("offset", { zone: reader, offset: signed(hoursAhead(now, reader, zone || "UTC")) })}</small>}
    </Section>
  );
}

export const signed = (count: number): string => (count >= 0 ? `+${count}` : `−${-count}`);

/** What becomes of a run, in words. */
export function becomes(run: NonNullable<typeof model.cronRuns.value>["runs"][number]): string {
  const time = duration((run.ended ?? run.due) - (run.started ?? run.due));
  const late = run.late > 0 ? `, ${say("isLate", { time: duration(run.late) })}` : "";
  switch (run.outcome) {
    case "succeeded":
      return say("runsFor", { time }) + late;
    case "failed":
      return say("failsAfter", { time, reason: run.reason }) + late;
    case "running":
      return say("runsStill") + late;
    case "replaced":
      return say("isReplaced", { time }) + late;
    case "skipped":
      return say("isSkipped");
    case "planned":
      return say("notPlayed");
  }
}
