/** The answers: one word and one sentence, four figures, and what they take for granted. */

import { defaultTimings } from "../../../simulator/scenario/defaults.ts";
import type { Timings } from "../../../simulator/scenario/scenario.ts";
import { clock as clockText, duration, say, type WordKey } from "../messages/words.ts";
import { reveal } from "../state/host.ts";
import * as model from "../state/model.ts";
import { clusterOf, variantsOf } from "../state/play.ts";
import { seek } from "../state/playhead.ts";
import { act, assume, assumeWorkers, compareWith } from "../state/trying.ts";
import { cronFigures, cronSentence } from "../verdict/cron.ts";
import { verdictSentence } from "../verdict/sentence.ts";
import { ask } from "./ask.tsx";
import { Icon, type IconName } from "./icon.tsx";
import { Rich } from "./rich.tsx";

interface Way {
  readonly text: string;
  readonly icon: IconName;
  readonly run: () => void;
}

/** At most two things that would help. */
function waysOut(): readonly Way[] {
  const about = model.verdict.value;
  const name = model.target.value;
  if (!about || !name) return [];
  const target = { kind: name.kind, name: name.name, namespace: name.namespace };
  switch (about.code) {
    case "stuck": {
      const ways: Way[] = [];
      if (about.reason.code === "image-pull") ways.push({ text: say("wayImage"), icon: "pencil", run: () => reveal() });
      if (name.kind === "Deployment" && model.mode.value === "change")
        ways.push({
          text: say("wayUndo", { n: 1 }),
          icon: "undo",
          run: () => act({ do: "undo", ...target }, Math.max(0, model.time.value)),
        });
      return ways;
    }
    case "downtime":
    case "below-floor": {
      if (about.cause.code === "step" || about.cause.code === "pods-fail") return [];
      const better = variantsOf(model.wanted.value).find((one) => one === "rolling" || one === "surge");
      return better && name.kind === "Deployment" && model.variant.value === null
        ? [
            {
              text: say("wayCompare", { what: better === "rolling" ? "RollingUpdate" : "maxSurge 1" }),
              icon: "compare",
              run: () => compareWith(better),
            },
          ]
        : [];
    }
    case "nothing-runs":
      if (about.cause === "replicas")
        return [
          {
            text: say("wayScale", { n: 3 }),
            icon: "scale",
            run: () => act({ do: "scale", ...target, replicas: 3 }, 0),
          },
        ];
      return about.cause === "paused"
        ? [{ text: say("wayResume"), icon: "play", run: () => act({ do: "resume", ...target }, 0) }]
        : [];
    default:
      return [];
  }
}

function Verdict() {
  const about = model.verdict.value;
  if (!about) return null;
  const runs = model.cronRuns.value;
  const { word, text } =
    about.code === "cron" && runs
      ? cronSentence(runs, model.readerZone.value)
      : verdictSentence(about, model.plainTakes.value);
  const ways = waysOut();
  return (
    <section class={`verdict ${about.tone}`} aria-label={say("verdict")} data-part="verdict" data-code={about.code}>
      <Icon name={about.tone} />
      <p role="status">
        <b class="word">{model.isStale.value ? say("wWas", { word: word.toLowerCase() }) : word}</b>{" "}
        <Rich text={text} />
      </p>
      {ways.length > 0 && (
        <div class="ways">
          {ways.map((way, index) => (
            <button key={way.text} type="button" class={`button${index > 0 ? " second" : ""}`} onClick={way.run}>
              <Icon name={way.icon} />
              {way.text}
            </button>
          ))}
        </div>
      )}
    </section>
  );
}

function Figures() {
  const runs = model.cronRuns.value;
  const list = runs ? cronFigures(runs, model.calendarDays.value) : model.figures.value;
  return (
    <dl class="figures" data-part="figures">
      {list.map(({ key, label, value, of, note, bad, moment }) => (
        <div key={key} class={`figure${bad ? " bad" : ""}`} data-figure={key}>
          <dt>{label}</dt>
          <dd>
            {moment === null ? (
              <span>{value}</span>
            ) : (
              <button type="button" title={say("wayShow")} onClick={() => seek(moment)}>
                {value}
              </button>
            )}
            {of && <i> {of}</i>}
          </dd>
          <dd class="note">{note || "\u00a0"}</dd>
        </div>
      ))}
    </dl>
  );
}

const timings: readonly (readonly [keyof Timings, WordKey])[] = [
  ["pull", "aPull"],
  ["start", "aStart"],
  ["warmUp", "aWarmUp"],
  ["shutdown", "aStop"],
];
const jobTimings: readonly (readonly [keyof Timings, WordKey])[] = [
  ["pull", "aPull"],
  ["work", "aWork"],
];

function durationOf(timing: keyof Timings): { readonly text: string; readonly seconds: string } {
  const given = model.trial.value.timings[timing] ?? defaultTimings[timing];
  if (typeof given === "number") return { text: duration(given), seconds: String(given / 1000) };
  const middle = given.distribution === "uniform" ? (given.min + given.max) / 2 : given.mean;
  return { text: `≈ ${clockText(middle)}`, seconds: String(middle / 1000) };
}

/** One line of what the run takes for granted; each value can be changed there. */
export function Assumptions() {
  const kind = model.target.value?.kind ?? "";
  const shown = kind === "Job" || kind === "CronJob" ? jobTimings : timings;
  const workers = clusterOf(model.trial.value).filter((node) => !node.taints?.length);
  const size = Number(workers[0]?.allocatable?.["cpu"] ?? 4);
  const change = (event: MouseEvent, timing: keyof Timings, word: WordKey): void => {
    const answer = (value: string): void => {
      const seconds = Number(value);
      if (Number.isFinite(seconds) && seconds >= 0) assume(timing, Math.round(seconds * 1000));
    };
    ask(event.currentTarget as Element, {
      title: say("ask", { what: say(word) }),
      value: durationOf(timing).seconds,
      unit: say("s"),
      number: true,
      answer,
    });
  };
  const resize = (event: MouseEvent): void => {
    const answer = (value: string): void => {
      const [count, cpu = size] = value.split(/[^\d.]+/).map(Number);
      if (count !== undefined && Number.isInteger(count) && count > 0 && count <= 5_000 && cpu > 0)
        assumeWorkers(count, cpu);
    };
    ask(event.currentTarget as Element, {
      title: say("ask", { what: say("aWorkers") }),
      value: `${workers.length} × ${size}`,
      unit: "CPU",
      answer,
    });
  };
  return (
    <p class="assumes" data-part="assumes">
      <span>{say("assumes")}</span>
      {shown.map(([timing, word]) => (
        <button
          key={timing}
          type="button"
          title={say("aChange", { what: say(word) })}
          data-timing={timing}
          onClick={(event) => change(event, timing, word)}
        >
          {say(word)}{" "}
          <b class={model.trial.value.timings[timing] === undefined ? "" : "own"}>{durationOf(timing).text}</b>
        </button>
      ))}
      <button type="button" title={say("aChange", { what: say("aWorkers") })} data-timing="workers" onClick={resize}>
        {say("aWorkers")}{" "}
        <b class={model.trial.value.workers ? "own" : ""}>{say("cpuEach", { n: workers.length, cpu: size })}</b>
      </button>
    </p>
  );
}

export function Lead() {
  return (
    <div class="lead">
      <Verdict />
      <Figures />
      <Assumptions />
    </div>
  );
}
