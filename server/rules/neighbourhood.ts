/**
 * Objects around an object: those of its file and of its installation, found by name and by label without a scan. What is
 * installed apart from it is no neighbour, whatever its name and labels.
 */
import type { Facts } from "../service/facts.ts";
import { type NeededKind, neededKinds } from "../service/needs.ts";

export interface Neighbourhood {
  /** Everything of a kind and name in the namespace and an installation of an object. */
  readonly named: (from: Facts, kind: string, name: string) => readonly Facts[];
  /** Whether there is such an object anywhere, in whatever installation. */
  readonly anywhere: (kind: string, namespace: string, name: string) => boolean;
  /** Everything of a kind that pods need in the namespace and an installation of an object. */
  readonly ofKind: (from: Facts, kind: NeededKind) => readonly Facts[];
  /** Whether there is such an object anywhere, in whatever namespace. */
  readonly knows: (kind: NeededKind, name: string) => boolean;
  /** Whether an object of somebody else's kind in an installation of an object speaks of a name. */
  readonly mentions: (from: Facts, name: string) => boolean;
  /** Makers of pods in the namespace and an installation of an object whose pods carry the label. */
  readonly labelled: (from: Facts, key: string, value: string) => readonly Facts[];
  /** Makers of pods in the file and the namespace of an object. */
  readonly makersBeside: (one: Facts) => readonly Facts[];
  /** Whether two facts are of the same file. */
  readonly together: (one: Facts, other: Facts) => boolean;
}

/** Objects by what they are asked for by. Files are added to it and taken from it one by one. */
export interface Index {
  readonly names: Map<string, Facts[]>;
  readonly labels: Map<string, Facts[]>;
}

/** An index as it is at one time: another value each time that it has become other. */
export interface Beyond {
  readonly index: Index;
}

/** The file that an object is in. */
const files = new WeakMap<Facts, readonly Facts[]>();
const alternatives = new WeakMap<readonly Facts[], WeakMap<readonly Facts[], boolean>>();

/**
 * Whether two files are alternatives of which one is installed: both say what the same object is. A folder may hold several
 * ways to install the same.
 */
function areAlternatives(one: Facts, other: Facts): boolean {
  const [first, second] = [files.get(one), files.get(other)];
  if (first === undefined || second === undefined || first === second) return false;
  const known = alternatives.get(first) ?? new WeakMap<readonly Facts[], boolean>();
  alternatives.set(first, known);
  let answer = known.get(second);
  if (answer === undefined) {
    const whole = (facts: Facts) => facts.name !== "" && !facts.partial;
    const names = new Set(first.filter(whole).map(identity));
    answer = second.some((facts) => whole(facts) && names.has(identity(facts)));
    known.set(second, answer);
  }
  return answer;
}

function identity({ kind, namespace, name }: Facts): string {
  return `${kind}/${namespace}/${name}`;
}

const needed: ReadonlySet<string> = new Set(neededKinds);
const none: readonly Facts[] = [];
/** The scope of a file that is asked for, and of files of which nothing is known but that they are there. */
const here = ["here"];
const somewhere = ["somewhere"];
/** The scope of everything, in which only names are found. */
const everywhere = "everywhere";

function scopesOf({ installations }: Facts): readonly string[] {
  return installations.length === 0 ? somewhere : installations;
}

/** An index of no files. */
export function emptyIndex(): Index {
  return { names: new Map(), labels: new Map() };
}

/** Adds the objects of a file, behind those of the others. */
export function addFile(
  index: Index,
  file: readonly Facts[],
  scopes: (facts: Facts) => readonly string[] = scopesOf,
): void {
  for (const facts of file) {
    files.set(facts, file);
    for (const [map, key] of keysOf(index, facts, scopes(facts))) {
      const list = map.get(key);
      if (list) list.push(facts);
      else map.set(key, [facts]);
    }
  }
}

