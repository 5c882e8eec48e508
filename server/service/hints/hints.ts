/** What is shown inside of the text: what values come to, each sort of which can be switched off. */
import { isObject } from "../../../simulator/api/json.ts";
import type { Path } from "../../../simulator/api/problem.ts";
import type { Words } from "../../messages/words.ts";
import { podSpecOf } from "../../rules/pods.ts";
import { filledIn } from "../arithmetic/defaults.ts";
import { podOf, probeAt } from "../arithmetic/pods.ts";
import { runsOf } from "../arithmetic/schedule.ts";
import { shareAt, shareFields } from "../arithmetic/shares.ts";
import { checkSlice } from "../check.ts";
import { breaks, type Manifest, type Slice } from "../manifest.ts";
import { placesIn } from "../navigation/places.ts";
import { valueAt } from "../parse.ts";
import type { HintSettings } from "../settings.ts";
import type { Subject } from "../subject.ts";
import { type Position, positionAt, type Range } from "../text.ts";

export interface Hint {
  readonly position: Position;
  readonly label: string;
  /** The whole sentence, where there is more to say. */
  readonly tooltip?: string;
}

export interface HintContext {
  readonly settings: HintSettings;
  readonly words: Words;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Fields of one place beyond which nobody reads on. */
const mostDefaults = 6;

/** The hints of a part of a text, in its order. Only the documents that the part touches are looked at. */
export function hintsIn(manifest: Manifest, range: Range, context: HintContext): readonly Hint[] {
  const beside = () => manifest.slices.flatMap((slice) => checkSlice(slice).subjects);
  const found: Hint[] = [];
  let firstLine = 0;
  for (const slice of manifest.slices) {
    const last = firstLine + breaks(slice);
    if (last >= range.start.line && firstLine <= range.end.line) {
      for (const subject of checkSlice(slice).subjects) {
        for (const { at, onKey, label, tooltip } of hintsOf(subject, beside, context)) {
          const position = placeOf(slice, [...subject.root, ...at], onKey, firstLine);
          if (position === null || position.line < range.start.line || position.line > range.end.line) continue;
          found.push({ position, label, ...(tooltip === undefined ? {} : { tooltip }) });
        }
      }
    }
    firstLine = last;
  }
  return found.sort((a, b) => a.position.line - b.position.line || a.position.character - b.position.character);
}

interface Meant {
  readonly at: Path;
  /** Behind the line of the key rather than behind the value. */
  readonly onKey: boolean;
  readonly label: string;
  readonly tooltip?: string;
}

function hintsOf(subject: Subject, beside: () => readonly Subject[], context: HintContext): readonly Meant[] {
  if (subject.object === null) return [];
  const { settings } = context;
  return [
    ...(settings.percentages ? shares(subject, beside, context) : []),
    ...(settings.schedules ? schedules(subject, context) : []),
    ...(settings.resources ? pods(subject, context) : []),
    ...(settings.probes ? probes(subject, context) : []),
    ...(settings.defaults ? defaults(subject, context) : []),
  ];
}

function shares(subject: Subject, beside: () => readonly Subject[], { words }: HintContext): readonly Meant[] {
  return shareFields(subject.kind).flatMap((at) => {
    if (valueAt(subject.value, at) === undefined) return [];
    const share = shareAt(subject, at, beside);
    if (share === null) return [];
    const { shareShort, share: whole } = words.arithmetic;
    return [{ at, onKey: false, label: shareShort(share), tooltip: whole(share) }];
  });
}

function schedules(subject: Subject, { words, now }: HintContext): readonly Meant[] {
  const found = runsOf(subject, now, 1);
  const [next] = found?.runs ?? [];
  if (found === null || next === undefined) return [];
  const label = found.suspended ? words.arithmetic.suspended : words.arithmetic.nextShort(next - now);
  return [{ at: ["spec", "schedule"], onKey: false, label }];
}

function pods(subject: Subject, { words }: HintContext): readonly Meant[] {
  const pod = podOf(subject);
  const path = podSpecOf(subject.kind, subject.object)?.path;
  if (pod === null || path === undefined) return [];
  const { podShort, pod: whole } = words.arithmetic;
  return [{ at: [...path, "containers"], onKey: true, label: podShort(pod), tooltip: whole(pod) }];
}

function probes(subject: Subject, { words }: HintContext): readonly Meant[] {
  const path = podSpecOf(subject.kind, subject.object)?.path ?? [];
  const spec = valueAt(subject.value, path);
  const written = ["containers", "initContainers"].flatMap((list) =>
    ["livenessProbe", "readinessProbe", "startupProbe"].flatMap((probe) => placesIn(spec, `${list}.*.${probe}`, path)),
  );
  return written.flatMap(({ at }) => {
    const probe = probeAt(subject, at);
    if (probe === null) return [];
    return [{ at, onKey: true, label: words.arithmetic.probeShort(probe), tooltip: words.arithmetic.probe(probe) }];
  });
}

function defaults(subject: Subject, { words }: HintContext): readonly Meant[] {
  return filledIn(subject).map(({ at, fields }) => {
    const shown = fields.slice(0, mostDefaults).join(", ") + (fields.length > mostDefaults ? ", …" : "");
    return { at, onKey: true, label: words.arithmetic.defaultsShort(shown), tooltip: fields.join("\n\n") };
  });
}

/** Behind the value, or at the end of the line of the key; null where that is not written. */
function placeOf(slice: Slice, at: Path, onKey: boolean, firstLine: number): Position | null {
  const { parsed } = checkSlice(slice);
  const value = valueAt(parsed.value, at);
  if (value === undefined || (onKey && !isObject(value) && !Array.isArray(value))) return null;
  const found = parsed.document.locate(at, onKey && typeof at.at(-1) !== "number" ? "key" : "value");
  if (found === undefined) return null;
  const from = onKey ? (typeof at.at(-1) === "number" ? found.start : found.end) : found.end;
  const line = /^[^\r\n]*/.exec(slice.text.slice(from))?.[0] ?? "";
  const end = onKey ? from + line.trimEnd().length : from;
  const position = positionAt(slice.starts, slice.text.length, end);
  return { ...position, line: position.line + firstLine };
}
