/** What `kubectl rollout status` says of a state. Models kubectl/pkg/polymorphichelpers/rollout_status.go. */

import { isObject, type JsonObject, listAt, numberAt, objectAt, stringAt } from "../api/json.ts";
import { groupKind } from "../api/kind.ts";
import { kinds } from "../api/kinds.ts";
import { goQuote } from "../api/schedule/error-text.ts";
import { parseRevisionNumber, revisionAnnotation } from "../cluster/revisions.ts";

export interface RolloutStatus {
  /** The line that is printed, line end included; empty when there is only an error. */
  readonly message: string;
  /** Whether a watching kubectl stops here. */
  readonly done: boolean;
  readonly error: string | null;
}

const going = (message: string): RolloutStatus => ({ message: `${message}\n`, done: false, error: null });
const finished = (message: string): RolloutStatus => ({ message: `${message}\n`, done: true, error: null });
const failed = (error: string, done = false): RolloutStatus => ({ message: "", done, error });

interface State {
  readonly name: string;
  readonly spec: JsonObject;
  readonly count: (field: string) => number;
  readonly status: JsonObject;
  readonly generation: number;
}

/**
 * The answer for a Deployment, StatefulSet or DaemonSet as the API returns it. `revision` is `--revision`, 0 when not given.
 */
export function rolloutStatus(kind: string, object: JsonObject, revision = 0): RolloutStatus {
  const metadata = objectAt(object, "metadata") ?? {};
  const status = objectAt(object, "status") ?? {};
  const state: State = {
    name: stringAt(metadata, "name"),
    spec: objectAt(object, "spec") ?? {},
    status,
    count: (field) => numberAt(status, field) ?? 0,
    generation: numberAt(metadata, "generation") ?? 0,
  };
  switch (kind) {
    case "Deployment": {
      if (revision <= 0) return deploymentStatus(state);
      const running = objectAt(metadata, "annotations")?.[revisionAnnotation];
      const number = typeof running === "string" ? parseRevisionNumber(running) : 0n;
      if (number === null) {
        const reason = `strconv.ParseInt: parsing ${goQuote(String(running))}: ${whyNoNumber(String(running))}`;
        return failed(`cannot get the revision of deployment ${goQuote(state.name)}: ${reason}`);
      }
      if (number === BigInt(revision)) return deploymentStatus(state);
      return failed(`desired revision (${revision}) is different from the running revision (${number})`);
    }
    case "StatefulSet":
      return statefulSetStatus(state);
    case "DaemonSet":
      return daemonSetStatus(state);
    default: {
      const row = kinds.named(kind);
      return failed(`no status viewer has been implemented for ${row ? groupKind(row) : kind}`);
    }
  }
}

function whyNoNumber(text: string): string {
  return /^[+-]?[0-9]+$/.test(text) ? "value out of range" : "invalid syntax";
}

function deploymentStatus({ name, spec, status, count, generation }: State): RolloutStatus {
  if (generation > count("observedGeneration")) return going("Waiting for deployment spec update to be observed...");
  const timedOut = listAt(status, "conditions").some(
    (one) => isObject(one) && one["type"] === "Progressing" && one["reason"] === "ProgressDeadlineExceeded",
  );
  if (timedOut) return failed(`deployment "${name}" exceeded its progress deadline`);
  const wait = (what: string) => going(`Waiting for deployment "${name}" rollout to finish: ${what}...`);
  const replicas = numberAt(spec, "replicas");
  const updated = count("updatedReplicas");
  if (replicas !== undefined && updated < replicas) {
    return wait(`${updated} out of ${replicas} new replicas have been updated`);
  }
  if (count("replicas") > updated) return wait(`${count("replicas") - updated} old replicas are pending termination`);
  const available = count("availableReplicas");
  if (available < updated) return wait(`${available} of ${updated} updated replicas are available`);
  return finished(`deployment "${name}" successfully rolled out`);
}

const onlyRolling = "rollout status is only available for RollingUpdate strategy type";

function isRolling(spec: JsonObject): boolean {
  return stringAt(objectAt(spec, "updateStrategy"), "type") === "RollingUpdate";
}

function statefulSetStatus({ spec, status, count, generation }: State): RolloutStatus {
  if (!isRolling(spec)) return failed(onlyRolling, true);
  const observed = count("observedGeneration");
  if (observed === 0 || generation > observed) return going("Waiting for statefulset spec update to be observed...");
  const replicas = numberAt(spec, "replicas");
  const ready = count("readyReplicas");
  if (replicas !== undefined && ready < replicas) return going(`Waiting for ${replicas - ready} pods to be ready...`);
  const updated = count("updatedReplicas");
  const block = objectAt(objectAt(spec, "updateStrategy"), "rollingUpdate");
  if (block) {
    const partition = numberAt(block, "partition");
    if (replicas !== undefined && partition !== undefined && updated < replicas - partition) {
      const of = `${updated} out of ${replicas - partition}`;
      return going(`Waiting for partitioned roll out to finish: ${of} new pods have been updated...`);
    }
    return finished(`partitioned roll out complete: ${updated} new pods have been updated...`);
  }
  const target = stringAt(status, "updateRevision");
  const current = stringAt(status, "currentRevision");
  if (target !== current) {
    return going(`waiting for statefulset rolling update to complete ${updated} pods at revision ${target}...`);
  }
  return finished(`statefulset rolling update complete ${count("currentReplicas")} pods at revision ${current}...`);
}

function daemonSetStatus({ name, spec, count, generation }: State): RolloutStatus {
  if (!isRolling(spec)) return failed(onlyRolling, true);
  if (generation > count("observedGeneration")) return going("Waiting for daemon set spec update to be observed...");
  const desired = count("desiredNumberScheduled");
  const updated = count("updatedNumberScheduled");
  const available = count("numberAvailable");
  const wait = (what: string) => going(`Waiting for daemon set "${name}" rollout to finish: ${what}...`);
  if (updated < desired) return wait(`${updated} out of ${desired} new pods have been updated`);
  if (available < desired) return wait(`${available} of ${desired} updated pods are available`);
  return finished(`daemon set "${name}" successfully rolled out`);
}
