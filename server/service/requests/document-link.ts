import { namedFiles } from "../outline/links.ts";
import type { Range } from "../text.ts";
import type { Request, TextParams } from "./request.ts";

interface DocumentLink {
  readonly range: Range;
  readonly target: string;
}

/** Links beyond which nobody looks. */
const mostLinks = 500;

/** The files that a kustomization names, as far as they are there; where no files can be read, those that surely are files. */
export const documentLink: Request<TextParams, readonly DocumentLink[]> = {
  method: "textDocument/documentLink",
  capabilities: () => ({ documentLinkProvider: {} }),
  nothing: [],
  async answer(service, { textDocument: { uri } }, cancelled) {
    const manifest = service.find(uri)?.manifest;
    const read = service.surroundings.readFile;
    const links: DocumentLink[] = [];
    for (const { range, uri: file, mayBeFolder } of manifest ? namedFiles(manifest).slice(0, mostLinks) : []) {
      if (cancelled()) return [];
      const inside = ["kustomization.yaml", "kustomization.yml", "Kustomization"].map(
        (name) => `${file.replace(/\/$/, "")}/${name}`,
      );
      const isFile = read === undefined ? /\.\w+$/.test(file) : (await read(file)) !== null;
      let target = isFile ? file : undefined;
      for (const one of target === undefined && mayBeFolder && read !== undefined ? inside : []) {
        if (target === undefined && (await read?.(one)) !== null) target = one;
      }
      if (target !== undefined) links.push({ range, target });
    }
    return links;
  },
};
