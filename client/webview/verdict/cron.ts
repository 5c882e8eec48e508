/** A CronJob in words: when it runs next here and there, its rhythm, and what becomes of its runs. */
import { formatInstant, weekdayTime } from "../messages/calendar-words.ts";
import { duration, figure, say } from "../messages/words.ts";
import type { CronCalendar } from "../picture/calendar.ts";
import type { Figure } from "./figures.ts";
import type { Sentence } from "./sentence.ts";

const plain = { of: "", note: "", bad: false, moment: null, amount: 0, better: null } as const;

/** The runs that are compared with a rhythm. */
const rhythmRuns = 8;

/** `every 4 hours`, where the runs are evenly spaced; else the times of the next ones. */
function rhythm({ coming, zone }: CronCalendar): string {
  const due = coming.slice(0, rhythmRuns).map((run) => run.due);
  const gaps = due.slice(1).map((time, index) => time - due[index]!);
  const [first] = gaps;
  if (first !== undefined && gaps.every((gap) => gap === first)) {
    return first === 86_400_000
      ? say("everyDay", { time: formatInstant(due[0]!, zone, "time") })
      : say("everyN", { time: duration(first) });
  }
  return due
    .slice(1, 3)
    .map((time) => weekdayTime(time, zone))
    .join(", ");
}

/** The verdict's word and sentence. */
export function cronSentence(calendar: CronCalendar, reader: string): Sentence {
  const { next, now, zone, runs, policy, missing } = calendar;
  if (calendar.suspended) return { word: say("wNothing"), text: say("suspended") };
  if (next === null) return { word: say("cronNever"), text: say("cronNeverText") };
  const word = say("cronNext", { when: formatInstant(next, zone, "near", now) });
  const there =
    reader !== zone
      ? say("cronZone", {
          when: formatInstant(next, reader, "time"),
          zone: reader.split("/").at(-1)!.replaceAll("_", " "),
        })
      : "";
  const all = runs.length;
  const count = (outcome: string) => runs.filter((run) => run.outcome === outcome).length;
  const told = [`${there}${say("cronThen", { rhythm: rhythm(calendar) })}`.trim()];
  const skipped = count("skipped");
  const late = runs.filter((run) => run.late > 0).length;
  const failed = count("failed");
  if (skipped > 0) told.push(say(skipped === 1 ? "cronSkippedOne" : "cronSkipped", { n: skipped, all, policy }));
  if (late > 0) told.push(say(late === 1 ? "cronLateOne" : "cronLate", { n: late }));
  if (failed > 0)
    told.push(
      failed === failed + count("succeeded")
        ? say("cronAllFail")
        : say(failed === 1 ? "cronFailedOne" : "cronFailed", { n: failed, all }),
    );
  for (const { day, time } of missing.slice(0, 1)) told.push(say("cronNoTime", { day, time }));
  return { word, text: told.join(" ") };
}

/** The four figures of a CronJob over so many days. */
export function cronFigures({ next, now, zone, runs }: CronCalendar, days: number): readonly Figure[] {
  const first = (test: (run: CronCalendar["runs"][number]) => boolean) => runs.find(test);
  const skipped = runs.filter((run) => run.outcome === "skipped");
  const failed = runs.filter((run) => run.outcome === "failed");
  const late = runs.filter((run) => run.late > 0);
  const wait = next === null ? null : figure(next - now);
  const when = (run: CronCalendar["runs"][number] | undefined) => (run ? weekdayTime(run.due, zone) : "");
  return [
    {
      ...plain,
      key: "next",
      label: say("nextRun"),
      value: wait?.value ?? "–",
      of: wait?.unit ?? "",
      note: next === null ? say("noteNever") : formatInstant(next, zone, "near", now),
    },
    {
      ...plain,
      key: "runs",
      label: say("runsIn", { n: days }),
      value: String(runs.length - skipped.length),
      of: say("of", { n: runs.length }),
      note: late.length > 0 ? say("noteLate", { n: late.length }) : "",
    },
    {
      ...plain,
      key: "skipped",
      label: say("skipped"),
      value: String(skipped.length),
      note: when(first((run) => run.outcome === "skipped")),
    },
    {
      ...plain,
      key: "fail",
      label: say("fail"),
      value: String(failed.length),
      note: when(first((run) => run.outcome === "failed")),
      bad: failed.length > 0,
    },
  ];
}
