/** `seatrial simulate web.seatrial.yaml`: what a scenario's file plays, and whether it is as expected. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { ManifestObject } from "../../simulator/api/objects.ts";
import { nameOf, playedScenario, runPlay } from "../../simulator/played.ts";
import { isApplicable, namedObject } from "../../simulator/scenario/defaults.ts";
import type { RunWords } from "../messages/run-words.ts";
import type { ScenarioFileWords } from "../messages/scenario-file.ts";
import { type ScenarioFile, type Source, sourcesOf } from "../scenario/file.ts";
import { judgeRun, playOfFile } from "../scenario/play.ts";
import { readScenarioFile } from "../scenario/read.ts";
import { decodeBytes } from "../yaml/encoding.ts";
import { slicesOf } from "./check.ts";
import { type Input, textOf } from "./files.ts";
import {
  isWorkload,
  objectsOf,
  type Refused,
  type Run,
  type RunOptions,
  refusedIn,
  sentences,
  shownRun,
} from "./simulate.ts";

/** What the run gives, or why there is none. The options that the file itself gives count before those of the command. */
export function simulateScenario(
  input: Input,
  { format, length, target }: RunOptions,
  words: RunWords,
  say: ScenarioFileWords,
): Run | Refused {
  const given = textOf(input);
  if ("why" in given) return { refused: words.unreadable(given.why), code: 2 };
  const read = readScenarioFile(given.text);
  if ("problems" in read) {
    return { refused: read.problems.map(({ code, path }) => say.problem[code](path)).join("; "), code: 2 };
  }
  const file: ScenarioFile = {
    ...read.file,
    kubernetes: read.file.kubernetes ?? target,
    ...(length === null ? {} : { length }),
  };
  const sources = sourcesOf(file, basename(input.name));
  const version = file.kubernetes ?? target;
  const folder = dirname(input.name);
  const after = objectsIn(sources.manifests, (name) => readFile(join(folder, name)), version, words, say.noManifest);
  if ("refused" in after) return after;
  const before =
    sources.before === null
      ? null
      : sources.committed
        ? objectsIn(sources.before, (name) => readCommitted(folder, name), version, words, say.notCommitted)
        : objectsIn(sources.before, (name) => readFile(join(folder, name)), version, words, say.noManifest);
  if (before && "refused" in before) return before;
  const shown = (after.objects.some(({ kind }) => isWorkload(kind)) ? after : (before ?? after)).objects.filter(
    ({ kind }) => isWorkload(kind),
  );
  if (shown.length === 0) return { refused: words.noWorkload(input.name), code: 2 };
  const play = playOfFile(file, after.objects, before?.objects ?? null);
  const result = runPlay(play);
  if ("problems" in result) {
    return { refused: sentences(playedScenario(play).scenario, result.problems, words), code: 1 };
  }
  const judged = judgeRun(file, result.trace, shown.map(nameOf), result.from);
  const run = shownRun(result.trace, shown, result.from, format, words, {
    expected: judged.map((one) => ({ ...one })),
  });
  if (file.expect.length === 0) return run;
  const held = judged.filter(({ was }) => was === null).length;
  const finished = held === judged.length;
  if (format === "json") return { output: run.output, finished };
  const lines = judged.map(say.judged);
  return { output: `${run.output}\n${[...lines, say.held(held, judged.length)].join("\n")}\n`, finished };
}

function readFile(path: string): string | undefined {
  try {
    return decodeBytes(readFileSync(path));
  } catch {
    return undefined;
  }
}

/** The text of a file as it is committed, asked of git itself. */
function readCommitted(folder: string, name: string): string | undefined {
  try {
    const path = resolve(folder, name);
    const options = { cwd: dirname(path), maxBuffer: 64 * 1024 * 1024 };
    return decodeBytes(
      execFileSync("git", ["show", `HEAD:./${basename(path)}`], { ...options, stdio: ["ignore", "pipe", "ignore"] }),
    );
  } catch {
    return undefined;
  }
}

function objectsIn(
  sources: readonly Source[],
  read: (name: string) => string | undefined,
  target: RunOptions["target"],
  words: RunWords,
  missing: (name: string) => string,
): { readonly objects: readonly ManifestObject[] } | Refused {
  const objects: ManifestObject[] = [];
  for (const source of sources) {
    if (typeof source !== "string") {
      if (isApplicable(source.kind)) objects.push(namedObject(source, objects.length));
      continue;
    }
    const text = read(source);
    if (text === undefined) return { refused: missing(source), code: 2 };
    const slices = slicesOf({ name: source, text, named: true }, target);
    const bad = refusedIn(slices, null);
    if (bad) return { refused: words.refused(`${bad.kind} ${bad.name}`, "seatrial check"), code: 1 };
    objects.push(...objectsOf(slices));
  }
  return { objects };
}
