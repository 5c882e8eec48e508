/** Time of the cluster: `time`, `sleep`, `watch`, `date`. */

import { clockText, durationOf } from "../clock.ts";
import { type Call, failed, type ShellCommand } from "../command.ts";
import type { Running, Speed, Steps } from "../effects.ts";
import { captured } from "../streams.ts";
import { readOptions } from "./options.ts";

export const timeCommands: readonly ShellCommand[] = [
  { name: "time", usage: "time [+30s | next | until ready | speed 1|10|max|pause | COMMAND]", says: "time", run: time },
  { name: "sleep", usage: "sleep 10", says: "sleep", run: sleep },
  { name: "watch", usage: "watch [-n 2] COMMAND", says: "watch", run: watch },
  { name: "date", usage: "date [-u] [+FORMAT]", says: "date", run: date },
];

/** What `time until ready` waits at most. */
const longestWait = 3_600_000;
/** Things that happened which are told one by one. */
const mostTold = 20;

/** Lets so much time pass; with `now` as fast as can be. */
function* pass(call: Call, milliseconds: number, now = false): Steps<void> {
  const end = call.world.now() + milliseconds;
  for (let left = milliseconds; left > 0; left = end - call.world.now()) {
    yield now ? { pass: left, now } : { pass: left };
  }
}

function* sleep(call: Call): Running {
  let sum = 0;
  for (const arg of call.args) {
    const found = durationOf(arg);
    if (found === undefined) return yield* failed(call, `invalid time interval '${arg}'`);
    sum += found;
  }
  if (call.args.length === 0) return yield* failed(call, "missing operand");
  yield* pass(call, sum);
  return 0;
}

function* time(call: Call): Running {
  const { args, world, words } = call;
  const [first, ...rest] = args;
  if (first === undefined) {
    yield { out: shown(call) };
    return 0;
  }
  if (first.startsWith("+")) {
    const found = durationOf(first.slice(1));
    if (found === undefined) return yield* failed(call, words.noDuration(first));
    return yield* told(call, pass(call, found, true));
  }
  switch (first) {
    case "next": {
      const next = world.next();
      if (next === undefined) {
        yield { out: `${words.nothingNext}\n` };
        return 0;
      }
      return yield* told(call, pass(call, Math.max(1, next - world.now()), true));
    }
    case "until":
      if (rest[0] !== "ready" || rest.length > 1) return yield* failed(call, words.timeUsage, 2);
      return yield* until(call);
    case "speed": {
      const speed = speedOf(rest[0] ?? "");
      if (rest.length > 0 && speed === undefined) return yield* failed(call, words.noSpeed(rest[0] ?? ""), 2);
      if (speed !== undefined) yield { speed };
      yield { out: `${words.speed(speed ?? world.speed())}\n` };
      return 0;
    }
    default:
      if (call.commands.some(({ name }) => name === first)) return yield* timed(call, args);
      return yield* failed(call, words.timeUsage, 2);
  }
}

/** Waits until all is ready that is to be; fails when it does not come to that. */
function* until(call: Call): Running {
  const { world, words } = call;
  const end = world.now() + longestWait;
  const begin = world.now();
  while (!world.settled()) {
    const next = world.next();
    if (next === undefined || next > end) {
      yield { out: happened(call, begin) };
      return yield* failed(call, words.neverReady);
    }
    yield { pass: Math.max(1, next - world.now()), now: true };
  }
  yield { out: happened(call, begin) };
  yield { out: shown(call) };
  return 0;
}

/** Does it, and tells what has happened meanwhile. */
function* told(call: Call, passing: Steps<void>): Running {
  const begin = call.world.now();
  yield* passing;
  yield { out: happened(call, begin) };
  yield { out: shown(call) };
  return 0;
}

function happened({ world, words }: Call, since: number): string {
  const lines = world.happened(since);
  const more = lines.length - mostTold;
  const shownLines = more > 0 ? [words.earlier(more), ...lines.slice(-mostTold)] : lines;
  return shownLines.map((line) => `${line}\n`).join("");
}

function shown({ world, words }: Call): string {
  const now = world.now();
  const next = world.next();
  const clock = `${new Date(now).toISOString().slice(0, 19).replace("T", " ")} UTC`;
  const then = next === undefined ? words.nothingNext : words.next(clockText(Math.max(0, next - now)));
  return `+${clockText(now - world.start)}  ${clock}  ${then}\n`;
}

/** Runs a command and says how long it took on the cluster's clock. */
function* timed(call: Call, words: readonly string[]): Running {
  const begin = call.world.now();
  const code = yield* call.runWords(words, call.input);
  yield { err: `\nreal\t${clockText(call.world.now() - begin)}\n` };
  return code;
}

/** `10`, `x10`, `10x`, `0.5`, `max`, `pause`. */
function speedOf(text: string): Speed | undefined {
  if (text === "max" || text === "pause") return text;
  const number = Number(/^x?(\d+(?:\.\d+)?)x?$/.exec(text)?.[1] ?? Number.NaN);
  return number > 0 && number <= 100_000 ? number : undefined;
}

/** Runs a command again and again and shows what it prints in place of what it printed before. */
function* watch(call: Call): Running {
  const options = readOptions(call.args, { takes: "n", switches: "dtgc", long: { interval: "n" }, leading: true });
  if ("problem" in options) return yield* failed(call, options.problem);
  const interval = durationOf(options.values.get("n") ?? "2");
  if (options.args.length === 0 || interval === undefined)
    return yield* failed(call, "usage: watch [-n SECONDS] COMMAND", 2);
  const line = options.args.join(" ");
  for (;;) {
    const head = options.on.has("t") ? "" : `Every ${(interval / 1000).toFixed(1)}s: ${line}\n\n`;
    const errors: string[] = [];
    const { text } = yield* captured(withErrors(call.runLine(line), errors));
    yield { clear: true };
    yield { out: head + text + errors.join("") };
    yield* pass(call, Math.max(100, interval));
  }
}

/** Collects what a command says of errors, so that it stands with the rest. */
function* withErrors(running: Running, errors: string[]): Running {
  let answer: unknown;
  try {
    for (;;) {
      const step = running.next(answer);
      answer = undefined;
      if (step.done) return step.value;
      if ("err" in step.value) errors.push(step.value.err);
      else if (!("clear" in step.value)) answer = yield step.value;
    }
  } finally {
    running.return(0);
  }
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** The cluster's clock, which is in UTC. */
function* date(call: Call): Running {
  const now = new Date(call.world.now());
  const two = (number: number) => String(number).padStart(2, "0");
  const format = call.args.find((arg) => arg.startsWith("+"))?.slice(1) ?? "%a %b %e %H:%M:%S UTC %Y";
  const iso = now.toISOString();
  const parts: Readonly<Record<string, string>> = {
    a: days[now.getUTCDay()] ?? "",
    b: months[now.getUTCMonth()] ?? "",
    d: two(now.getUTCDate()),
    e: String(now.getUTCDate()).padStart(2),
    F: iso.slice(0, 10),
    H: two(now.getUTCHours()),
    m: two(now.getUTCMonth() + 1),
    M: two(now.getUTCMinutes()),
    s: String(Math.floor(now.getTime() / 1000)),
    S: two(now.getUTCSeconds()),
    T: iso.slice(11, 19),
    Y: String(now.getUTCFullYear()),
    Z: "UTC",
    "%": "%",
  };
  yield { out: `${format.replace(/%([a-zA-Z%])/g, (whole, letter: string) => parts[letter] ?? whole)}\n` };
  return 0;
}
