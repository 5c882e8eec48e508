/** The places of files among the kustomizations, charts and tests around them. */
import type { Additions } from "./additions.ts";
import type { Generated, Kustomization } from "./kustomization.ts";
import { folderOf } from "./paths.ts";
import type { FilePlace } from "./place.ts";
import type { TestFolder } from "./tests.ts";

/** What is known of the files around: enough to say what each of them is. */
export interface Around {
  readonly kustomizations: readonly Kustomization[];
  /** Folders of charts: what is below one is rendered together. */
  readonly charts: readonly string[];
  readonly tests: readonly TestFolder[];
}

/** An object that a kustomization makes, and what it is installed with. */
export interface Made extends Generated {
  readonly path: string;
  /** The name that it gets, but for a hash at its end. */
  readonly alias: string;
  readonly installations: readonly string[];
}

export interface PlacesAmong {
  /** What a file is, by its path. */
  readonly placeOf: (path: string) => FilePlace;
  /** What the kustomizations make beside the objects of their files. */
  readonly made: readonly Made[];
}

/** Ways from a file to what is installed that are looked at; an overlay for each cluster of a fleet is one. */
const mostWays = 12;
const deepest = 20;

/** The same place for the same words, so that what was found for it stays good. */
const known = new Map<string, FilePlace>();
const layerIds = new WeakMap<Additions, number>();
let layersSeen = 0;

/** Layers are large and many places share them. */
function idOf(layer: Additions): number {
  const id = layerIds.get(layer) ?? ++layersSeen;
  layerIds.set(layer, id);
  return id;
}

function kept(place: FilePlace): FilePlace {
  const { base, beside, ...rest } = place;
  const ids = (ways: FilePlace["beside"]) => ways.map((way) => way.map(idOf));
  const key = JSON.stringify([rest, base?.of, ids(base?.ways ?? []), ids(beside)]);
  const same = known.get(key);
  if (same) return same;
  if (known.size > 5000) known.clear();
  known.set(key, place);
  return place;
}

/** Says of each file what its place is. Making it takes a pass over what is around. */
export function placesAmong({ kustomizations, charts, tests }: Around): PlacesAmong {
  const patches = new Map<string, string>();
  const data = new Map<string, string>();
  /** By file, or folder of another kustomization: those that take it in. */
  const takers = new Map<string, Kustomization[]>();
  const byFolder = new Map(kustomizations.map((one) => [one.folder, one]));
  for (const one of kustomizations) {
    for (const { path } of one.patchFiles) patches.set(path, one.path);
    for (const path of one.dataFiles) data.set(path, one.path);
    for (const path of one.takesIn) {
      const list = takers.get(path);
      if (list) list.push(one);
      else takers.set(path, [one]);
    }
  }
  const chartFolders = new Set(charts);
  const testFolders = new Map(tests.map((one) => [one.folder, one]));
  const asserted = new Map(tests.flatMap(({ tool, files }) => files.map((file) => [file, tool] as const)));

  /** The kustomizations that nothing else takes in, above one. */
  function roots(one: Kustomization, depth = 0): readonly Kustomization[] {
    const above = depth > deepest ? [] : takersOf(one, takers);
    return above.length === 0 ? [one] : [...new Set(above.flatMap((each) => roots(each, depth + 1)))];
  }

  /** What one does, after what its components do. */
  function layersOf(one: Kustomization, depth = 0): readonly Additions[] {
    const components = depth > deepest ? [] : one.components.map((folder) => byFolder.get(folder));
    return [...components.flatMap((each) => (each && each !== one ? layersOf(each, depth + 1) : [])), one.adds];
  }

  function waysFrom(one: Kustomization, depth = 0): readonly (readonly Additions[])[] {
    const above = depth > deepest ? [] : takersOf(one, takers);
    const layers = layersOf(one);
    if (above.length === 0) return [layers];
    const ways = above.flatMap((each) => waysFrom(each, depth + 1).map((way) => [...layers, ...way]));
    return ways.slice(0, mostWays);
  }

  const installationsOf = (some: readonly Kustomization[]) => [
    ...new Set(some.flatMap((one) => roots(one)).map((one) => `kustomization ${one.path}`)),
  ];

  function placeOf(path: string): FilePlace {
    const asserts = asserted.get(path) ?? assertsIn(path, testFolders);
    const above = takers.get(path) ?? [];
    const patchOf = patches.get(path) ?? null;
    const calledPatch = patchOf === null && above.length === 0 && patchName.test(path);
    const dataOf = above.length === 0 ? (data.get(path) ?? null) : null;
    const ways = above.flatMap((one) => waysFrom(one)).slice(0, mostWays);
    const base = above[0] === undefined ? null : { of: above[0].path, ways };
    const unnamed = above.length === 0 ? byFolder.get(folderOf(path)) : undefined;
    const beside = unnamed === undefined ? [] : waysFrom(unnamed);
    const installations = installationsOf(above);
    const chart = charts.length === 0 ? undefined : foldersOf(path).findLast((folder) => chartFolders.has(folder));
    const alone = chart === undefined ? `folder ${folderOf(path)}` : `chart ${chart}`;
    const together = installations.length > 0 ? installations : [alone];
    return kept({ patchOf, calledPatch, dataOf, base, beside, asserts, installations: together });
  }

  const made = kustomizations.flatMap((one) =>
    one.generates.map((each) => {
      const layers = waysFrom(one)[0] ?? [];
      const namespace = layers.map((layer) => layer.namespace).findLast((name) => name !== "") ?? each.namespace;
      const alias = layers.reduce((inner, { prefix, suffix }) => `${prefix}${inner}${suffix}`, each.name);
      return {
        ...each,
        alias,
        namespace: namespace || "default",
        path: one.path,
        installations: installationsOf([one]),
      };
    }),
  );
  return { placeOf, made };
}

function takersOf(one: Kustomization, takers: ReadonlyMap<string, Kustomization[]>): readonly Kustomization[] {
  return [...(takers.get(one.folder) ?? []), ...(takers.get(one.path) ?? [])].filter((each) => each !== one);
}

/** Patches that a kustomization has not named yet, or no longer, are called so all the same. */
const patchName = /(?:^|[/_.-])patch(?:es)?(?:[/_.-]|$)|\/overlays?\//i;

const kuttlName = /^\d+-(?:assert|errors?)(?:[-_.].*)?\.ya?ml$/;
const assertName = /(?:^|[-_.\d])(?:asserts?|assertions?|errors?|expected?)(?:[-_.\d]|$)/i;

/** Assertions are known by the names that the tools want or their users give, beside a test. */
function assertsIn(path: string, tests: ReadonlyMap<string, TestFolder>): FilePlace["asserts"] {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (kuttlName.test(name)) return "kuttl";
  if (tests.size === 0) return null;
  if (tests.get(folderOf(path))?.tool === "kyverno") return "kyverno";
  if (!assertName.test(name)) return null;
  const above = foldersOf(path).find((folder) => tests.has(folder) && tests.get(folder)?.tool !== "kyverno");
  return above === undefined ? null : (tests.get(above)?.tool ?? null);
}

/** The folders that a file is in, the nearest first. */
function foldersOf(path: string): readonly string[] {
  const folders: string[] = [];
  for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) folders.push(path.slice(0, at));
  return folders;
}
