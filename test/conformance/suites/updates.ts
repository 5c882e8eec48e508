/** What the API server says when one manifest replaces another. */
import { parseManifest } from "../../../server/yaml/parse.ts";
import { admitUpdate } from "../../../simulator/api/update.ts";
import { type Outcome, readLines, type Suite } from "../suite.ts";

interface Case {
  readonly id: string;
  readonly verdict: "accepted" | "invalid" | "malformed" | "unserved";
  readonly causes: readonly { reason: string; field: string }[];
  readonly change: unknown;
  readonly old: string;
  readonly new: string;
  readonly oldStatus?: unknown;
}

export const suite: Suite = { name: "updates", run: (dir) => readLines<Case>(dir, "updates.jsonl").map(judge) };

function judge(one: Case): Outcome {
  const [old, next] = [one.old, one.new].map((text) => parseManifest(text).find((each) => !each.isEmpty)?.value);
  const admission = admitUpdate(old, next, one.oldStatus);
  const got = new Set(admission.problems.map((p) => `${p.reason} ${p.path}`));
  const want = new Set(one.causes.map((cause) => `${cause.reason} ${cause.field}`));
  const unread = admission.problems.some((p) => p.reason === "Malformed" || p.reason === "UnknownField");
  const pass =
    one.verdict === "malformed"
      ? unread
      : got.size === want.size && [...want].every((entry) => got.has(entry)) && !unread;
  if (pass) return { id: one.id, pass };
  const detail = `${JSON.stringify(one.change)} got ${JSON.stringify([...got])} want ${one.verdict} ${JSON.stringify([...want])}`;
  return { id: one.id, pass, detail };
}
