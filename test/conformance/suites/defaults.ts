/** What the API server returns for minimal manifests: spec, labels and annotations of the created object. */
import { isDeepStrictEqual } from "node:util";
import { admit } from "../../../simulator/api/admit.ts";
import { recordedTarget } from "../../../simulator/api/target.ts";
import { type Outcome, plain, readLines, type Suite } from "../suite.ts";

interface Row {
  readonly in: { readonly kind: string; readonly manifest: unknown };
  readonly out: { readonly accepted: boolean; readonly object?: Shown };
}
interface Shown {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly spec: Readonly<Record<string, unknown>>;
}

export const suite: Suite = {
  name: "defaults",
  run: (dir) => readLines<Row>(dir, "tables/defaults.jsonl").map(judge),
};

function judge(row: Row, index: number): Outcome {
  const id = `defaults:${index + 1}`;
  const { object, problems } = admit(row.in.manifest, recordedTarget);
  const accepted = object !== null && problems.length === 0;
  if (!row.out.accepted || !row.out.object) return { id, pass: !accepted };
  const want = shown(row.out.object, row.in.manifest as Shown);
  const got = accepted ? shown(object as unknown as Shown, row.in.manifest as Shown) : null;
  const pass = isDeepStrictEqual(plain(got), plain(want));
  return {
    id,
    pass,
    detail: `got  ${JSON.stringify(got)} ${JSON.stringify(problems)}\n  want ${JSON.stringify(want)}`,
  };
}

/** What depends on the manifest alone: no addresses that were allocated, nothing that admission plugins added to a Pod. */
function shown({ metadata, spec: full }: Shown, manifest: Shown): unknown {
  const spec = JSON.parse(JSON.stringify(full), (_key, value) => (value === "<allocated>" ? undefined : value));
  const { clusterIP, clusterIPs, ipFamilies, ipFamilyPolicy, tolerations, priority, preemptionPolicy, ...rest } = spec;
  const given = manifest.spec ?? {};
  const kept = Object.entries({ ipFamilies, ipFamilyPolicy, tolerations, priority, preemptionPolicy }).filter(
    ([key]) => key in given,
  );
  const address = clusterIP === "None" ? { clusterIP, clusterIPs } : {};
  const { labels, annotations } = metadata;
  return { labels, annotations, spec: { ...rest, ...address, ...Object.fromEntries(kept) } };
}
