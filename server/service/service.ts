/**
 * The one facade of the language service: the texts that are open, what is known around them, and what is found in them.
 * Editors and the command line both ask here; what they may ask is one file each in `requests/`.
 */
import type { Words } from "../messages/words.ts";
import type { Beyond } from "../rules/neighbourhood.ts";
import { type Base, readBase, type Way } from "./base.ts";
import { checkSlice, isChecked } from "./check.ts";
import { type Diagnosis, diagnose, isRun, runAdviceOn } from "./diagnose.ts";
import { manifestFacts } from "./fact-memory.ts";
import type { Structural } from "./finding.ts";
import type { FieldDocs } from "./hover-context.ts";
import { type Change, editManifest, type Manifest, outlook, sliceAt } from "./manifest.ts";
import { type FileMentions, sliceMentions } from "./navigation/file-mentions.ts";
import type { Settings } from "./settings.ts";
import type { FilePlace } from "./standing/place.ts";
import { beginLine, stillTold, type Typing, typedLine } from "./typing.ts";
import { noteWhereabouts } from "./whereabouts.ts";

/** What the service is given by whatever it runs in. */
export interface Surroundings {
  readonly docs: FieldDocs;
  /** Milliseconds since 1970. */
  now(): number;
  /** Lets other work have its turn. */
  pause(): Promise<void>;
  /** Resolves after so many milliseconds; absent: nothing is waited for. */
  wait?(milliseconds: number): Promise<void>;
  /** What else there is beside the open texts. */
  beyond(): Beyond | undefined;
  /** What the files around a text say of it. */
  placeOf(uri: string): FilePlace;
  /** What is named in the files of the workspace that are not open; absent where none are known. */
  mentions?(): Iterable<FileMentions>;
  /** The text of a file that is not open, as it is now; null where it cannot be read. */
  readFile?(uri: string): Promise<string | null>;
}

/** How the person who reads the answers wants them. */
export interface Preferences {
  readonly settings: Settings;
  readonly words: Words;
  /** The IANA zone of the reader. */
  readonly timeZone: string;
  /** What of the shape is left to another tool. */
  readonly structureElsewhere: boolean | readonly Structural[];
  /** Where the pages of the codes are, as a URI to which the code and `.md` are added; null: nowhere. */
  readonly pages: string | null;
  /** Whether the reader can be shown a simulation. */
  readonly simulates: boolean;
  /** Whether what is kept back while a line is typed can be told later. */
  readonly waits: boolean;
  /** Absent: it knows plain text only. */
  readonly editor?: Editor;
}

/** What an editor can do with text that it is offered. */
export interface Editor {
  /** Whether it knows tab stops. */
  readonly snippets: boolean;
  /** Whether it can be told to leave the indentation of lines as it is given. */
  readonly keepsIndent: boolean;
  /** Whether it asks for the description of what is looked at. */
  readonly describesLater: boolean;
  /** Its command that offers suggestions again; null: none. */
  readonly suggestCommand: string | null;
}

/** A text as it is at one time. */
export interface OpenText {
  readonly manifest: Manifest;
  readonly version: number;
  /** Whether it is surely meant to be applied, as a file that is named on a command line is. */
  readonly named?: boolean;
}

export interface Service {
  readonly surroundings: Surroundings;
  preferences(): Preferences;
  prefer(changes: Partial<Preferences>): void;
  /** What the files around say may have become other. */
  lookAround(): void;
  /** Begins to look at a text, or at another version of one that is known by its URI. */
  open(text: OpenText): void;
  edit(uri: string, version: number, changes: readonly Change[]): void;
  close(uri: string): void;
  find(uri: string): OpenText | undefined;
  uris(): Iterable<string>;
  /** The version that a text is compared with, and how the text is brought to it; null: none. Forgotten when the text is closed. */
  compare(uri: string, manifest: Manifest | null, way?: Way): void;
  /** What a text is compared with; undefined: nothing. */
  comparedWith(uri: string): Base | undefined;
  /** Everything found in a text, at once; with `runs` what simulator runs prove as well. None for a text that is not open. */
  diagnoses(uri: string, runs?: boolean): readonly Diagnosis[];
  /** What is told of it, without what is kept back while a line is typed; with pauses for other work. None when the question was taken back. */
  settle(uri: string, cancelled: () => boolean): Promise<readonly Diagnosis[]>;
  /** Nothing has been typed for a while. Whether anything was kept back. */
  rest(uri: string): boolean;
  /** Waits until nothing has been typed in a text for a moment, or the question is taken back. */
  idle(uri: string, cancelled: () => boolean): Promise<void>;
  /** Works out what takes a run, with pauses. Whether that found anything; stops when the text becomes another. */
  advise(uri: string): Promise<boolean>;
}

