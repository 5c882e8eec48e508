import { kinds } from "../../../simulator/api/kinds.ts";
import type { Verdict } from "../../../simulator/insight/verdict.ts";
import { runsOf } from "../arithmetic/schedule.ts";
import { type Listed, listSubjects } from "../objects.ts";
import { simulateCommand } from "../protocol.ts";
import type { Service } from "../service.ts";
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
    return listSubjects(manifest).flatMap((listed): readonly CodeLens[] => {
      const { subject, index } = listed;
      if (!subject?.accepted || !kinds.named(subject.kind)?.workload) return [];
      const { start } = listed.range;
      const range = { start: { line: start.line, character: 0 }, end: { line: start.line, character: 0 } };
      const play = playFor(manifest, listed, base);
      const verdict = play === null ? null : knownVerdict(play);
      return verdict === undefined
        ? [{ range, data: { uri, index } }]
        : [{ range, command: command(service, uri, listed, verdict) }];
    });
  },
};

/** Works the verdict on one workload out, once nothing is typed any more. */
export const resolveCodeLens: Request<CodeLens, CodeLens | null> = {
  method: "codeLens/resolve",
  nothing: null,
  async answer(service, lens, cancelled) {
    const { uri, index } = (lens.data ?? { uri: "", index: -1 }) as Data;
    const manifest = service.find(uri)?.manifest;
    const listed = manifest && listSubjects(manifest)[index];
    if (!manifest || !listed?.subject) return lens;
    const play = playFor(manifest, listed, service.comparedWith(uri));
    if (play !== null) await service.idle(uri, cancelled);
    const isStill = !cancelled() && service.find(uri)?.manifest === manifest;
    return { ...lens, command: command(service, uri, listed, play === null || !isStill ? null : workOut(play)) };
  },
};

function command(
  service: Service,
  uri: string,
  { subject }: Listed,
  verdict: Verdict | null,
): NonNullable<CodeLens["command"]> {
  const { words, simulates } = service.preferences();
  const { kind = "", name = "", namespace = "" } = subject ?? {};
  const now = service.surroundings.now();
  const runs = subject === null ? null : runsOf(subject, now, 1);
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
