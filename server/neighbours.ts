/**
 * What the files of the workspace that are not open say of their objects. Read once nothing else is to be done, a piece
 * at a time, and again when they change; of each only the facts are kept.
 */
import { type Neighbourhood, neighbourhood } from "./rules/neighbourhood.ts";
import { checkSlice } from "./service/check.ts";
import { manifestFacts } from "./service/diagnose.ts";
import type { Facts } from "./service/facts.ts";
import { openManifest } from "./service/manifest.ts";

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
  /** The objects of all files but those that are open; the same value until one of them differs. */
  around(open: Iterable<string>): Neighbourhood | undefined;
}

const mostFiles = 2000;
/** Characters of a document beyond which it is nobody's Service or workload. */
const longestDocument = 256 * 1024;
/** Milliseconds of work between two pauses. */
const turn = 5;
const kinds = /\bkind"?\s*:\s*["']?(ReplicaSet|Deployment|StatefulSet|DaemonSet|Job|CronJob|Pod|Service|List)\b/;

/** `told` is called when what is known has become other. */
export function neighboursOn(disk: Disk, pause: () => Promise<void>, told: () => void): Neighbours {
  let folders: readonly string[] = [];
  let known = new Map<string, readonly Facts[]>();
  let reading = 0;
  let begun = false;
  let latest: { readonly known: typeof known; readonly open: string; readonly around: Neighbourhood } | null = null;

  async function factsOf(key: string): Promise<readonly Facts[]> {
    const file = await disk.read(key);
    if (file === null) return [];
    const { slices, ...manifest } = openManifest(file.uri, key.endsWith(".json") ? "json" : "yaml", file.text);
    let begin = performance.now();
    const facts: Facts[] = [];
    for (const slice of slices) {
      if (slice.text.length > longestDocument || !kinds.test(slice.text)) continue;
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
    const found = new Map<string, readonly Facts[]>();
    for (const folder of folders) {
      for await (const key of disk.list(folder)) {
        if (found.size >= mostFiles) break;
        found.set(key, await factsOf(key));
        await pause();
        if (round !== reading) return;
      }
    }
    replace(found);
  }

  async function readSome(keys: readonly string[]): Promise<void> {
    const found = new Map(known);
    for (const key of keys) {
      const facts = await factsOf(key);
      if (facts.length > 0 && (found.has(key) || found.size < mostFiles)) found.set(key, facts);
      else found.delete(key);
    }
    replace(found);
  }

  function replace(found: typeof known): void {
    // Saving what changes no fact is no news.
    if (JSON.stringify([...found]) === JSON.stringify([...known])) return;
    known = found;
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
    around(open) {
      if (known.size === 0) return undefined;
      const keys = [...open].map((uri) => disk.keyOf(uri));
      const names = keys.join("\n");
      if (latest?.known !== known || latest.open !== names) {
        const files = [...known].filter(([key]) => !keys.includes(key)).map(([, facts]) => facts);
        latest = { known, open: names, around: neighbourhood(files) };
      }
      return latest.around;
    },
  };
}
