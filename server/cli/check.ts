/** `seatrial check`: every object of the named files, judged, each with the others for neighbours. */
import type { Target } from "../../simulator/api/target.ts";
import type { RunWords } from "../messages/run-words.ts";
import type { Words } from "../messages/words.ts";
import { addFile, emptyIndex, removeFile } from "../rules/neighbourhood.ts";
import { problemsAround } from "../service/around.ts";
import { type Base, readBase, type Way } from "../service/base.ts";
import { type Facts, madeFacts } from "../service/facts.ts";
import { type Manifest, openManifest } from "../service/manifest.ts";
import { lonePlace } from "../service/standing/place.ts";
import { placesAmong } from "../service/standing/places.ts";
import { noteWhere } from "../service/whereabouts.ts";
import type { Format } from "./arguments.ts";
import { aroundOf, pathOf } from "./around.ts";
import { type CheckOptions, checkOne, isUnrendered, type Looked, type PlaceOf } from "./check-one.ts";
import type { CheckedFile } from "./checked.ts";
import { type Input, textOf, type Unreadable } from "./files.ts";
import { reportGithub, reportJson, reportText } from "./report.ts";
import { reportSarif } from "./sarif.ts";
import { lookInThreads, type Threads } from "./threads.ts";

/** The version that files are compared with, and how they are brought to it. */
export interface Against {
  readonly inputs: readonly Input[];
  readonly way: Way;
}

export interface CheckedTree {
  readonly files: readonly CheckedFile[];
  /** How many files were passed over, as they cannot hold anything that is judged. */
  readonly passedOver: number;
  readonly unreadable: readonly Unreadable[];
}

/** Judges files: on several threads where those are given and worth it, with the same result in the same order. */
export function checkFiles(
  inputs: readonly Input[],
  options: CheckOptions,
  against: Against | null = null,
  threads: Threads | null = null,
): CheckedTree {
  const base = against === null ? undefined : baseOf(against, options.target);
  const around = aroundOf(inputs);
  const { placeOf: placed, made } = placesAmong(around);
  const placeOf: PlaceOf = (name) => placed(pathOf(name));
  const alone = (input: Input) => checkOne(input, placeOf, options, base);
  const looked =
    threads === null || base !== undefined ? inputs.map(alone) : lookInThreads(inputs, around, options, alone, threads);
  return withNeighbours(inputs, looked, made.map(madeFacts), (input, index) =>
    checkOne(input, placeOf, options, base, { index }),
  );
}

/** What neighbours add is known once all have been looked at; the few files that it concerns are looked at again. */
function withNeighbours(
  inputs: readonly Input[],
  looked: readonly (Looked | Unreadable)[],
  made: readonly Facts[],
  again: (input: Input, index: ReturnType<typeof emptyIndex>) => Looked | Unreadable,
): CheckedTree {
  const index = emptyIndex();
  const factsOf = looked.map((one) => {
    if ("why" in one) return [];
    for (const { facts, where } of one.facts) noteWhere(facts, where);
    return one.facts.map(({ facts }) => facts);
  });
  // Made once and kept up to date: to go through all other files for each would take ever longer.
  for (const facts of factsOf) addFile(index, facts);
  addFile(index, made);
  const files: CheckedFile[] = [];
  const unreadable: Unreadable[] = [];
  let passedOver = 0;
  for (const [at, one] of looked.entries()) {
    if ("why" in one) {
      unreadable.push(one);
      continue;
    }
    if (one.file === null) {
      passedOver++;
      continue;
    }
    const facts = factsOf[at] ?? [];
    removeFile(index, facts);
    const concerns = problemsAround(one.file.name, [facts], { index }).some((problems) => problems.length > 0);
    const result = concerns ? again(inputs[at] as Input, index) : one;
    files.push("why" in result || result.file === null ? one.file : result.file);
    addFile(index, facts);
  }
  return { files, passedOver, unreadable };
}

function baseOf({ inputs, way }: Against, target: Target): Base {
  const slices = inputs.flatMap((one) => slicesOf(one, target));
  return readBase({ slices }, way);
}

/** Whether any of the documents is a template. */
export function hasTemplate(slices: Manifest["slices"]): boolean {
  return slices.some(isUnrendered);
}

/** The same of a file. */
export function isTemplateFile(input: Input, target: Target): boolean {
  return hasTemplate(slicesOf(input, target));
}

/** The documents of a file; none of one that cannot be read. */
export function slicesOf(input: Input, target: Target): Manifest["slices"] {
  const read = textOf(input);
  if ("why" in read) return [];
  const { name } = input;
  return openManifest(name, name.endsWith(".json") ? "json" : "yaml", read.text, target, lonePlace).slices;
}

/** The findings in the format that is asked for. */
export function report(
  files: readonly CheckedFile[],
  format: Format,
  version: string,
  words: Words,
  say: RunWords,
): string {
  switch (format) {
    case "json":
      return reportJson(files);
    case "sarif":
      return reportSarif(files, version, words);
    case "github":
      return reportGithub(files);
    case "text":
      return reportText(files, say);
  }
}

/** Whether anything is wrong; what is only worth knowing does not count. */
export function hasProblems(files: readonly CheckedFile[]): boolean {
  return files.some(({ documents }) =>
    documents.some(({ problems }) => problems.some(({ severity }) => severity === "error" || severity === "warning")),
  );
}
