/** The kustomizations, charts and tests of the workspace, and what each file is among them. */
import type { Disk } from "./disk.ts";
import { type Kustomization, readKustomization } from "./service/standing/kustomization.ts";
import { folderOf, isKustomization } from "./service/standing/paths.ts";
import { type FilePlace, lonePlace } from "./service/standing/place.ts";
import { type Made, placesAmong } from "./service/standing/places.ts";
import { isTest, readTest, type TestFolder } from "./service/standing/tests.ts";

export interface Places {
  /** Whether a file says something of others. */
  tells(key: string): boolean;
  /** Reads what these files say, and forgets those that are gone. */
  learn(keys: readonly string[]): Promise<void>;
  /** Reads what stands in the folder of a file and those above it. */
  learnAbove(key: string): Promise<void>;
  placeOf(uri: string): FilePlace;
  /** What kustomizations make beside the objects of files. */
  made(): readonly Made[];
}

/** Folders above a file in which its kustomization may be. */
const mostAbove = 4;
const names = [
  "kustomization.yaml",
  "kustomization.yml",
  "Chart.yaml",
  "chainsaw-test.yaml",
  "kuttl-test.yaml",
  "kyverno-test.yaml",
];
const telling = new RegExp(`(?:^|[\\\\/])(?:${names.join("|")})$`);

/** Places on a disk of which nothing was read yet. */
export function placesOn(disk: Disk): Places {
  const kustomizations = new Map<string, Kustomization>();
  const charts = new Set<string>();
  const tests = new Map<string, TestFolder>();
  const looked = new Set<string>();
  let among = placesAmong({ kustomizations: [], charts: [], tests: [] });

  async function learnOne(key: string): Promise<void> {
    const path = slashed(key);
    const file = await disk.read(key);
    if (file === null) {
      kustomizations.delete(path);
      charts.delete(path);
      tests.delete(path);
    } else if (isTest(path)) tests.set(path, readTest(path, file.text));
    else if (!isKustomization(path)) charts.add(path);
    else {
      // Which files it asks for is known first, and then what they hold.
      const asked = new Set<string>();
      const note = (one: string) => {
        asked.add(one);
        return null;
      };
      readKustomization(path, file.text, note);
      const texts = new Map<string, string | null>();
      for (const one of asked) texts.set(one, (await disk.read(one))?.text ?? null);
      const found = readKustomization(path, file.text, (one) => texts.get(one) ?? null);
      if (found === null) kustomizations.delete(path);
      else kustomizations.set(path, found);
    }
  }

  const places: Places = {
    tells: (key) => telling.test(key),
    async learn(keys) {
      for (const key of keys) await learnOne(key);
      among = placesAmong({
        kustomizations: [...kustomizations.values()],
        charts: [...charts].map(folderOf),
        tests: [...tests.values()],
      });
    },
    async learnAbove(key) {
      let folder = folderOf(slashed(key));
      const keys: string[] = [];
      for (let depth = 0; depth < mostAbove && folder !== "" && !looked.has(folder); depth++) {
        looked.add(folder);
        for (const name of names) keys.push(`${folder}/${name}`);
        folder = folderOf(folder);
      }
      if (keys.length > 0) await places.learn(keys);
    },
    placeOf(uri) {
      const key = disk.keyOf(uri);
      return key === null ? lonePlace : among.placeOf(slashed(key));
    },
    made: () => among.made,
  };
  return places;
}

function slashed(key: string): string {
  return key.replaceAll("\\", "/");
}
