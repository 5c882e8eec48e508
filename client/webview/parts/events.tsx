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
  const before = all.filter((event) => event.time <= time.value);
  const past = before.slice(-most);
  return (
    <section aria-labelledby="events-title">
      <h2 id="events-title">{say("events")}</h2>
      {past.length === 0 && <p class="quiet">{say("noEvents")}</p>}
      {/* It scrolls by itself, so the keyboard has to reach it. */}
      <ol class="events" aria-labelledby="events-title" tabIndex={past.length > 0 ? 0 : -1}>
        {past.reverse().map((event, index) => (
          <li key={`${event.time}/${index}`} class={event.level === "Warning" ? "warning" : ""}>
            <button type="button" onClick={() => seek(event.time)}>
              {duration(event.time)}
            </button>
            <p>
              <strong>{event.reason}</strong> {event.object}
            </p>
            <p class="message">{event.message}</p>
          </li>
        ))}
      </ol>
      {before.length > most && (
        <p class="left-out" data-part="earlier">
          {say("earlierEvents", before.length - most)}
        </p>
      )}
    </section>
  );
}
