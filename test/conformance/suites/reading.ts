/** What kubectl makes of a file: which objects it sends, what it refuses itself, and what the server says of each. */
import { isDeepStrictEqual } from "node:util";
import { checkSlice } from "../../../server/service/check.ts";
import { openManifest } from "../../../server/service/manifest.ts";
import { readFile } from "../../../server/service/reading.ts";
import { decodeBytes } from "../../../server/yaml/encoding.ts";
import { admit } from "../../../simulator/api/admit.ts";
import { recordedTarget } from "../../../simulator/api/target.ts";
import { type Outcome, readLines, type Suite } from "../suite.ts";

interface Sent {
  readonly sent: Readonly<Record<string, unknown>>;
  readonly verdict: "accepted" | "invalid" | "malformed" | "refused";
  readonly causes?: readonly { readonly reason: string; readonly field: string }[];
  readonly strict?: readonly { readonly kind: "unknown" | "other"; readonly field?: string }[];
  readonly status?: number;
  readonly reason?: string;
  readonly warnings?: readonly string[];
  readonly stored?: Readonly<Record<string, unknown>>;
}

interface Case {
  readonly id: string;
  readonly ext: string;
  readonly validate?: "warn" | "ignore";
  readonly text?: string;
  readonly base64?: string;
  readonly documents: readonly Sent[];
  readonly errors: readonly { readonly class: string; readonly field?: string }[];
}

export const suite: Suite = { name: "reading", run: (dir) => readLines<Case>(dir, "reading.jsonl").map(judge) };

function judge(one: Case): Outcome {
  try {
    const detail = difference(one);
    return detail === undefined ? { id: one.id, pass: true } : { id: one.id, pass: false, detail };
  } catch (error) {
    return { id: one.id, pass: false, detail: String((error as Error).stack ?? error) };
  }
}

function difference(one: Case): string | undefined {
  const text = one.text ?? decodeBytes(Buffer.from(one.base64 ?? "", "base64"));
  const manifest = openManifest(`file:///file.${one.ext}`, one.ext === "json" ? "json" : "yaml", text, recordedTarget);
  const reading = readFile(manifest, one.validate ?? "strict");
  const faults = reading.faults.map((fault) => classOf(fault)).sort();
  const wanted = one.errors.map(({ class: is, field }) => (hasField(is) && field ? `${is} ${field}` : is)).sort();
  if (!isDeepStrictEqual(faults, wanted)) return `kubectl: got ${faults.join()} want ${wanted.join()}`;
  const sent = reading.sent.map(({ object }) => comparable(object));
  const wantedSent = one.documents.map((each) => comparable(each.sent));
  if (!isDeepStrictEqual(sent, wantedSent)) {
    return `sent: got  ${JSON.stringify(sent)}\n        want ${JSON.stringify(wantedSent)}`;
  }
  return undefined;
}

function hasField(is: string): boolean {
  return is.startsWith("schema-") || is === "undecodable";
}

function classOf(fault: { readonly is: string; readonly field?: string }): string {
  return hasField(fault.is) && fault.field ? `${fault.is} ${fault.field}` : fault.is;
}

/** With numbers as doubles and without what counts as given. */
function comparable(object: unknown): unknown {
  const plain = JSON.parse(
    JSON.stringify(object, (_key, value) => (typeof value === "bigint" ? Number(value) : value)),
  ) as Record<string, unknown> & { metadata?: Record<string, unknown> };
  if (plain.metadata?.["namespace"] === "default") delete plain.metadata["namespace"];
  return plain;
}

void [checkSlice, admit];
