/** New names: every place that has to change with one, unless the server would refuse what comes of it. */
import type { Problem } from "../../../simulator/api/problem.ts";
import { message } from "../../messages/words.ts";
import { resolvePlain } from "../../yaml/scalars.ts";
import { type Base, changesIn } from "../base.ts";
import { checkSlice } from "../check.ts";
import type { Finding } from "../finding.ts";
import { editManifest, type Manifest, manifestText } from "../manifest.ts";
import type { Refused } from "../requests/request.ts";
import type { Service } from "../service.ts";
import { applyEdits, lineStarts, offsetAt, type Position, type Range, type TextEdit } from "../text.ts";
import { filesAround, manifestOf } from "./files-around.ts";
import { mentionsAt, rangeOfMention } from "./find-mentions.ts";
import { groupOf } from "./group.ts";

export interface FileEdits {
  readonly manifest: Manifest;
  readonly edits: readonly TextEdit[];
}

/** The name at a position that can be given another; null where there is none. */
export function nameAt(
  manifest: Manifest,
  position: Position,
): { readonly range: Range; readonly text: string } | null {
  const at = mentionsAt(manifest, position);
  return at === null || at.found.some(({ mention }) => mention.number) ? null : at;
}

/** The edits of every file for a new name; refused with the reason where the server would refuse what comes of it. */
export async function rename(
  service: Service,
  manifest: Manifest,
  position: Position,
  name: string,
): Promise<readonly FileEdits[] | Refused> {
  const at = mentionsAt(manifest, position);
  if (at === null || nameAt(manifest, position) === null) return [];
  const { words } = service.preferences();
  const byFile = new Map<string, { manifest: Manifest; edits: Map<string, TextEdit> }>();
  for (const { file, slice, mention } of groupOf(at.found, filesAround(service, manifest.uri))) {
    const of = byFile.get(file.uri)?.manifest ?? (await manifestOf(service, file.uri));
    if (of === null) continue;
    const range = rangeOfMention(of, slice, mention, at.onLabelKey);
    if (range === null) {
      // What is added to the text elsewhere, or stands behind an alias, follows by itself or cannot be reached.
      if (isWritten(of, slice, at.text)) return { refused: words.navigation.notWritten(at.text, fileName(file.uri)) };
      continue;
    }
    const entry = byFile.get(file.uri) ?? { manifest: of, edits: new Map() };
    byFile.set(file.uri, entry);
    entry.edits.set(`${range.start.line}:${range.start.character}`, edit(of, range, name));
  }
  const changed = [...byFile.values()].map((one) => ({ manifest: one.manifest, edits: [...one.edits.values()] }));
  for (const one of changed) {
    const problem = refusal(one, service.comparedWith(one.manifest.uri));
    if (problem !== null) return { refused: message(words, problem) };
  }
  return changed;
}

/** Whether a text that is written in some other way, as in a block, holds the name. */
function isWritten({ slices }: Manifest, index: number, text: string): boolean {
  const slice = slices[index];
  return slice?.form === "yaml" || slice?.form === "first"
    ? new RegExp(`[|>][^\\n]*\\n\\s+${escaped(text)}\\s*\\n`).test(slice.text)
    : false;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function fileName(uri: string): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf("/") + 1));
}

/** Within quotes the name stands as it is; without them it is quoted where it would not be a text. */
function edit(manifest: Manifest, range: Range, name: string): TextEdit {
  const text = manifestText(manifest);
  const starts = lineStarts(text);
  const isQuoted = /["']/.test(text[offsetAt(text, starts, range.start) - 1] ?? "");
  return { range, newText: isQuoted || isPlain(name) ? name : JSON.stringify(name) };
}

function isPlain(name: string): boolean {
  return typeof resolvePlain(name) === "string" && /^[\w./][\w./-]*$/.test(name);
}

/** What the server would say against the text with the edits that it does not say against the text as it is; null: nothing. */
function refusal({ manifest, edits }: FileEdits, base: Base | undefined): Problem | null {
  const after = editManifest(manifest, { text: applyEdits(manifestText(manifest), edits) });
  const known = new Set<string>();
  for (const one of errorsIn(manifest, base)) known.add(keyOf(one.problem));
  return errorsIn(after, base).find(({ problem }) => !known.has(keyOf(problem)))?.problem ?? null;
}

function errorsIn({ slices }: Manifest, base: Base | undefined): readonly Finding[] {
  return slices
    .flatMap((slice) => [...(base === undefined ? [] : changesIn(slice, base).findings), ...checkSlice(slice).findings])
    .filter(({ problem }) => problem.severity === "error");
}

function keyOf({ code, path }: Problem): string {
  return `${code} ${path}`;
}

/** Why no new name would do: what stands there is applied and cannot change. Null: some would. */
export async function whyNot(service: Service, manifest: Manifest, position: Position): Promise<Refused | null> {
  const at = nameAt(manifest, position);
  if (at === null || service.comparedWith(manifest.uri) === undefined) return null;
  const tried = await rename(service, manifest, position, at.text.length > 60 ? `x${at.text.slice(2)}` : `${at.text}x`);
  return "refused" in tried ? tried : null;
}
