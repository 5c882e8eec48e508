/** The kustomizations, charts and tests around the files that are checked, read from the disk. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { readKustomization } from "../service/standing/kustomization.ts";
import { isKustomization } from "../service/standing/paths.ts";
import type { Around } from "../service/standing/places.ts";
import { isTest, readTest } from "../service/standing/tests.ts";
import type { Input } from "./files.ts";

/** Folders above a file in which its kustomization, chart or test may be. */
const mostAbove = 8;
/** Folders beside and below those, for overlays of a base. */
const mostBeside = 300;
const telling = /^(?:kustomization\.ya?ml|Kustomization|Chart\.yaml|(?:chainsaw|kuttl|kyverno)-test\.ya?ml)$/;

/** What there is around the files that are checked. */
export function aroundOf(inputs: readonly Pick<Input, "name" | "named">[]): Around {
  const paths = new Set<string>();
  for (const { name } of inputs) if (telling.test(baseOf(name))) paths.add(pathOf(name));
  // What was found in a folder has its kustomizations with it.
  const named = inputs.filter((one) => one.named);
  const looked = new Set<string>();
  for (const folder of new Set(named.map(({ name }) => dirname(resolve(name))))) addAbove(folder, paths, looked);
  return aroundIn([...paths], read);
}

function aroundIn(paths: readonly string[], readText: (path: string) => string | null): Around {
  const kustomizations = paths.filter(isKustomization).flatMap((path) => {
    const text = readText(path);
    const found = text === null ? null : readKustomization(path, text, readText);
    return found === null ? [] : [found];
  });
  const folderOf = (path: string) => path.slice(0, path.lastIndexOf("/"));
  const charts = paths.filter((path) => baseOf(path) === "Chart.yaml").map(folderOf);
  const tests = paths.filter(isTest).map((path) => readTest(path, readText(path) ?? ""));
  return { kustomizations, charts, tests };
}

function addAbove(folder: string, paths: Set<string>, looked: Set<string>): void {
  let at = folder;
  for (let depth = 0; depth < mostAbove; depth++) {
    const names = namesIn(at);
    for (const name of names) if (telling.test(name)) paths.add(pathOf(join(at, name)));
    // An overlay stands beside its base, or beside the folder of bases.
    if (depth === 1 || depth === 2) addBelow(at, paths, looked);
    const above = dirname(at);
    if (names.includes(".git") || above === at) return;
    at = above;
  }
}

function addBelow(folder: string, paths: Set<string>, looked: Set<string>): void {
  const waiting = [folder];
  for (let count = 0; count < mostBeside && waiting.length > 0; count++) {
    const next = waiting.shift() as string;
    if (looked.has(next)) continue;
    looked.add(next);
    for (const name of namesIn(next)) {
      if (telling.test(name)) paths.add(pathOf(join(next, name)));
      else if (!name.includes(".") && name !== "node_modules") waiting.push(join(next, name));
    }
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/** The name of a file as what is around knows it. */
export function pathOf(name: string): string {
  return resolve(name).split(sep).join("/");
}

function baseOf(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}
