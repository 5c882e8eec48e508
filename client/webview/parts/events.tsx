/** The Events up to the playhead, newest first, in Kubernetes' own words. */
import { useMemo } from "preact/hooks";
import type { EventEntry } from "../../../simulator/trace.ts";
import { duration, say } from "../messages/words.ts";
import { seek } from "../state/actions.ts";
import { time, trace } from "../state/model.ts";

const most = 200;

export function Events() {
  const all = useMemo(
    () => (trace.value?.entries ?? []).filter((entry): entry is EventEntry => entry.type === "event"),
    [trace.value],
  );
  const past = all.filter((event) => event.time <= time.value).slice(-most);
  return (
    <section aria-labelledby="events-title">
      <h2 id="events-title">{say("events")}</h2>
      {past.length === 0 && <p class="quiet">{say("noEvents")}</p>}
      <ol class="events" aria-labelledby="events-title">
        {past.reverse().map((event, index) => (
          <li key={`${event.time}/${index}`} class={event.level === "Warning" ? "warning" : ""}>
            <button type="button" onClick={() => seek(event.time)}>
              {duration(event.time)}
            </button>
            <span class="reason">{event.reason}</span>
            <span class="object">{event.object}</span>
            <span class="message">{event.message}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
