import { filesAround } from "../navigation/files-around.ts";
import type { Located } from "../navigation/group.ts";
import { type Location, locationsOf } from "../navigation/locations.ts";
import { symbolOf } from "../outline/symbols.ts";
import type { Request } from "./request.ts";

interface WorkspaceSymbol {
  readonly name: string;
  readonly kind: number;
  readonly containerName: string;
  readonly location: Location;
}

/** Nobody reads on. */
const mostSymbols = 200;
const object = /^object ([^/]+)\/([^/]*)\/(.+)$/;

/** The objects of all files whose kind and name hold the letters of the query in their order. */
export const workspaceSymbol: Request<{ readonly query: string }, readonly WorkspaceSymbol[]> = {
  method: "workspace/symbol",
  capabilities: () => ({ workspaceSymbolProvider: true }),
  nothing: [],
  async answer(service, { query }, cancelled) {
    const found: { readonly located: Located; readonly kind: string; readonly namespace: string }[] = [];
    for (const file of filesAround(service, "")) {
      file.slices.forEach((mentions, slice) => {
        for (const [about, list] of mentions) {
          const [, kind = "", namespace = "", name = ""] = object.exec(about) ?? [];
          if (kind === "" || found.length >= mostSymbols || !holds(`${kind}/${name}`, query)) continue;
          for (const mention of list) {
            if (mention.role === "defines") found.push({ located: { file, slice, mention }, kind, namespace });
          }
        }
      });
    }
    const symbols: WorkspaceSymbol[] = [];
    for (const { located, kind, namespace } of found) {
      if (cancelled()) return [];
      const [location] = await locationsOf(service, [located]);
      const containerName = namespace === "" || namespace === "default" ? kind : `${kind}, ${namespace}`;
      if (location) symbols.push({ name: located.mention.text, kind: symbolOf(kind), containerName, location });
    }
    return symbols;
  },
};

function holds(text: string, query: string): boolean {
  let from = 0;
  for (const letter of query.toLowerCase()) {
    if (letter === " ") continue;
    const at = text.toLowerCase().indexOf(letter, from);
    if (at < 0) return false;
    from = at + 1;
  }
  return true;
}
