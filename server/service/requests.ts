/** Everything that may be asked of the service. */
import { codeActions } from "./requests/code-actions.ts";
import { codeLens, resolveCodeLens } from "./requests/code-lens.ts";
import { completion, completionResolve } from "./requests/completion.ts";
import { definition } from "./requests/definition.ts";
import { diagnostic } from "./requests/diagnostic.ts";
import { documentHighlight } from "./requests/document-highlight.ts";
import { documentLink } from "./requests/document-link.ts";
import { documentSymbol } from "./requests/document-symbol.ts";
import { explainCode } from "./requests/explain-code.ts";
import { foldingRange } from "./requests/folding-range.ts";
import { hoverRequest } from "./requests/hover.ts";
import { inlayHint } from "./requests/inlay-hint.ts";
import { linkedEditingRange } from "./requests/linked-editing-range.ts";
import { manifests } from "./requests/manifests.ts";
import { objects } from "./requests/objects.ts";
import { onTypeFormatting } from "./requests/on-type-formatting.ts";
import { paste } from "./requests/paste.ts";
import { references } from "./requests/references.ts";
import { prepareRename, rename } from "./requests/rename.ts";
import type { ClientAbilities, Request } from "./requests/request.ts";
import { scenario } from "./requests/scenario.ts";
import { selectionRange } from "./requests/selection-range.ts";
import { standing } from "./requests/standing.ts";
import { compared, stored } from "./requests/stored.ts";
import { workspaceSymbol } from "./requests/workspace-symbol.ts";
import { write } from "./requests/write.ts";

/** The requests by which a server is asked; their parameters are whatever a client sends. */
export const requests: readonly Request<never, unknown>[] = [
  diagnostic,
  hoverRequest,
  codeActions,
  completion,
  completionResolve,
  manifests,
  documentSymbol,
  workspaceSymbol,
  foldingRange,
  selectionRange,
  documentLink,
  inlayHint,
  codeLens,
  resolveCodeLens,
  definition,
  references,
  documentHighlight,
  prepareRename,
  rename,
  linkedEditingRange,
  explainCode,
  objects,
  onTypeFormatting,
  paste,
  stored,
  compared,
  standing,
  scenario,
  write,
];

/** What a server that answers all of them says of itself. */
export function capabilitiesFor(client: ClientAbilities): Readonly<Record<string, unknown>> {
  return Object.assign({}, ...requests.map(({ capabilities }) => capabilities?.(client)));
}
