import { filesAround } from "../navigation/files-around.ts";
import { mentionsAt } from "../navigation/find-mentions.ts";
import { groupOf } from "../navigation/group.ts";
import { type Location, locationsOf } from "../navigation/locations.ts";
import type { PositionParams, Request } from "./request.ts";

interface Params extends PositionParams {
  readonly context: { readonly includeDeclaration: boolean };
}

/** Every place that names the same thing, in the file and in its installation. */
export const references: Request<Params, readonly Location[]> = {
  method: "textDocument/references",
  capabilities: () => ({ referencesProvider: true }),
  nothing: [],
  async answer(service, { textDocument: { uri }, position, context }) {
    const manifest = service.find(uri)?.manifest;
    const at = manifest && mentionsAt(manifest, position);
    if (!at) return [];
    const group = groupOf(at.found, filesAround(service, uri));
    const wanted = context.includeDeclaration ? group : group.filter(({ mention }) => mention.role === "refers");
    return locationsOf(service, wanted, at.onLabelKey);
  },
};
