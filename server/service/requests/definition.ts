import { filesAround } from "../navigation/files-around.ts";
import { mentionsAt } from "../navigation/find-mentions.ts";
import { candidatesOf, type Located } from "../navigation/group.ts";
import { type Location, locationsOf } from "../navigation/locations.ts";
import type { PositionParams, Request } from "./request.ts";

/** Where what is named at a position comes from: the object, key, volume, port or container, the pods of a selector. */
export const definition: Request<PositionParams, readonly Location[]> = {
  method: "textDocument/definition",
  capabilities: () => ({ definitionProvider: true }),
  nothing: [],
  async answer(service, { textDocument: { uri }, position }) {
    const manifest = service.find(uri)?.manifest;
    const at = manifest && mentionsAt(manifest, position);
    if (!at) return [];
    const files = filesAround(service, uri);
    const defined = at.found.flatMap((one) => [one, ...candidatesOf(one, files)]).filter(defines);
    const own = defined.filter(({ file, slice, mention }) =>
      at.found.some((one) => one.file.uri === file.uri && one.slice === slice && one.mention.object === mention.object),
    );
    return locationsOf(service, own.length > 0 ? own : defined);
  },
};

function defines({ mention }: Located): boolean {
  return mention.role === "defines";
}
