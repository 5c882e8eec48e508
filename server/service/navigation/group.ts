/** All mentions of the same thing, wherever they stand. */
import type { FileMentions } from "./file-mentions.ts";
import { type Mention, meanTheSame } from "./mention.ts";

export interface Located {
  readonly file: FileMentions;
  /** Counts the slices of the file from 0. */
  readonly slice: number;
  readonly mention: Mention;
}

/** Everything that means the same as one of the mentions, those included, in the order of the files. */
export function groupOf(from: readonly Located[], files: readonly FileMentions[]): readonly Located[] {
  const group = new Map(from.map((one) => [one.mention, one]));
  const waiting = [...from];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    for (const other of candidatesOf(one, files)) {
      if (group.has(other.mention)) continue;
      group.set(other.mention, other);
      waiting.push(other);
    }
  }
  const order = new Map(files.map((file, at) => [file.uri, at]));
  const place = ({ file }: Located) => order.get(file.uri) ?? 0;
  return [...group.values()].sort((one, other) => place(one) - place(other) || one.slice - other.slice);
}

/** What means the same at first sight, in the same file or in an installation of it. */
export function candidatesOf({ file, slice, mention }: Located, files: readonly FileMentions[]): readonly Located[] {
  const found: Located[] = [];
  const isLocal = mention.reach.is === "object";
  for (const other of files) {
    const isSame = other.uri === file.uri;
    if (!isSame && (isLocal || !areInstalledTogether(file, other))) continue;
    other.slices.forEach((mentions, at) => {
      if (isLocal && at !== slice) return;
      for (const one of mentions.get(mention.about) ?? []) {
        if (meanTheSame(mention, one, isSame && at === slice)) found.push({ file: other, slice: at, mention: one });
      }
    });
  }
  return found;
}

function areInstalledTogether(one: FileMentions, other: FileMentions): boolean {
  if (one.installations.length === 0 || other.installations.length === 0) {
    return one.installations.length === other.installations.length;
  }
  return one.installations.some((each) => other.installations.includes(each));
}