/** A line that only begins something. */
const opening = /[:-]\s*(#.*)?$/;

/** Milliseconds of checking between two pauses. */
const turn = 10;
/** Milliseconds without an edit before runs are spent on a text. */
const quiet = 250;

/** A service that knows no text yet. */
export function createService(surroundings: Surroundings, preferred: Preferences): Service {
  const texts = new Map<string, OpenText>();
  const compared = new Map<string, { readonly manifest: Manifest; readonly way: Way }>();
  const typing = new Map<string, Typing>();
  let preferences = preferred;

  /** Checks what is new, a piece at a time. False when the text changed or the question was taken back meanwhile. */
  async function checkInTurns(uri: string, cancelled: () => boolean): Promise<boolean> {
    const manifest = texts.get(uri)?.manifest;
    let begin = performance.now();
    for (const slice of manifest?.slices ?? []) {
      if (isChecked(slice)) continue;
      checkSlice(slice);
      if (performance.now() - begin < turn) continue;
      await surroundings.pause();
      if (cancelled() || texts.get(uri)?.manifest !== manifest) return false;
      begin = performance.now();
    }
    return true;
  }

  function placed(manifest: Manifest): Manifest {
    return outlook(manifest, { target: manifest.target, place: surroundings.placeOf(manifest.uri) });
  }

  /** Notes which line is typed in. Anything else than typing is done when it happens. */
  function follow(uri: string, manifest: Manifest, changes: readonly Change[]): void {
    const typed = typedLine(changes);
    const before = typing.get(uri);
    if (typed === null) typing.delete(uri);
    else if (before?.line !== typed.to || typed.moved !== 0) {
      const { slice, firstLine } = sliceAt(manifest, { line: typed.from, character: 0 });
      const start = slice.starts[typed.from - firstLine] ?? 0;
      const left = slice.text.slice(start, slice.starts[typed.from - firstLine + 1]);
      const opens = opening.test(left.trimEnd().slice(-200));
      typing.set(uri, beginLine({ line: typed.to, found: service.diagnoses(uri), before, moved: typed.moved, opens }));
    }
  }

  const service: Service = {
    surroundings,
    preferences: () => preferences,
    prefer(changes) {
      preferences = { ...preferences, ...changes };
      const { target } = preferences.settings;
      for (const [uri, text] of texts) {
        const { manifest } = text;
        if (manifest.target === target) continue;
        texts.set(uri, { ...text, manifest: outlook(manifest, { ...manifest, target }) });
      }
      for (const [uri, { manifest, way }] of compared) {
        compared.set(uri, { manifest: outlook(manifest, { ...manifest, target }), way });
      }
    },
    lookAround() {
      for (const [uri, text] of texts) texts.set(uri, { ...text, manifest: placed(text.manifest) });
    },
    open(text) {
      texts.set(text.manifest.uri, { ...text, manifest: placed(text.manifest) });
    },
    edit(uri, version, changes) {
      const known = texts.get(uri);
      if (known === undefined) return;
      if (preferences.waits) follow(uri, known.manifest, changes);
      texts.set(uri, { manifest: changes.reduce<Manifest>(editManifest, known.manifest), version });
    },
    close(uri) {
      texts.delete(uri);
      typing.delete(uri);
      compared.delete(uri);
    },
    find: (uri) => texts.get(uri),
    uris: () => texts.keys(),
    compare(uri, manifest, way = "apply") {
      if (manifest === null) compared.delete(uri);
      else compared.set(uri, { manifest, way });
    },
    comparedWith(uri) {
      const base = compared.get(uri);
      return base && readBase(base.manifest, base.way);
    },
    diagnoses(uri, runs = false) {
      const found = texts.get(uri);
      if (found === undefined) return [];
      const others = [...texts].filter(([other]) => other !== uri).map(([, { manifest }]) => checkedFacts(manifest));
      return diagnose(found.manifest, {
        ...preferences,
        named: found.named === true,
        others,
        beyond: surroundings.beyond(),
        now: surroundings.now(),
        base: service.comparedWith(uri),
        runs,
      });
    },
    async settle(uri, cancelled) {
      while (!(await checkInTurns(uri, cancelled))) if (cancelled()) return [];
      const found = service.diagnoses(uri);
      const line = typing.get(uri);
      if (line === undefined) return found;
      const still = stillTold(line, found);
      typing.set(uri, still);
      return still.told;
    },
    rest: (uri) => typing.delete(uri),
    async idle(uri, cancelled) {
      for (;;) {
        const manifest = texts.get(uri)?.manifest;
        await (surroundings.wait?.(quiet) ?? surroundings.pause());
        if (cancelled() || texts.get(uri)?.manifest === manifest) return;
      }
    },
    async advise(uri) {
      const manifest = texts.get(uri)?.manifest;
      let news = false;
      // Names are found before anybody follows one.
      let begin = performance.now();
      for (const slice of manifest?.slices ?? []) {
        sliceMentions(slice);
        if (performance.now() - begin < turn) continue;
        await surroundings.pause();
        if (texts.get(uri)?.manifest !== manifest) return false;
        begin = performance.now();
      }
      for (const slice of manifest?.slices ?? []) {
        if (isRun(slice)) continue;
        await surroundings.pause();
        // A newer text is advised on its own.
        if (texts.get(uri)?.manifest !== manifest) return false;
        if (runAdviceOn(slice, surroundings.now()).length > 0) news = true;
      }
      return news;
    },
  };
  return service;
}

/** Facts of a text that has been looked at; one that has not is not worth waiting for. */
function checkedFacts(manifest: Manifest): ReturnType<typeof manifestFacts> {
  if (!manifest.slices.every(isChecked)) return [];
  noteWhereabouts(manifest);
  return manifestFacts(manifest);
}
