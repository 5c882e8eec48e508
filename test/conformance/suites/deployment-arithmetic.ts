import type { Rolling } from "../../../simulator/api/deployment-bounds.ts";
import type { IntOrString } from "../../../simulator/api/objects.ts";
import { readSize } from "../../../simulator/controllers/deployment/annotations.ts";
import * as decide from "../../../simulator/controllers/deployment/decide.ts";
import * as status from "../../../simulator/controllers/deployment/status.ts";
import { tableSuite } from "../suite.ts";

interface TableSet {
  readonly name: string;
  readonly creationTimestamp: string;
  readonly replicas: number;
  readonly availableReplicas: number;
  readonly desiredReplicasAnnotation?: string | null;
  readonly maxReplicasAnnotation?: string | null;
}
interface In {
  readonly op: string;
  readonly replicas: number;
  readonly strategy?: string;
  readonly maxSurge?: IntOrString | null;
  readonly maxUnavailable?: IntOrString | null;
  // biome-ignore lint/suspicious/noExplicitAny: each op has columns of its own
  readonly [column: string]: any;
}

function sized(set: TableSet): decide.Sized {
  return {
    name: set.name,
    created: Date.parse(set.creationTimestamp),
    replicas: set.replicas,
    available: set.availableReplicas,
    desired: readSize(set.desiredReplicasAnnotation ?? undefined),
    max: readSize(set.maxReplicasAnnotation ?? undefined),
  };
}

function outcome(sets: readonly decide.Sized[], resizes: readonly decide.Resize<decide.Sized>[]) {
  const sizes = Object.fromEntries(sets.map((one) => [one.name, one.replicas]));
  const events: string[] = [];
  for (const { set, replicas } of resizes) {
    const from = sizes[set.name]!;
    if (from === replicas) continue;
    const way = replicas > from ? "up" : "down";
    events.push(`Normal ScalingReplicaSet Scaled ${way} replica set ${set.name} from ${from} to ${replicas}`);
    sizes[set.name] = replicas;
  }
  return { events, sizes };
}

function compute(row: In): unknown {
  const target: Rolling = {
    replicas: row.replicas,
    rolling: (row.strategy ?? "RollingUpdate") === "RollingUpdate",
    maxSurge: row.maxSurge ?? null,
    maxUnavailable: row.maxUnavailable ?? null,
  };
  switch (row.op) {
    case "newRSNewReplicas": {
      const total = row["newRS"] + row["oldRSs"].reduce((sum: number, one: number) => sum + one, 0);
      const result = decide.newReplicaSetSize(target, row["newRS"], total);
      return "error" in result ? { error: result.error, newReplicas: 0 } : { error: null, newReplicas: result.size };
    }
    case "proportion": {
      const set = { name: "rs", created: 0, replicas: row["rsReplicas"], available: 0, desired: null };
      const max = readSize(row["rsMaxReplicasAnnotation"] ?? undefined);
      const { statusReplicas, replicasToAdd, replicasAdded } = row;
      return { proportion: decide.proportion(target, { ...set, max }, statusReplicas, replicasToAdd, replicasAdded) };
    }
    case "scale": {
      const newSet = row["newRS"] ? sized(row["newRS"]) : null;
      const oldSets = row["oldRSs"].map(sized);
      const { resizes } = decide.scale(target, newSet, oldSets, row["statusReplicas"]);
      return { error: null, ...outcome([...oldSets, ...(newSet ? [newSet] : [])], resizes) };
    }
    case "rollingStep": {
      const newSet = sized(row["newRS"]);
      const oldSets: decide.Sized[] = row["oldRSs"].map(sized);
      const active = oldSets.filter((one) => one.replicas > 0);
      const up = decide.scaleUpNew(target, newSet, oldSets);
      const resizes = up ? [up] : decide.scaleDownOld(target, newSet, active);
      const scaled = up ? "new" : resizes.length > 0 ? "old" : "none";
      return { error: null, scaled, ...outcome([...oldSets, newSet], resizes) };
    }
    case "cleanupUnhealthyReplicas": {
      const oldSets: decide.Sized[] = row["oldRSs"].map(sized);
      const { resizes, cleaned } = decide.cleanupUnhealthy(oldSets, row["maxCleanupCount"]);
      return { cleaned, ...outcome([...oldSets, sized(row["newRS"])], resizes) };
    }
    case "revisions": {
      const { max, last } = decide.highestRevisions(row["annotations"]);
      return { maxRevision: String(max), lastRevision: String(last) };
    }
    case "cleanupDeployment": {
      const sets = row["oldRSs"].map((one: TableSet & { revision: string }) => ({
        ...one,
        created: Date.parse(one.creationTimestamp),
      }));
      return {
        deleted: decide.beyondHistory(sets as decide.Historic[], row["revisionHistoryLimit"]).map((one) => one.name),
      };
    }
    default: {
      const sets: (status.Counted & { readonly name: string })[] = row["replicaSets"].map(
        (one: status.Counted["status"] & { readonly specReplicas: number; readonly name: string }) => ({
          name: one.name,
          specReplicas: one.specReplicas,
          status: one,
        }),
      );
      const counts = status.countStatus(sets, sets.at(-1) ?? null);
      return {
        ...counts,
        available: status.availability(target, counts.availableReplicas),
        complete: status.isComplete(row.replicas, counts),
        progressing: status.isProgressing(row["previousStatus"], counts),
      };
    }
  }
}

export const suite = tableSuite<In, unknown>("deployment-arithmetic", compute);
