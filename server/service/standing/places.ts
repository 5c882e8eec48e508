/** The places of files among the kustomizations, charts and tests around them. */
import { both, noAdditions } from "./additions.ts";
import type { Kustomization } from "./kustomization.ts";
import { folderOf } from "./paths.ts";
import type { FilePlace } from "./place.ts";

/** What is known of the files around: enough to say what each of them is. */
export interface Around {
  readonly kustomizations: readonly Kustomization[];
  /** Folders of charts: what is below one is rendered together. */
  readonly charts: readonly string[];
  /** Folders that hold a test of Chainsaw or kuttl. */
  readonly tests: readonly { readonly folder: string; readonly tool: "kuttl" | "chainsaw" }[];
}

/** The same place for the same words, so that what was found for it stays good. */
const known = new Map<string, FilePlace>();

function kept(place: FilePlace): FilePlace {
  const key = JSON.stringify(place);
  const same = known.get(key);
  if (same) return same;
  if (known.size > 5000) known.clear();
  known.set(key, place);
  return place;
}

/** Says of each file what its place is. Making it takes a pass over what is around. */
export function placesAmong({ kustomizations, charts, tests }: Around): (path: string) => FilePlace {
  const patches = new Map<string, string>();
  const data = new Map<string, string>();
  /** By file, or folder of another kustomization: those that take it in. */
  const takers = new Map<string, Kustomization[]>();
  for (const one of kustomizations) {
    for (const { path } of one.patchFiles) patches.set(path, one.path);
    for (const path of one.dataFiles) data.set(path, one.path);
    for (const path of one.takesIn) {
      const list = takers.get(path);
      if (list) list.push(one);
      else takers.set(path, [one]);
    }
  }

  /** The kustomizations that nothing else takes in, above one. */
  function roots(one: Kustomization, depth: number): readonly Kustomization[] {
    const above = depth > 20 ? [] : takersOf(one, takers);
    return above.length === 0 ? [one] : above.flatMap((each) => roots(each, depth + 1));
  }

  function additions(one: Kustomization, depth = 0): ReturnType<typeof both> {
    const above = depth > 20 ? [] : takersOf(one, takers);
    return above.reduce((adds, each) => both(adds, additions(each, depth + 1)), one.adds);
  }

  return (path) => {
    const asserts = assertsIn(path, tests);
    const above = takers.get(path) ?? [];
    const patchOf = patches.get(path) ?? null;
    const dataOf = above.length === 0 ? (data.get(path) ?? null) : null;
    const adds = above.map((one) => additions(one)).reduce((a, b) => both(a, b), noAdditions);
    const base = above[0] === undefined ? null : { of: above[0].path, adds };
    const installations = [...new Set(above.flatMap((one) => roots(one, 0)).map((one) => `kustomization ${one.path}`))];
    const chart = charts.find((folder) => path.startsWith(`${folder}/`));
    const alone = chart === undefined ? `folder ${folderOf(path)}` : `chart ${chart}`;
    return kept({ patchOf, dataOf, base, asserts, installations: installations.length > 0 ? installations : [alone] });
  };
}

function takersOf(one: Kustomization, takers: ReadonlyMap<string, Kustomization[]>): readonly Kustomization[] {
  return [...(takers.get(one.folder) ?? []), ...(takers.get(one.path) ?? [])].filter((each) => each !== one);
}

const kuttlName = /^\d+-(?:assert|errors?)(?:[-_.].*)?\.ya?ml$/;
const assertName = /(?:^|[-_.\d])(?:asserts?|assertions?|errors?|expected?)(?:[-_.\d]|$)/i;

/** Assertions are known by the names that the tools want or their users give, beside a test. */
function assertsIn(path: string, tests: Around["tests"]): FilePlace["asserts"] {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (kuttlName.test(name)) return "kuttl";
  const folder = folderOf(path);
  const test = tests.find((one) => folder === one.folder || folder.startsWith(`${one.folder}/`));
  return test && assertName.test(name) ? test.tool : null;
}
