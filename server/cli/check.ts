/** `seatrial check`: every object of the named files, judged. */
import type { Target } from "../../simulator/api/target.ts";
import type { RunWords } from "../messages/run-words.ts";
import type { Words } from "../messages/words.ts";
import { addFile, emptyIndex, removeFile } from "../rules/neighbourhood.ts";
import { counterparts, readBase, type Way } from "../service/base.ts";
import { checkSlice } from "../service/check.ts";
import { manifestFacts } from "../service/fact-memory.ts";
import { type Manifest, openManifest, type Slice } from "../service/manifest.ts";
import { byIndex, listSubjects } from "../service/objects.ts";
import { createService } from "../service/service.ts";
import { defaultSettings } from "../service/settings.ts";
import { lonePlace } from "../service/standing/place.ts";
import { noteWhereabouts } from "../service/whereabouts.ts";
import type { Format } from "./arguments.ts";
import { placesOf } from "./around.ts";
import type { CheckedDocument, CheckedFile } from "./checked.ts";
import type { Input } from "./files.ts";
import { reportGithub, reportJson, reportText } from "./report.ts";
import { reportSarif } from "./sarif.ts";

/** Judges all files together: each has the others for neighbours. */
export function checkFiles(
  inputs: readonly Input[],
  words: Words,
  now: number,
  target: Target,
  old?: readonly Input[],
  way: Way = "apply",
): readonly CheckedFile[] {
  // Objects are matched by name wherever they stand, so a file may be compared with a folder and the other way round.
  const before = old && {
    uri: "",
    languageId: "yaml",
    target,
    place: lonePlace,
    slices: old.flatMap((one) => slicesOf(one, target)),
  };
  const base = before && readBase(before, way);
  const { placeOf: placedAt } = placesOf(inputs);
  const rendered = new Map(inputs.map((one) => [one.name, one.rendered]));
  const placeOf = (name: string) => (rendered.get(name) ? lonePlace : placedAt(name));
  const opened = inputs.map(({ name, text, named }) => {
    const languageId = name.endsWith(".json") ? "json" : "yaml";
    const manifest = openManifest(name, languageId, text, target, placeOf(name));
    noteWhereabouts(manifest);
    return { name, named, manifest, facts: manifestFacts(manifest) };
  });
  // Made once and kept up to date: to go through all other files for each would take ever longer.
  const index = emptyIndex();
  for (const { facts } of opened) addFile(index, facts);
  const service = createService(
    { docs: {}, now: () => now, pause: () => Promise.resolve(), beyond: () => ({ index }), placeOf },
    {
      settings: { ...defaultSettings, target },
      words,
      timeZone: "UTC",
      structureElsewhere: false,
      pages: null,
      simulates: false,
      waits: false,
    },
  );
  return opened.map(({ name, named, manifest, facts }) => {
    // Only one text is open at a time: all the others are beyond it.
    removeFile(index, facts);
    service.open({ manifest, version: 0, named });
    service.compare(name, before ?? null, way);
    const found = byIndex(service.diagnoses(name, true));
    service.close(name);
    addFile(index, facts);
    let template: CheckedFile["template"] = null;
    const documents = listSubjects(manifest).map(({ index, subject, slice, range }): CheckedDocument => {
      const problems = found.get(index) ?? [];
      if (isUnrendered(slice)) template = named ? "named" : "found";
      const { decision } = subject ?? checkSlice(slice);
      const source = rendered.get(name)?.sourceAt(range.start.line) ?? null;
      return { index, kind: subject?.kind ?? "", name: subject?.name ?? "", decision, source, problems };
    });
    return { name, documents, template, compared: base === undefined ? 0 : counterparts(manifest, base) };
  });
}

/** Whether a document only can be read once its template has been rendered. */
function isUnrendered(slice: Slice): boolean {
  return checkSlice(slice).parsed.template !== null;
}

/** Whether any of the documents is a template. */
export function hasTemplate(slices: Manifest["slices"]): boolean {
  return slices.some(isUnrendered);
}

/** The same of a file. */
export function isTemplateFile(input: Input, target: Target): boolean {
  return hasTemplate(slicesOf(input, target));
}

function slicesOf({ name, text }: Input, target: Target): Manifest["slices"] {
  return openManifest(name, name.endsWith(".json") ? "json" : "yaml", text, target).slices;
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
