/** Asks the language service as an editor does: texts in which `¦` marks the cursor go in, what would be seen comes out. */
import { en } from "../../../server/messages/en.ts";
import type { Words } from "../../../server/messages/words.ts";
import { checkSlice } from "../../../server/service/check.ts";
import { type Manifest, openManifest } from "../../../server/service/manifest.ts";
import { fileMentions } from "../../../server/service/navigation/file-mentions.ts";
import type { Request } from "../../../server/service/requests/request.ts";
import { createService, type Preferences, type Service, type Surroundings } from "../../../server/service/service.ts";
import { defaultSettings } from "../../../server/service/settings.ts";
import { lonePlace } from "../../../server/service/standing/place.ts";
import {
  applyEdits,
  lineStarts,
  type Position,
  positionAt,
  type Range,
  type TextEdit,
} from "../../../server/service/text.ts";

export const mark = "¦";

export interface Asked {
  readonly service: Service;
  readonly uri: string;
  readonly text: string;
  readonly position: Position;
}

export interface Around {
  /** Files of the same folder that are not open, by name. */
  readonly beside?: Readonly<Record<string, string>>;
  /** The text at HEAD. */
  readonly head?: string;
  readonly words?: Words;
  readonly preferences?: Partial<Preferences>;
  readonly surroundings?: Partial<Surroundings>;
}

const folder = "file:///shop/";
const place = { ...lonePlace, installations: ["folder /shop"] };

/** Opens a text with a cursor in it as `a.yaml`, beside files that are not open. */
export function opened(
  marked: string,
  { beside = {}, head, words = en, preferences, surroundings }: Around = {},
): Asked {
  const uri = `${folder}a.yaml`;
  const text = marked.replace(mark, "");
  const files = Object.entries(beside).map(([name, content]) => manifest(`${folder}${name}`, content));
  for (const { slices } of files) for (const slice of slices) checkSlice(slice);
  const service = createService(
    {
      docs: {},
      now: () => Date.UTC(2026, 0, 1),
      pause: () => Promise.resolve(),
      beyond: () => undefined,
      placeOf: () => place,
      mentions: () => files.map(fileMentions),
      readFile: async (of) => beside[of.slice(folder.length)] ?? null,
      ...surroundings,
    },
    {
      settings: defaultSettings,
      words,
      timeZone: "UTC",
      structureElsewhere: false,
      pages: null,
      simulates: false,
      waits: false,
      ...preferences,
    },
  );
  service.open({ manifest: openManifest(uri, "yaml", text), version: 1 });
  for (const slice of service.find(uri)?.manifest.slices ?? []) checkSlice(slice);
  if (head !== undefined) service.compare(uri, openManifest(uri, "yaml", head));
  const offset = marked.indexOf(mark);
  return { service, uri, text, position: positionAt(lineStarts(text), text.length, offset < 0 ? 0 : offset) };
}

function manifest(uri: string, text: string): Manifest {
  return openManifest(uri, "yaml", text, undefined, place);
}

/** The answer of a request at the cursor. */
export async function ask<Result>(
  request: Request<never, Result>,
  { service, uri, position }: Asked,
  more: object = {},
): Promise<Result> {
  const params = { textDocument: { uri }, position, ...more };
  return (request as unknown as Request<unknown, Result>).answer(service, params, () => false);
}

/** `file:line text of that line`, for each place. */
export function linesAt(
  places: readonly { readonly uri: string; readonly range: Range }[],
  texts: Readonly<Record<string, string>>,
): readonly string[] {
  return places.map(({ uri, range: { start, end } }) => {
    const name = uri.slice(folder.length);
    const line = texts[name]?.split("\n")[start.line] ?? "";
    const shown = `${line.slice(0, start.character)}[${line.slice(start.character, end.character)}]${line.slice(end.character)}`;
    return `${name}:${start.line + 1} ${shown.trim()}`;
  });
}

/** The texts of files after the edits of an answer. */
export function after(
  edits: readonly { readonly textDocument: { readonly uri: string }; readonly edits: readonly TextEdit[] }[],
  texts: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const changed = edits.map(({ textDocument: { uri }, edits: some }) => {
    const name = uri.slice(folder.length);
    return [name, applyEdits(texts[name] ?? "", some)] as const;
  });
  return { ...texts, ...Object.fromEntries(changed) };
}
