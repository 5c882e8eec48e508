import { durationText } from "../../simulator/scenario/duration-text.ts";
import type { Judged } from "../scenario/play.ts";
import type { ScenarioFileWords } from "./scenario-file.ts";

/** To the second, where it is long. */
const time = (value: Judged["expected"]) => {
  const grain = Number(value) < 10_000 ? 100 : 1000;
  return durationText(Math.round(Number(value) / grain) * grain);
};

const asked: Readonly<Record<Judged["what"], (expected: Judged["expected"]) => string>> = {
  finishes: (expected) =>
    typeof expected === "number"
      ? `finishes within ${time(expected)}`
      : expected === false
        ? "does not finish"
        : "finishes",
  stops: (expected) => `stops with ${expected}`,
  availableAtLeast: (expected) => `at least ${expected} available`,
  podsAtMost: (expected) => `at most ${expected} pods`,
  downtimeAtMost: (expected) => `at most ${time(expected)} without an available pod`,
  event: (expected) => `the event ${expected}`,
};
const found: Readonly<Record<Judged["what"], (was: Judged["expected"]) => string>> = {
  finishes: (was) =>
    was === "missing"
      ? "there is no such workload"
      : typeof was === "number"
        ? `it took ${time(was)}`
        : was
          ? "it finished"
          : "it did not finish",
  stops: (was) => (was === "none" ? "it finished" : `it stopped with ${was}`),
  availableAtLeast: (was) => `there were ${was}`,
  podsAtMost: (was) => `there were ${was}`,
  downtimeAtMost: (was) => `it was ${time(was)}`,
  event: () => "there was none",
};

export const scenarioFileWordsEn: ScenarioFileWords = {
  problem: {
    "not-yaml": () => "this is no scenario: it has to be one YAML document with fields such as `manifests` and `steps`",
    "field-missing": (path) => `\`${path}\` is missing`,
    "field-wrong": (path) => `\`${path}\` does not hold what it should; times are written as 10s or 1h30m`,
    "field-unknown": (path) => `there is no field \`${path}\``,
  },
  noManifest: (file) => `the manifest ${file} cannot be read; name it under \`manifests\`, from the scenario's folder`,
  noFile: "the panel needs a manifest in a file: name one under `manifests`",
  notCommitted: (file) => `${file} is not committed: \`before: HEAD\` finds nothing`,
  judged: ({ of, what, expected, was }) =>
    `${was === null ? "✓" : "✗"} ${of === null ? "" : `${of}: `}${asked[what](expected)}${was === null ? "" : `, but ${found[what](was)}`}`,
  held: (count, all) => `${count} of ${all} expectations hold`,
};
