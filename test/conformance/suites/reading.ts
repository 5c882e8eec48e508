/** What kubectl makes of a file: which objects it sends, what it refuses itself, and what the server says of each. */
import { isDeepStrictEqual } from "node:util";
import { type JudgeOptions, judgeSent } from "../../../server/service/judge.ts";
import { openManifest } from "../../../server/service/manifest.ts";
import { readFile } from "../../../server/service/reading.ts";
import { decodeBytes } from "../../../server/yaml/encoding.ts";
import { freshCluster } from "../../../simulator/api/admission/facts.ts";
import type { ManifestObject } from "../../../simulator/api/objects.ts";
import type { Problem } from "../../../simulator/api/problem.ts";
import { recordedTarget } from "../../../simulator/api/target.ts";
import { type Outcome, plain, readLines, type Suite } from "../suite.ts";

interface Sent {
  readonly sent: Readonly<Record<string, unknown>>;
  readonly verdict: "accepted" | "invalid" | "malformed" | "refused";
  readonly causes?: readonly { readonly reason: string; readonly field: string }[];
  readonly strict?: readonly { readonly kind: "unknown" | "other"; readonly field?: string }[];
  readonly status?: number;
  readonly reason?: string;
  readonly warnings?: readonly string[];
  readonly stored?: Readonly<Record<string, unknown>>;
  readonly admitted?: readonly { readonly path: string }[];
  readonly bare?: unknown;
}

interface Case {
  readonly id: string;
  readonly ext: string;
  readonly validate?: "strict" | "warn" | "ignore";
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
  for (const [index, { object, refusal }] of reading.sent.entries()) {
    const want = one.documents[index] as Sent;
    const { problems, object: stored } = refusal
      ? { problems: [refusal], object: null }
      : judgeSent(object, options(one));
    const detail = differingVerdict(want, problems) ?? differingObject(want, stored);
    if (detail !== undefined) return `${String(want.sent["kind"])}: ${detail}`;
  }
  return undefined;
}

const levels = { strict: "Strict", warn: "Warn", ignore: "Ignore" } as const;

function options({ validate = "strict" }: Case): JudgeOptions {
  return { target: recordedTarget, cluster: freshCluster, fieldValidation: levels[validate] };
}

/** Compares what is kept of an object, without what admission added to it. */
function differingObject({ stored, admitted, bare }: Sent, got: ManifestObject | null): string | undefined {
  // Where only admission makes an object acceptable there is nothing to compare with.
  if (stored === undefined || got === null || bare !== undefined) return undefined;
  const want = structuredClone(stored) as Tree;
  for (const { path } of [...(admitted ?? [])].reverse())
    remove(
      want,
      path.split(/[.[\]]+/).filter((step) => step !== ""),
    );
  const [a, b] = [kept(got as unknown as Tree), kept(want)];
  return isDeepStrictEqual(a, b) ? undefined : `stored: got  ${JSON.stringify(a)}\n          want ${JSON.stringify(b)}`;
}

type Tree = Record<string, unknown>;

/** Lists and maps that admission made are empty afterwards, and were not there. */
function remove(value: Tree, [step = "", ...rest]: readonly string[]): void {
  const inner = value[step] as Tree | undefined;
  if (rest.length > 0 && inner) remove(inner, rest);
  else if (Array.isArray(value)) value.splice(Number(step), 1);
  else delete value[step];
}

function kept({ metadata, spec, data }: Tree): unknown {
  const { labels, annotations } = (metadata ?? {}) as Tree;
  return plain(
    Object.fromEntries(Object.entries({ labels, annotations, spec, data }).filter(([, one]) => isThere(one))),
  );
}

function isThere(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

function differingVerdict(want: Sent, found: readonly Problem[]): string | undefined {
  const errors = found.filter(({ severity }) => severity === "error");
  const shown = errors.map(({ reason, path }) => `${reason} ${path}`).join(", ") || "nothing";
  switch (want.verdict) {
    case "accepted": {
      if (errors.length > 0) return `want accepted, got ${shown}`;
      const warned = new Set((want.warnings ?? []).map((text) => text.split(": ")[0] ?? ""));
      const told = new Set(found.map(({ reason, path }) => (reason === "Warning" ? path : `unknown field "${path}"`)));
      return isDeepStrictEqual(warned, told) ? undefined : `warnings: got ${[...told]} want ${[...warned]}`;
    }
    case "invalid": {
      const got = new Set(errors.map(({ reason, path }) => `${reason} ${path}`));
      const wanted = new Set((want.causes ?? []).map(({ reason, field }) => `${reason} ${field}`));
      return isDeepStrictEqual(got, wanted) ? undefined : `got ${shown} want ${[...wanted].join(", ")}`;
    }
    case "malformed": {
      const lacking = (want.strict ?? []).filter((entry) => !isCovered(entry, errors));
      return lacking.length === 0 ? undefined : `got ${shown} want ${JSON.stringify(lacking)}`;
    }
    case "refused":
      return errors.some(({ params }) => params["status"] === want.status)
        ? undefined
        : `got ${shown} want ${want.status} ${want.reason}`;
  }
}

function isCovered({ kind, field }: NonNullable<Sent["strict"]>[number], errors: readonly Problem[]): boolean {
  if (kind === "unknown") return errors.some(({ reason, path }) => reason === "UnknownField" && path === field);
  const unreadable = errors.filter(({ reason }) => reason === "Malformed");
  return field ? unreadable.some(({ path }) => path.replace(/\[\d+\]/g, "") === field) : unreadable.length > 0;
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
