import { nameAt, rename as renamed, whyNot } from "../navigation/renaming.ts";
import type { Range, TextEdit } from "../text.ts";
import type { PositionParams, Refused, Request } from "./request.ts";

interface Prepared {
  readonly range: Range;
  readonly placeholder: string;
}

/** Whether what stands at a position can be given another name; says at once why not where the server would refuse any. */
export const prepareRename: Request<PositionParams, Prepared | Refused | null> = {
  method: "textDocument/prepareRename",
  nothing: null,
  async answer(service, { textDocument: { uri }, position }) {
    const manifest = service.find(uri)?.manifest;
    const at = manifest && nameAt(manifest, position);
    if (!at) return null;
    return (await whyNot(service, manifest, position)) ?? { range: at.range, placeholder: at.text };
  },
};

interface Params extends PositionParams {
  readonly newName: string;
}

interface WorkspaceEdit {
  readonly documentChanges: readonly {
    readonly textDocument: { readonly uri: string; readonly version: number | null };
    readonly edits: readonly TextEdit[];
  }[];
}

/** The edits that give a thing another name wherever it is named; nothing else in the texts changes. */
export const rename: Request<Params, WorkspaceEdit | Refused | null> = {
  method: "textDocument/rename",
  capabilities: () => ({ renameProvider: { prepareProvider: true } }),
  nothing: null,
  async answer(service, { textDocument: { uri }, position, newName }) {
    const manifest = service.find(uri)?.manifest;
    const files = manifest && (await renamed(service, manifest, position, newName));
    if (files === undefined || "refused" in files) return files ?? null;
    if (files.length === 0) return null;
    const documentChanges = files.map(({ manifest: { uri: of }, edits }) => ({
      textDocument: { uri: of, version: service.find(of)?.version ?? null },
      edits,
    }));
    return { documentChanges };
  },
};
