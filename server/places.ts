/** The kustomizations, charts and tests of the workspace, and what each file is among them. */
import type { Disk } from "./disk.ts";
import { type Kustomization, readKustomization } from "./service/standing/kustomization.ts";
import { folderOf, isKustomization } from "./service/standing/paths.ts";
import { type FilePlace, lonePlace } from "./service/standing/place.ts";
import { placesAmong } from "./service/standing/places.ts";

export interface Places {
  /** Whether a file says something of others. */
  tells(key: string): boolean;
  /** Reads what these files say, and forgets those that are gone. */
  learn(keys: readonly string[]): Promise<void>;
  /** Reads what stands in the folder of a file and those above it. */
  learnAbove(key: string): Promise<void>;
  placeOf(uri: string): FilePlace;
}

/** Folders above a file in which its kustomization may be. */
const mostAbove = 4;
const names = ["kustomization.yaml", "kustomization.yml", "Chart.yaml", "chainsaw-test.yaml", "kuttl-test.yaml"];
const telling = new RegExp(`(?:^|[\\\\/])(?:${names.join("|")})$`);

/** Places on a disk of which nothing was read yet. */
export function placesOn(disk: Disk): Places {
  const kustomizations = new Map<string, Kustomization>();
  const others = new Set<string>();
  const looked = new Set<string>();
  let placeAt = placesAmong({ kustomizations: [], charts: [], tests: [] });

  async function learnOne(key: string): Promise<void> {
    const path = slashed(key);
    const file = await disk.read(key);
    if (file === null) {
      kustomizations.delete(path);
      others.delete(path);
    } else if (!isKustomization(path)) others.add(path);
    else {
      // Which files it names is known first, and then what they hold.
      const first = readKustomization(path, file.text, () => null);
      const texts = new Map<string, string | null>();
      for (const { path: named } of first?.patchFiles ?? []) texts.set(named, (await disk.read(named))?.text ?? null);
      const found = readKustomization(path, file.text, (named) => texts.get(named) ?? null);
      if (found === null) kustomizations.delete(path);
      else kustomizations.set(path, found);
    }
  }

  const places: Places = {
    tells: (key) => telling.test(key),
    async learn(keys) {
      for (const key of keys) await learnOne(key);
      const tests = [...others].filter((path) => path.includes("-test."));
      placeAt = placesAmong({
        kustomizations: [...kustomizations.values()],
        charts: [...others].filter((path) => path.endsWith("Chart.yaml")).map(folderOf),
        tests: tests.map((path) => ({ folder: folderOf(path), tool: path.includes("kuttl-") ? "kuttl" : "chainsaw" })),
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
      return key === null ? lonePlace : placeAt(slashed(key));
    },
  };
  return places;
}

function slashed(key: string): string {
  return key.replaceAll("\\", "/");
}
