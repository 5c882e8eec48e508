/** Which nodes the scheduler takes into account, what it thinks of them, and what it says where it takes none. */
import { isDeepStrictEqual } from "node:util";
import type { Rating } from "../../../simulator/nodes/scheduler/placement.ts";
import { failureSentence } from "../../../simulator/nodes/scheduler/reasons.ts";
import { type ClusterInput, clusterOf, type PodManifest, type ScoredCluster } from "../scoring/cluster.ts";
import { type Outcome, readLines, type Suite } from "../suite.ts";

type ByNode<Value> = Readonly<Record<string, Value>>;

interface Step {
  readonly total?: ByNode<number>;
  readonly best: readonly string[];
  readonly chosen?: string;
  readonly message?: string;
}

interface Case {
  readonly id: string;
  readonly group: string;
  readonly about: string;
  readonly in: ClusterInput & { readonly pod: PodManifest; readonly copies?: number };
  readonly out: {
    readonly feasible?: readonly string[];
    readonly filtered?: ByNode<readonly string[]>;
    readonly scores?: ByNode<ByNode<number>>;
    readonly total?: ByNode<number>;
    readonly best?: readonly string[];
    readonly reason?: string;
    readonly message?: string;
    readonly steps?: readonly Step[];
    readonly perNode?: readonly (readonly number[] | null)[];
    readonly perZone?: readonly (readonly number[] | null)[];
  };
}

const zoneKey = "topology.kubernetes.io/zone";
const seeds = [1, 2, 3];

const sorted = (names: Iterable<string>) => [...names].sort();

/** Total and best nodes of a rating, and its scores by the names of the nodes. */
function readable({ placement }: ScoredCluster, { feasible, scores }: Rating) {
  const names = feasible.map((slot) => placement.table.nodes[slot]!.name);
  const byNode = (values: readonly number[]) => Object.fromEntries(names.map((name, index) => [name, values[index]!]));
  const totals = names.map((_, index) => Object.values(scores).reduce((sum, values) => sum + values[index]!, 0));
  const most = Math.max(...totals);
  return {
    feasible: sorted(names),
    scores: Object.fromEntries(Object.entries(scores).map(([plugin, values]) => [plugin, byNode(values)])),
    total: names.length < 2 ? undefined : byNode(totals),
    best: sorted(names.filter((_, index) => totals[index] === most)),
  };
}

/** The scores without plugins that give every node nothing, which is the same as skipping. */
function telling(scores: ByNode<ByNode<number>>): ByNode<ByNode<number>> {
  return Object.fromEntries(
    Object.entries(scores).filter(([, values]) => Object.values(values).some((value) => value !== 0)),
  );
}

function* compare(what: string, got: unknown, want: unknown): Generator<string> {
  if (!isDeepStrictEqual(got, want)) yield `${what}: got ${JSON.stringify(got)}, want ${JSON.stringify(want)}`;
}

function* single({ in: input, out }: Case): Generator<string> {
  const cluster = clusterOf(input, 1);
  const pod = cluster.stored(input.pod);
  const { placement } = cluster;
  const verdict = placement.place(pod);
  const reasonsOf = placement.explain(pod);
  const filtered = placement.table.nodes.flatMap(({ name }, slot) => {
    const reasons = reasonsOf[slot]?.reasons;
    return reasons ? [[name, sorted(reasons)] as const] : [];
  });
  if ("error" in verdict) {
    yield* compare("reason", "SchedulerError", out.reason);
    yield* compare("message", verdict.error, out.message);
    return;
  }
  if ("rejected" in verdict) yield* compare("message", failureSentence(verdict.rejected), out.message);
  else yield* compare("message", undefined, out.message);
  if (out.message === undefined || out.filtered) {
    const wanted = Object.entries(out.filtered ?? {}).map(([name, reasons]) => [name, sorted(reasons)] as const);
    yield* compare("filtered", Object.fromEntries(filtered), Object.fromEntries(wanted));
  }
  const rating = placement.rate(pod);
  if ("error" in rating) return;
  const got = readable(cluster, rating);
  yield* compare("feasible", got.feasible, sorted(out.feasible ?? []));
  yield* compare("best", got.best, sorted(out.best ?? []));
  const scores = telling(got.scores);
  const expected = telling(out.scores ?? {});
  for (const plugin of new Set([...Object.keys(scores), ...Object.keys(expected)]))
    yield* compare(plugin, scores[plugin], expected[plugin]);
  yield* compare("total", got.total, out.total);
  if ("slot" in verdict && !out.best?.includes(placement.table.nodes[verdict.slot]!.name))
    yield `chose ${placement.table.nodes[verdict.slot]!.name}`;
}

/** The recorded choices one after the other: each time the nodes that are best. */
function* replay({ in: input, out }: Case): Generator<string> {
  const cluster = clusterOf(input, 1);
  for (const [index, step] of (out.steps ?? []).entries()) {
    const pod = cluster.stored(input.pod);
    const rating = cluster.placement.rate(pod);
    if ("error" in rating) return;
    const { best, total } = readable(cluster, rating);
    yield* compare(`step ${index} best`, best, sorted(step.best));
    if (step.total) yield* compare(`step ${index} total`, total, step.total);
    if (step.message !== undefined) {
      const verdict = cluster.placement.place(pod);
      const message = "rejected" in verdict ? failureSentence(verdict.rejected) : undefined;
      yield* compare(`step ${index} message`, message, step.message);
    }
    if (step.chosen !== undefined) cluster.bind(pod, step.chosen);
  }
}

/** Choices of our own, which must give the recorded shapes. */
function* ownRun({ in: input, out }: Case, seed: number): Generator<string> {
  const cluster = clusterOf(input, seed);
  const pods = new Map(input.nodes.map(({ name }) => [name, 0]));
  const zoneOf = new Map(input.nodes.map(({ name, labels }) => [name, labels?.[zoneKey] ?? ""]));
  const shape = (counts: Iterable<number>) => [...counts].sort((a, b) => b - a);
  for (let index = 0; index < (input.copies ?? 0); index++) {
    const pod = cluster.stored(input.pod);
    const verdict = cluster.placement.place(pod);
    if (!("slot" in verdict)) return;
    const { name } = cluster.placement.table.nodes[verdict.slot]!;
    cluster.bind(pod, name);
    pods.set(name, pods.get(name)! + 1);
    const zones = new Map<string, number>();
    for (const [node, count] of pods) zones.set(zoneOf.get(node)!, (zones.get(zoneOf.get(node)!) ?? 0) + count);
    const perNode = out.perNode?.[index];
    const perZone = out.perZone?.[index];
    if (perNode) yield* compare(`seed ${seed} step ${index} perNode`, shape(pods.values()), perNode);
    if (perZone) yield* compare(`seed ${seed} step ${index} perZone`, shape(zones.values()), perZone);
  }
}

function differences(row: Case): readonly string[] {
  if (!row.out.steps) return [...single(row)];
  return [...replay(row), ...seeds.flatMap((seed) => [...ownRun(row, seed)])];
}

function score(row: Case): Outcome {
  const id = `${row.id} (${row.group}: ${row.about})`;
  try {
    const found = differences(row);
    return found.length === 0 ? { id, pass: true } : { id, pass: false, detail: found.slice(0, 6).join("\n    ") };
  } catch (error) {
    return { id, pass: false, detail: String((error as Error).stack ?? error) };
  }
}

export const suite: Suite = { name: "scores", run: (dir) => readLines<Case>(dir, "scores.jsonl").map(score) };
