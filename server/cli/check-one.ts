/** One file after the other, judged without its neighbours: what is found in it, and what others may need to know of it. */
import type { Target } from "../../simulator/api/target.ts";
import { en } from "../messages/en.ts";
import { ko } from "../messages/ko.ts";
import type { Beyond } from "../rules/neighbourhood.ts";
import { type Base, counterparts } from "../service/base.ts";
import { checkSlice } from "../service/check.ts";
import { diagnose } from "../service/diagnose.ts";
import { manifestFacts } from "../service/fact-memory.ts";
import { bareFacts, type Facts } from "../service/facts.ts";
import { openManifest, type Slice } from "../service/manifest.ts";
import { mentionsInText } from "../service/needs.ts";
import { byIndex, listSubjects } from "../service/objects.ts";
import { defaultSettings } from "../service/settings.ts";
import { type FilePlace, lonePlace } from "../service/standing/place.ts";
import { noteWhereabouts, type Whereabouts, whereaboutsOf } from "../service/whereabouts.ts";
import { mayHoldOurs } from "../service/worth.ts";
import type { Language } from "./arguments.ts";
import type { CheckedDocument, CheckedFile } from "./checked.ts";
import { type Input, textOf, type Unreadable } from "./files.ts";

/** How files are judged. */
export interface CheckOptions {
  readonly target: Target;
  readonly language: Language;
  /** The present, in milliseconds since 1970. */
  readonly now: number;
}

/** What a file is among those around it. */
export type PlaceOf = (name: string) => FilePlace;

/** Facts of an object and where it stands: plain values, as threads hand them on. */
export interface LocatedFacts {
  readonly facts: Facts;
  readonly where: Whereabouts | undefined;
}

/** A file that was looked at; `file` is null for one that is passed over, as it cannot hold anything that is judged. */
export interface Looked {
  readonly file: CheckedFile | null;
  readonly facts: readonly LocatedFacts[];
}

/** What is found in a file; with `beyond` also among its neighbours. */
export function checkOne(
  input: Input,
  placeOf: PlaceOf,
  { target, language, now }: CheckOptions,
  base?: Base,
  beyond?: Beyond,
): Looked | Unreadable {
  const read = textOf(input);
  if ("why" in read) return read;
  const { name, named, rendered } = input;
  const place = rendered ? lonePlace : placeOf(name);
  if (!named && place.patchOf === null && !mayHoldOurs(read.text)) {
    const mentions = mentionsInText(read.text);
    const named = { kind: "", name: "", namespace: "", installations: place.installations };
    return {
      file: null,
      facts: mentions.length === 0 ? [] : [{ facts: bareFacts(named, { mentions, partial: true }), where: undefined }],
    };
  }
  const manifest = openManifest(name, name.endsWith(".json") ? "json" : "yaml", read.text, target, place);
  const context = {
    words: language === "ko" ? ko : en,
    settings: { ...defaultSettings, target },
    structureElsewhere: false,
  };
  const alone = beyond === undefined;
  const found = byIndex(diagnose(manifest, { ...context, others: [], now, base, named, runs: true, beyond, alone }));
  let template: CheckedFile["template"] = null;
  const documents = listSubjects(manifest).map((listed): CheckedDocument => {
    const { index, subject, slice } = listed;
    const problems = found.get(index) ?? [];
    if (isUnrendered(slice)) template = named ? "named" : "found";
    const { decision } = subject ?? checkSlice(slice);
    const source = rendered?.sourceAt(listed.range.start.line) ?? null;
    return { index, kind: subject?.kind ?? "", name: subject?.name ?? "", decision, source, problems };
  });
  const compared = base === undefined ? 0 : counterparts(manifest, base);
  noteWhereabouts(manifest);
  const facts = manifestFacts(manifest).map((one) => ({ facts: one, where: whereaboutsOf(one) }));
  return { file: { name, documents, template, compared }, facts };
}

/** Whether a document only can be read once its template has been rendered. */
export function isUnrendered(slice: Slice): boolean {
  return checkSlice(slice).parsed.template !== null;
}
