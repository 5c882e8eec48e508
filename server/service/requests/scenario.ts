import { scenarioFileWordsEn } from "../../messages/scenario-file.en.ts";
import { scenarioFileWordsKo } from "../../messages/scenario-file.ko.ts";
import { sourcesOf } from "../../scenario/file.ts";
import { readScenarioFile } from "../../scenario/read.ts";
import { type ScenarioParams, type ScenarioResult, scenarioRequest } from "../protocol.ts";
import type { Request } from "./request.ts";

/** What a scenario's file holds for a panel: of several manifests the first. */
export const scenario: Request<ScenarioParams, ScenarioResult> = {
  method: scenarioRequest,
  nothing: null,
  answer(service, { name, text }) {
    if (typeof name !== "string" || typeof text !== "string") return null;
    const say = service.preferences().words.language === "ko" ? scenarioFileWordsKo : scenarioFileWordsEn;
    const read = readScenarioFile(text);
    if ("problems" in read) {
      return { problem: read.problems.map(({ code, path }) => say.problem[code](path)).join("; ") };
    }
    const { file } = read;
    const manifest = sourcesOf(file, name).manifests.find((one) => typeof one === "string");
    if (manifest === undefined) return { problem: say.noFile };
    const { mode = null, steps, timings, nodes, faults, behaviours, elsewhere, seed } = file;
    const lengths = Object.entries(timings).flatMap(([step, time]) => (typeof time === "number" ? [[step, time]] : []));
    return {
      manifest,
      scenario: {
        mode,
        steps,
        timings: Object.fromEntries(lengths) as Readonly<Record<string, number>>,
        ...(nodes ? { nodes } : {}),
        faults,
        behaviours,
        ...(elsewhere ? { elsewhere } : {}),
        seed,
      },
    };
  },
};
