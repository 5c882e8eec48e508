/** The calendar of a CronJob: days as rows, hours as columns, the runs on them. */
import { useMemo } from "preact/hooks";
import { hourOf, hoursAhead, weekdayTime } from "../messages/calendar-words.ts";
import { say } from "../messages/words.ts";
import { type CronCalendar, type DayRow, dayRows } from "../picture/calendar.ts";
import * as model from "../state/model.ts";
import { seek } from "../state/playhead.ts";
import { percent, Row } from "./grid.tsx";
import { Icon } from "./icon.tsx";
import { becomes, signed } from "./lists.tsx";

const hours = [0, 3, 6, 9, 12, 15, 18, 21, 24];
const two = (count: number): string => String(count).padStart(2, "0");

/** The hours of the reader's zone below those of the schedule's. */
function ZoneRow({
  name,
  shift,
  again = false,
  first = false,
}: {
  readonly name: string;
  readonly shift: number;
  readonly again?: boolean;
  readonly first?: boolean;
}) {
  return (
    <Row
      kind={`zone${again ? " again" : ""}`}
      label={
        <>
          {first && <Icon name="globe" />}
          <span>{name}</span>
        </>
      }
      track={hours.map((hour) => {
        const shown = (((hour + shift) % 24) + 24) % 24;
        return (
          <span key={hour} class={`tick${hour % 6 === 0 ? "" : " minor"}`} style={{ left: percent((hour / 24) * 100) }}>
            {hour === 24 && shift === 0 ? "24" : two(Math.floor(shown))}
          </span>
        );
      })}
    />
  );
}

function dayState({ due, skipped, late, failed, hours: long }: DayRow): string {
  if (failed > 0) return failed === 1 ? say("failsCountOne") : say("failsCount", { n: failed });
  if (skipped > 0) return say("skippedCount", { n: skipped });
  if (late > 0) return say("lateCount", { n: late });
  if (long !== 24) return say("hoursDay", { n: long });
  if (due === 0) return say("noRuns");
  return due === 1 ? say("runsCountOne") : say("runsCount", { n: due });
}

function Day({ row, calendar }: { readonly row: DayRow; readonly calendar: CronCalendar }) {
  const { zone, now } = calendar;
  const past = row.isToday ? (hourOf(now, zone) / 24) * 100 : 0;
  return (
    <Row
      kind={`day${row.isToday ? " today" : ""}`}
      role="row"
      label={
        <>
          <span class="weekday">{row.weekday}</span>
          <span class="date">{row.date}</span>
          {row.isToday && <span class="tag">{say("today")}</span>}
          {row.hours !== 24 && <Icon name="clock" />}
        </>
      }
      track={
        <>
          {row.isToday && <i class="past" style={{ width: percent(past) }} />}
          {row.gap && <i class="no-hour" style={{ left: percent(row.gap.left), width: percent(row.gap.width) }} />}
          {row.bars.map(({ run, left, width, carried, goesOn }) => (
            <button
              key={run.due}
              type="button"
              tabIndex={-1}
              class={`run ${run.outcome}${carried ? " carried" : ""}${goesOn ? " goes-on" : ""}${run.deleted !== null && run.deleted <= now + model.time.value ? " deleted" : ""}`}
              style={{ left: percent(left), width: percent(width) }}
              title={`${weekdayTime(run.due, zone)}: ${becomes(run)}`}
              data-job={run.job}
              onClick={() => seek(run.due - now)}
            />
          ))}
          {row.bars
            .filter(({ run, carried }) => run.late > 0 && !carried)
            .map(({ run, left }) => {
              const wait = (run.late / 86_400_000) * 100;
              return (
                <i
                  key={run.due}
                  class="late"
                  style={{ left: percent(Math.max(0, left - wait)), width: percent(Math.min(wait, left)) }}
                />
              );
            })}
          {row.bars
            .filter(({ run, goesOn }) => run.outcome === "failed" && !goesOn)
            .map(({ run, left, width }) => (
              <span key={run.due} class="ended bad" style={{ left: percent(left + width) }}>
                <Icon name="error" />
              </span>
            ))}
          {row.skips.map(({ run, x }) => (
            <span
              key={run.due}
              class="skip"
              style={{ left: percent(x) }}
              title={`${weekdayTime(run.due, zone)}: ${say("isSkipped")}`}
            >
              <Icon name="ban" />
            </span>
          ))}
          {row.isToday && <i class="now" style={{ left: percent(past) }} />}
        </>
      }
      state={dayState(row)}
    />
  );
}

export function Calendar({ calendar }: { readonly calendar: CronCalendar }) {
  const days = model.calendarDays.value;
  const rows = useMemo(() => dayRows(calendar, days), [calendar, days]);
  const zone = calendar.zone || "UTC";
  const reader = model.readerZone.value;
  const shifts = rows.map((row) => hoursAhead(row.begins, reader, zone));
  return (
    <div class="calendar" role="grid" aria-label={say("picture")} data-part="calendar">
      <ZoneRow name={zone} shift={0} first />
      {reader !== zone && (
        <ZoneRow name={say("offset", { zone: reader, offset: signed(shifts[0] ?? 0) })} shift={shifts[0] ?? 0} />
      )}
      {rows.map((row, index) => (
        <div key={row.wall}>
          {index > 0 && reader !== zone && shifts[index] !== shifts[index - 1] && (
            <ZoneRow
              name={say("offset", { zone: reader, offset: signed(shifts[index] ?? 0) })}
              shift={shifts[index] ?? 0}
              again
            />
          )}
          <Day row={row} calendar={calendar} />
        </div>
      ))}
    </div>
  );
}
