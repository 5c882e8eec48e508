/** What is known of the objects of other files, as far as they have been looked at: typing waits for nothing. */
import type { Index } from "../../rules/neighbourhood.ts";
import { isChecked } from "../check.ts";
import { manifestFacts } from "../fact-memory.ts";
import type { Facts } from "../facts.ts";
import type { Manifest } from "../manifest.ts";
import type { Service } from "../service.ts";

/** The objects of the other files of the installations of a file, the open ones first. */
export function factsBeside(service: Service, manifest: Manifest): readonly Facts[] {
  const { installations } = manifest.place;
  const found: Facts[] = [];
  for (const uri of service.uris()) {
    const other = service.find(uri)?.manifest;
    if (other === undefined || uri === manifest.uri) continue;
    if (!other.place.installations.some((one) => installations.includes(one))) continue;
    found.push(...manifestFacts({ ...other, slices: other.slices.filter(isChecked) }));
  }
  const index = service.surroundings.beyond()?.index;
  return index === undefined ? found : [...found, ...installations.flatMap((one) => inScope(index, one))];
}

function inScope({ names }: Index, scope: string): readonly Facts[] {
  const found: Facts[] = [];
  for (const [key, facts] of names) if (key.startsWith(`${scope} `)) found.push(...facts);
  return found;
}
