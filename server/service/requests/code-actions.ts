import { companionsAt } from "../refactor/companions.ts";
import { movesAt } from "../refactor/move-value.ts";
import { codeAction } from "./code-action.ts";
import type { Request } from "./request.ts";

const refactor = "refactor";

type Asked = Parameters<typeof codeAction.answer>[1] & { readonly context: { readonly only?: readonly string[] } };
type Action = Awaited<ReturnType<typeof codeAction.answer>>[number];

/** All code actions: what puts findings right, and what can be added for a workload. */
export const codeActions: Request<Asked, readonly Action[]> = {
  ...codeAction,
  capabilities(client) {
    const { codeActionProvider: known } = codeAction.capabilities?.(client) ?? {};
    const { codeActionKinds = [] } = (known ?? {}) as { readonly codeActionKinds?: readonly string[] };
    return { codeActionProvider: { codeActionKinds: [...codeActionKinds, refactor] } };
  },
  async answer(service, params, cancelled) {
    const fixes = await codeAction.answer(service, params, cancelled);
    const { only } = params.context;
    const text = service.find(params.textDocument.uri);
    if (text === undefined || (only !== undefined && !only.some((kind) => kind === refactor || kind === ""))) {
      return fixes;
    }
    const { words } = service.preferences();
    const textDocument = { uri: text.manifest.uri, version: text.version };
    const added = companionsAt(text.manifest, params.range).map(({ kind, workload, name, edit }) => ({
      title: words.refactor.addFor(kind, workload, name),
      kind: refactor,
      diagnostics: [],
      edit: { documentChanges: [{ textDocument, edits: [edit] }] },
    }));
    const moved = movesAt(text.manifest, params.range).map(({ kind, variable, edits }) => ({
      title: words.refactor.moveTo(kind, variable),
      kind: refactor,
      diagnostics: [],
      edit: { documentChanges: [{ textDocument, edits }] },
    }));
    return [...fixes, ...moved, ...added];
  },
};
