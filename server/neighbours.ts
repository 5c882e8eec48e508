/**
 * What the files of the workspace that are not open say of their objects. Read once nothing else is to be done, a piece
 * at a time, and again when they change; of each only the facts are kept.
 */
import type { Target } from "../simulator/api/target.ts";
import { addFile, type Beyond, emptyIndex, removeFile } from "./rules/neighbourhood.ts";
import { checkSlice } from "./service/check.ts";
import { manifestFacts } from "./service/diagnose.ts";
import type { Facts } from "./service/facts.ts";
import { openManifest } from "./service/manifest.ts";
import { servedVersions } from "./service/recognise.ts";

/** The file system as far as it is needed; browsers have none. */
export interface Disk {
  /** One name for a file, whatever its URI is written like; null for what is no file. */
  keyOf(uri: string): string | null;
  /** Whether a file would be listed below one of the folders. */
  concerns(key: string, folders: readonly string[]): boolean;
  /** The manifests below a folder, the nearest first. */
  list(folder: string): AsyncIterable<string>;
  /** Null for what is not there, cannot be read or is too large. */
  read(key: string): Promise<{ readonly uri: string; readonly text: string } | null>;
}

export interface Neighbours {
  /** Begins to read the folders anew, unless they are being read or have been. */
  begin(): void;
  setFolders(uris: readonly string[]): void;
  /** Files of these URIs are no longer what they were. */
  changed(uris: readonly string[]): void;
  /** What is open is known better than from the disk. */
  opened(uri: string): void;
  closed(uri: string): void;
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
  let beyond: Beyond | undefined;
  let index = emptyIndex();
  let reading = 0;
  let begun = false;

  async function factsOf(key: string): Promise<readonly Facts[]> {
    const file = await disk.read(key);
    if (file === null) return [];
    const { slices, ...manifest } = openManifest(
      file.uri,
      key.endsWith(".json") ? "json" : "yaml",
      file.text,
      target(),
    );
    let begin = performance.now();
    const facts: Facts[] = [];
    for (const slice of slices) {
      if (slice.text.length > longestDocument || !ours.test(slice.text)) continue;
      checkSlice(slice);
      facts.push(...manifestFacts({ ...manifest, slices: [slice] }));
      if (performance.now() - begin < turn) continue;
      await pause();
      begin = performance.now();
    }
    return facts;
  }

  async function readAll(): Promise<void> {
    const round = ++reading;
    const before = known;
    known = new Map();
    index = emptyIndex();
    for (const folder of folders) {
      for await (const key of disk.list(folder)) {
        if (known.size >= mostFiles) break;
        put(key, await factsOf(key));
        await pause();
        if (round !== reading) return;
      }
    }
    if (before.size + known.size > 0) tell();
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
      if (keys.length > 0) inTurn(() => readSome(keys as readonly string[]));
    },
    opened(uri) {
      const key = disk.keyOf(uri);
      if (key === null || open.has(key)) return;
      open.add(key);
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
    around: () => beyond,
  };
}
