import { kinds } from "../../../simulator/api/kinds.ts";
import type { ManifestObject } from "../../../simulator/api/objects.ts";
import type { Verdict } from "../../../simulator/insight/verdict.ts";
import { namedObject } from "../../../simulator/scenario/defaults.ts";
import { runsOf } from "../arithmetic/schedule.ts";
import { checkSlice } from "../check.ts";
import { breaks, type Manifest, rangeIn } from "../manifest.ts";
import { simulateCommand } from "../protocol.ts";
import type { Service } from "../service.ts";
import type { Subject } from "../subject.ts";
import type { Range } from "../text.ts";
import { knownVerdict, playFor, workOut } from "../verdict/verdict-of.ts";
import type { Request, TextParams } from "./request.ts";

interface CodeLens {
  readonly range: Range;
  readonly command?: {
    readonly title: string;
    readonly tooltip?: string;
    readonly command: string;
    readonly arguments?: readonly unknown[];
  };
  /** What the verdict is asked of when somebody sees the lens. */
  readonly data?: Data;
}

interface Data {
  readonly uri: string;
  readonly index: number;
}

/** The verdict on each workload above it, where it is known; the others are asked for as they are seen. */
export const codeLens: Request<TextParams, readonly CodeLens[]> = {
  method: "textDocument/codeLens",
  capabilities: () => ({ codeLensProvider: { resolveProvider: true } }),
  nothing: [],
  answer(service, { textDocument: { uri } }) {
    const manifest = service.find(uri)?.manifest;
    if (manifest === undefined || !service.preferences().settings.codeLens) return [];
    const base = service.comparedWith(uri);
    return workloadsIn(manifest).map(({ subject, index, line }): CodeLens => {
      const range = { start: { line, character: 0 }, end: { line, character: 0 } };
      const play = playFor(manifest, subject, index, base);
      const verdict = play === null ? null : knownVerdict(play);
      if (verdict === undefined) return { range, data: { uri, index } };
      return { range, command: command(service, uri, { subject, index }, verdict) };
    });
  },
};

interface Workload {
  readonly subject: Subject;
  /** Counts as documents and items of Lists are counted. */
  readonly index: number;
  readonly line: number;
}

/** The workloads that the server would take, with the lines on which they begin. */
function workloadsIn(manifest: Manifest): readonly Workload[] {
  const found: Workload[] = [];
  let firstLine = 0;
  let index = 0;
  for (const slice of manifest.slices) {
    const { subjects, empty, parsed } = checkSlice(slice);
    for (const [at, subject] of subjects.entries()) {
      if (!subject.accepted || !kinds.named(subject.kind)?.workload) continue;
      const begin =
        subject.root.length === 0 ? firstCode(slice.text) : (parsed.document.locate(subject.root, "entry")?.start ?? 0);
      found.push({ subject, index: index + at, line: firstLine + rangeIn(slice, [begin, begin]).start.line });
    }
    index += subjects.length + (!empty && subjects.length === 0 ? 1 : 0);
    firstLine += breaks(slice);
  }
  return found;
}

/** Where a document begins behind its marker, blank lines and comments. */
function firstCode(text: string): number {
  return /^(?:---.*(?:\r?\n|$)|[ \t]*(?:#.*)?\r?\n)*[ \t]*/.exec(text)?.[0].length ?? 0;
}

/** Works the verdict on one workload out, once nothing is typed any more. */
export const resolveCodeLens: Request<CodeLens, CodeLens | null> = {
  method: "codeLens/resolve",
  nothing: null,
  async answer(service, lens, cancelled) {
    const { uri, index } = (lens.data ?? { uri: "", index: -1 }) as Data;
    const manifest = service.find(uri)?.manifest;
    const found = manifest && workloadsIn(manifest).find((one) => one.index === index);
    if (!manifest || !found) return lens;
    const { subject } = found;
    const play = playFor(manifest, subject, index, service.comparedWith(uri));
    if (play !== null) await service.idle(uri, cancelled);
    const isStill = !cancelled() && service.find(uri)?.manifest === manifest;
    return { ...lens, command: command(service, uri, found, play === null || !isStill ? null : workOut(play)) };
  },
};

function command(
  service: Service,
  uri: string,
  { subject, index }: Pick<Workload, "subject" | "index">,
  verdict: Verdict | null,
): NonNullable<CodeLens["command"]> {
  const { words, simulates } = service.preferences();
  const now = service.surroundings.now();
  const { kind, namespace } = subject;
  const name = namedObject(subject.value as ManifestObject, index).metadata.name ?? "";
  const runs = runsOf(subject, now, 1);
  const next = runs?.suspended
    ? words.arithmetic.suspended
    : runs?.runs[0] === undefined
      ? ""
      : words.arithmetic.nextShort(runs.runs[0] - now);
  const line = verdict === null ? next : words.verdicts.line(verdict);
  const said = line === "" ? words.verdicts.simulate : line.charAt(0).toUpperCase() + line.slice(1);
  if (!simulates) return { title: line === "" ? kind : said, command: "" };
  const tooltip = words.verdicts.tooltip(kind, name);
  return {
    title: `$(play-circle) ${said}`,
    tooltip,
    command: simulateCommand,
    arguments: [{ uri, kind, name, namespace }],
  };
}