/** Takes the objects of a file away; harmless for those that are not there. */
export function removeFile(index: Index, file: readonly Facts[]): void {
  for (const facts of file) {
    for (const [map, key] of keysOf(index, facts, scopesOf(facts))) {
      const left = (map.get(key) ?? none).filter((one) => one !== facts);
      if (left.length === 0) map.delete(key);
      else map.set(key, left);
    }
  }
}

function keysOf({ names, labels }: Index, facts: Facts, scopes: readonly string[]): [Map<string, Facts[]>, string][] {
  const { kind, namespace, name, pods } = facts;
  const keys: ReturnType<typeof keysOf> = [[names, `${everywhere} ${kind}/${namespace}/${name}`]];
  const isNeeded = needed.has(kind);
  if (isNeeded)
    keys.push([names, `${everywhere} ${kind}/*/${name}`], [names, `${everywhere} ${kind}/*/${facts.alias}`]);
  for (const scope of scopes) {
    keys.push([names, `${scope} ${kind}/${namespace}/${name}`]);
    if (isNeeded) keys.push([names, `${scope} ${kind}/${namespace}`]);
    if (isNeeded && facts.alias !== "") keys.push([names, `${scope} ${kind}/${namespace}/${facts.alias}`]);
    for (const mention of facts.mentions) keys.push([names, `${scope} mentions/${mention}`]);
    for (const key in pods?.labels) keys.push([labels, `${scope} ${namespace}/${key}=${pods.labels[key]}`]);
  }
  return keys;
}

/** What is found in files of facts, of which the first is the one that is asked for, and beyond them. One pass over the files. */
export function neighbourhood(given: readonly (readonly Facts[])[], beyond?: Beyond): Neighbourhood {
  const near = emptyIndex();
  const own = new Set(given[0]);
  for (const [at, file] of given.entries()) addFile(near, file, at === 0 ? () => here : scopesOf);
  const find = (map: keyof Index, from: Facts, key: string): readonly Facts[] => {
    const found = near[map].get(`here ${key}`) ?? none;
    let all: Set<Facts> | undefined;
    for (const scope of scopesOf(from)) {
      for (const list of [near[map].get(`${scope} ${key}`), beyond?.index[map].get(`${scope} ${key}`)]) {
        if (list === undefined) continue;
        all ??= new Set(found);
        const isFolder = scope.startsWith("folder ");
        for (const one of list) if (!isFolder || !areAlternatives(from, one)) all.add(one);
      }
    }
    return all === undefined ? found : [...all];
  };
  let makers: Map<string, Facts[]> | undefined;
  const makersBeside = (one: Facts): readonly Facts[] => {
    if (makers === undefined) {
      makers = new Map<string, Facts[]>();
      for (const maker of own) {
        if (maker.pods === null) continue;
        const list = makers.get(maker.namespace);
        if (list) list.push(maker);
        else makers.set(maker.namespace, [maker]);
      }
    }
    return makers.get(one.namespace) ?? none;
  };
  return {
    makersBeside,
    named: (from, kind, name) => find("names", from, `${kind}/${from.namespace}/${name}`),
    anywhere: (kind, namespace, name) => {
      const key = `${everywhere} ${kind}/${namespace}/${name}`;
      return near.names.has(key) || beyond?.index.names.has(key) === true;
    },
    ofKind: (from, kind) => find("names", from, `${kind}/${from.namespace}`),
    knows: (kind, name) => {
      const key = `${everywhere} ${kind}/*/${name}`;
      return near.names.has(key) || beyond?.index.names.has(key) === true;
    },
    mentions: (from, name) => find("names", from, `mentions/${name}`).length > 0,
    labelled: (from, key, value) => find("labels", from, `${from.namespace}/${key}=${value}`),
    together: (one, other) => own.has(one) && own.has(other),
  };
}

/** The makers of pods that a Service selects. */
export function selectedBy(service: Facts, around: Neighbourhood): readonly Facts[] {
  const wanted = Object.entries(service.selector ?? {});
  const [first] = wanted;
  if (first === undefined) return none;
  return around
    .labelled(service, first[0], String(first[1]))
    .filter((maker) => wanted.every(([key, value]) => maker.pods?.labels[key] === value));
}
