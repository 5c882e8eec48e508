import type { Diagnosis } from "../diagnose.ts";
import { explainedCodes } from "../explain.ts";
import type { SimulateArgument } from "../protocol.ts";
import type { Preferences } from "../service.ts";
import type { Range } from "../text.ts";
import type { Request, TextParams } from "./request.ts";

/** A finding in the protocol's shape. */
export interface Diagnostic {
  readonly range: Range;
  readonly severity: number;
  readonly code: string;
  readonly source: string;
  readonly message: string;
  readonly relatedInformation?: readonly {
    readonly location: { readonly uri: string; readonly range: Range };
    readonly message: string;
  }[];
  readonly data?: SimulateArgument;
  readonly codeDescription?: { readonly href: string };
}

interface Report {
  readonly kind: "full";
  readonly items: readonly Diagnostic[];
}

/** How findings of ours are told from those of others. */
export const source = "seatrial";
const severities = { error: 1, warning: 2, information: 3, hint: 4 } as const;
const pages = new Set(explainedCodes());

/** Everything found in a text, for clients that ask. */
export const diagnostic: Request<TextParams, Report> = {
  method: "textDocument/diagnostic",
  capabilities: ({ pulls }) =>
    pulls ? { diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: false } } : {},
  nothing: { kind: "full", items: [] },
  async answer(service, { textDocument: { uri } }, cancelled) {
    const found = await service.settle(uri, cancelled);
    return { kind: "full", items: found.map((one) => published(uri, one, service.preferences())) };
  },
};

/** A finding as a client is told of it. */
export function published(uri: string, found: Diagnosis, { simulates, pages: at }: Preferences): Diagnostic {
  const { range, severity, code, message, moment, related } = found;
  return {
    range,
    severity: severities[severity],
    code,
    source,
    message,
    ...(related === undefined
      ? {}
      : { relatedInformation: [{ location: { uri: related.uri, range: related.range }, message: related.message }] }),
    ...(simulates && moment ? { data: { uri, ...moment } } : {}),
    ...(at !== null && pages.has(code) ? { codeDescription: { href: `${at}${code}.md` } } : {}),
  };
}
