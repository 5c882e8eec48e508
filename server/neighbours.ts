/**
 * What the files of the workspace that are not open say of their objects. Read once nothing else is to be done, a piece
 * at a time, and again when they change; of each only the facts are kept.
 */
import type { Target } from "../simulator/api/target.ts";
import type { Disk } from "./disk.ts";
import { placesOn } from "./places.ts";
import { addFile, type Beyond, emptyIndex, removeFile } from "./rules/neighbourhood.ts";
import { checkSlice, isChecked } from "./service/check.ts";
import { manifestFacts } from "./service/fact-memory.ts";
import { bareFacts, type Facts, madeFacts } from "./service/facts.ts";
import { openManifest } from "./service/manifest.ts";
import { type FileMentions, fileMentions } from "./service/navigation/file-mentions.ts";
import { mentionsInText } from "./service/needs.ts";
import { servedVersions } from "./service/recognise.ts";
import type { FilePlace } from "./service/standing/place.ts";
import { noteWhereabouts } from "./service/whereabouts.ts";

export interface Neighbours {
  /** Begins to read the folders anew, unless they are being read or have been. */
  begin(): void;
  setFolders(uris: readonly string[]): void;
  /** Files of these URIs are no longer what they were. */
  changed(uris: readonly string[]): void;
  /** What is open is known better than from the disk. */
  opened(uri: string): void;
  closed(uri: string): void;
  /** What the files around a file say of it, as far as they have been read. */
  placeOf(uri: string): FilePlace;
  /** What is named in all files but those that are open, as far as they have been read. */
  mentions(): Iterable<FileMentions>;
  /** The objects of all files but those that are open, once they have been read; the same value until one differs. */
  around(): Beyond | undefined;
}

const mostFiles = 2000;
/** Characters of a document beyond which it is nobody's Service or workload. */
const longestDocument = 256 * 1024;
/** Milliseconds of work between two pauses. */
const turn = 5;
const ours = new RegExp(`\\bkind"?\\s*:\\s*["']?(${[...Object.keys(servedVersions), "List"].join("|")})\\b`);

/** What a disk says beside the open files, for a version of Kubernetes. `told` is called when what is known has become other. */
export function neighboursOn(
  disk: Disk,
  pause: () => Promise<void>,
  told: () => void,
  target: () => Target,
): Neighbours {
  let folders: readonly string[] = [];
  const open = new Set<string>();
  let known = new Map<string, readonly Facts[]>();
  /** By the key of their file; of files in which nothing is named there are none. */
  const named = new Map<string, FileMentions>();
  let beyond: Beyond | undefined;
  let index = emptyIndex();
  let reading = 0;
  let begun = false;
  const places = placesOn(disk);

  async function factsOf(key: string): Promise<readonly Facts[]> {
    const file = await disk.read(key);
    named.delete(key);
    if (file === null) return [];
    const languageId = key.endsWith(".json") ? "json" : "yaml";
    const whole = openManifest(file.uri, languageId, file.text, target(), places.placeOf(file.uri));
    const { slices, ...manifest } = whole;
    let begin = performance.now();
    const facts: Facts[] = [];
    for (const slice of slices) {
      if (slice.text.length > longestDocument) continue;
      if (!ours.test(slice.text)) {
        const mentions = mentionsInText(slice.text);
        const { installations } = whole.place;
        const named = { kind: "", name: "", namespace: "", installations };
        if (mentions.length > 0) facts.push(bareFacts(named, { mentions, partial: true }));
        continue;
      }
      checkSlice(slice);
      facts.push(...manifestFacts({ ...manifest, slices: [slice] }));
      if (performance.now() - begin < turn) continue;
      await pause();
      begin = performance.now();
    }
    const mentions = fileMentions(whole);
    if (named.size < mostFiles && mentions.slices.some(({ size }) => size > 0)) named.set(key, mentions);
    // Slices that were passed over have no facts; the others have been checked.
    if (facts.length > 0) noteWhereabouts(whole, (slice) => isChecked(slice));
    return facts;
  }

  async function readAll(): Promise<void> {
    const round = ++reading;
    const before = known;
    known = new Map();
    named.clear();
    index = emptyIndex();
    const keys: string[] = [];
    for (const folder of folders) {
      for await (const key of disk.list(folder)) {
        keys.push(key);
        if (round !== reading || keys.length >= mostFiles) break;
      }
    }
    await places.learn(keys.filter(places.tells));
    addFile(index, places.made().map(madeFacts));
    for (const key of keys) {
      put(key, await factsOf(key));
      await pause();
      if (round !== reading) return;
    }
    if (before.size + known.size > 0 || keys.some(places.tells)) tell();
  }

  async function readSome(keys: readonly string[]): Promise<void> {
    let news = false;
    for (const key of keys) {
      const facts = await factsOf(key);
      // Saving what changes no fact is no news.
      if (JSON.stringify(facts) === JSON.stringify(known.get(key) ?? [])) continue;
      news = true;
      put(key, facts);
    }
    // Files that are gone make room for others.
    for (const key of keys) if (known.get(key)?.length === 0) known.delete(key);
    if (news) tell();
  }

  function put(key: string, facts: readonly Facts[]): void {
    if (!open.has(key)) removeFile(index, known.get(key) ?? []);
    if (!known.has(key) && known.size >= mostFiles) return;
    known.set(key, facts);
    if (!open.has(key)) addFile(index, facts);
  }

  function tell(): void {
    beyond = { index };
    told();
  }

  /** One after the other: each begins with what the one before has left. */
  let last: Promise<void> = Promise.resolve();
  function inTurn(work: () => Promise<void>): void {
    last = last.then(work).catch(() => undefined);
  }

  return {
    begin() {
      if (begun || folders.length === 0) return;
      begun = true;
      inTurn(readAll);
    },
    setFolders(uris) {
      folders = uris.map((uri) => disk.keyOf(uri)).filter((key) => key !== null);
      reading++;
      if (begun) inTurn(readAll);
    },
    changed(uris) {
      if (!begun) return;
      const keys = uris.map((uri) => disk.keyOf(uri)).filter((key) => key !== null && disk.concerns(key, folders));
      // What says something of others may make other facts of all of them.
      if (keys.some((key) => places.tells(key as string))) inTurn(readAll);
      else if (keys.length > 0) inTurn(() => readSome(keys as readonly string[]));
    },
    opened(uri) {
      const key = disk.keyOf(uri);
      if (key === null || open.has(key)) return;
      open.add(key);
      inTurn(async () => {
        const before = places.placeOf(uri);
        await places.learnAbove(key);
        if (places.placeOf(uri) !== before) told();
      });
      const facts = known.get(key) ?? [];
      removeFile(index, facts);
      if (beyond?.index === index && facts.length > 0) beyond = { index };
    },
    closed(uri) {
      const key = disk.keyOf(uri);
      if (key === null || !open.delete(key)) return;
      const facts = known.get(key) ?? [];
      addFile(index, facts);
      if (beyond?.index === index && facts.length > 0) beyond = { index };
    },
    placeOf: places.placeOf,
    *mentions() {
      for (const [key, mentions] of named) if (!open.has(key)) yield mentions;
    },
    around: () => beyond,
  };
}
