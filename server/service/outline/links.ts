/** Files that a kustomization names, as links. */
import { checkSlice } from "../check.ts";
import { breaks, type Manifest, rangeIn } from "../manifest.ts";
import { placesIn } from "../navigation/places.ts";
import { isKustomization } from "../standing/paths.ts";
import type { Range } from "../text.ts";

export interface NamedFile {
  readonly range: Range;
  /** As it would be if it is a file. */
  readonly uri: string;
  /** Whether it may be a folder with a kustomization in it. */
  readonly mayBeFolder: boolean;
}

const folders = ["resources.*", "bases.*", "components.*"];
const files = [
  ...["crds.*", "configurations.*", "generators.*", "transformers.*", "validators.*", "patchesStrategicMerge.*"],
  ...["patches.*.path", "patchesJson6902.*.path", "replacements.*.path", "openapi.path"],
  ...["configMapGenerator", "secretGenerator"].flatMap((one) => [
    `${one}.*.files.*`,
    `${one}.*.envs.*`,
    `${one}.*.env`,
  ]),
  ...["helmCharts.*.valuesFile", "helmCharts.*.additionalValuesFiles.*"],
];

/** Every file that a kustomization names, wherever it is; none of another text, and none that is not beside it. */
export function namedFiles(manifest: Manifest): readonly NamedFile[] {
  if (!isKustomization(manifest.uri)) return [];
  const found: NamedFile[] = [];
  let firstLine = 0;
  for (const slice of manifest.slices) {
    const { parsed } = checkSlice(slice);
    for (const pattern of [...folders, ...files]) {
      for (const { at, value } of placesIn(parsed.value, pattern)) {
        if (typeof value !== "string" || value.includes("\n")) continue;
        const place = parsed.document.locate(at, "value");
        const written = place ? slice.text.slice(place.start, place.end) : "";
        // `key=file` names a file by another name.
        const name = value.slice(pattern.includes("files.*") ? value.indexOf("=") + 1 : 0);
        const from = written.lastIndexOf(name);
        const uri = uriOf(manifest.uri, name);
        if (!place || name === "" || from < 0 || uri === null) continue;
        const start = place.start + from;
        found.push({
          range: rangeIn(slice, [start, start + name.length], firstLine),
          uri,
          mayBeFolder: folders.includes(pattern),
        });
      }
    }
    firstLine += breaks(slice);
  }
  return found;
}

/** Null for what is not a path from the folder of the kustomization. */
function uriOf(kustomization: string, name: string): string | null {
  if (/^[a-z][a-z0-9+.-]*:|^[\w.-]+@|^\/\/|\?ref=/i.test(name) || /^(?:github|gitlab|bitbucket)\.\w+\//.test(name))
    return null;
  try {
    return new URL(name.split("/").map(encodeURIComponent).join("/"), kustomization).href;
  } catch {
    return null;
  }
}
