/** Names, ordinals and single passes of the StatefulSet controller, against its own answers. */

import { recordedTarget } from "../../../simulator/api/target.ts";
import {
  decide,
  isUpdateComplete,
  type StatefulPod,
  type StatefulView,
} from "../../../simulator/controllers/statefulset/decide.ts";
import {
  dnsNameOf,
  identitiesOf,
  identityLabels,
  inOrdinalRange,
  parsePodName,
} from "../../../simulator/controllers/statefulset/identity.ts";
import { type Suite, tableSuite } from "../suite.ts";

type Input =
  | {
      readonly op: "pods";
      readonly name: string;
      readonly namespace: string;
      readonly replicas: number;
      readonly serviceName: string;
      readonly start: number;
      readonly templateLabels: Readonly<Record<string, string>>;
      readonly volumeClaimTemplates: readonly string[];
    }
  | {
      readonly op: "parse";
      readonly podName: string;
      readonly set: { readonly name: string; readonly replicas: number; readonly start: number };
    }
  | UpdateStep;

interface UpdateStep {
  readonly op: "updateStep";
  readonly name: string;
  readonly replicas: number;
  readonly start: number;
  readonly podManagementPolicy: string;
  readonly updateStrategy: string;
  readonly partition: number | null;
  readonly maxUnavailable: number | string | null;
  readonly maxUnavailableFeature: boolean;
  readonly minReadySeconds: number;
  readonly currentRevision: string;
  readonly updateRevision: string;
  readonly statusCurrentReplicas: number;
  readonly pods: readonly {
    readonly name: string;
    readonly revision: string;
    readonly state: "available" | "ready-recently" | "running-not-ready" | "pending" | "failed" | "succeeded";
    readonly deleting: boolean;
  }[];
}

interface NamedPod extends StatefulPod {
  readonly name: string;
}

const phases = { pending: "Pending", failed: "Failed", succeeded: "Succeeded" } as const;
const readyForSeconds = 5;

function podOf({ name, revision, state, deleting }: UpdateStep["pods"][number], minReadySeconds: number): NamedPod {
  const ready = state === "available" || state === "ready-recently";
  return {
    name,
    ordinal: parsePodName(name).ordinal,
    revision,
    phase: state in phases ? phases[state as keyof typeof phases] : "Running",
    ready,
    available: ready && (state === "available" || readyForSeconds >= minReadySeconds),
    terminating: deleting,
  };
}

/** Rounded down, at least 1; 1 when absent. */
function statefulSetMaxUnavailable(value: number | string | null, replicas: number): number {
  if (value === null) return 1;
  const count = typeof value === "number" ? value : Math.floor((replicas * Number.parseInt(value, 10)) / 100);
  return Math.max(1, count);
}

function updateStep(input: UpdateStep) {
  const view: StatefulView<NamedPod> = {
    replicas: input.replicas,
    start: input.start,
    parallel: input.podManagementPolicy === "Parallel",
    onDelete: input.updateStrategy === "OnDelete",
    partition: input.partition,
    maxUnavailable: input.maxUnavailableFeature
      ? statefulSetMaxUnavailable(input.maxUnavailable, input.replicas)
      : null,
    deleting: false,
    currentRevision: input.currentRevision,
    updateRevision: input.updateRevision,
    statusCurrentReplicas: input.statusCurrentReplicas,
    pods: input.pods.map((pod) => podOf(pod, input.minReadySeconds)),
    claimIsStale: () => false,
    needsRepair: () => false,
    claimsNeedOwners: () => false,
  };
  const { actions, counts } = decide(view);
  const done = actions.flatMap((action): [verb: "create" | "delete", pod: string, text: string][] => {
    if (action.type === "create") {
      const pod = `${input.name}-${action.ordinal}`;
      return [["create", pod, `create ${pod} ${action.revision}`]];
    }
    return action.type === "delete" ? [["delete", action.pod.name, `delete ${action.pod.name}`]] : [];
  });
  const texts = done.map(([, , text]) => text);
  const complete = isUpdateComplete(view, counts, recordedTarget);
  return {
    actions: view.parallel ? texts.sort() : texts,
    error: null,
    events: done
      .map(([verb, pod]) => {
        const word = verb === "create" ? "Create" : "Delete";
        return `Normal Successful${word} ${word} Pod ${pod} in StatefulSet ${input.name} successful`;
      })
      .sort(),
    status: {
      ...counts,
      currentReplicas: complete ? counts.updatedReplicas : counts.currentReplicas,
      currentRevision: complete ? view.updateRevision : view.currentRevision,
      updateRevision: view.updateRevision,
    },
  };
}

export const suite: Suite = tableSuite("statefulset-identity", (input: Input) => {
  switch (input.op) {
    case "parse": {
      const { parent, ordinal } = parsePodName(input.podName);
      return {
        parent,
        ordinal,
        memberOfWeb: parent === input.set.name,
        inRange: inOrdinalRange(ordinal, input.set.start, input.set.replicas),
      };
    }
    case "pods":
      return {
        pods: identitiesOf({
          namespace: input.namespace,
          name: input.name,
          spec: {
            replicas: input.replicas,
            ordinals: { start: input.start },
            serviceName: input.serviceName,
            volumeClaimTemplates: input.volumeClaimTemplates.map((name) => ({ metadata: { name }, spec: {} })),
          },
        }).map(({ ordinal, pod, claims }) => ({
          dns: dnsNameOf(pod, input.serviceName, input.namespace),
          hostname: pod,
          labels: { ...input.templateLabels, ...identityLabels(pod, ordinal) },
          ordinal,
          pod,
          pvcs: claims.map((claim) => claim.claimName),
          subdomain: input.serviceName,
          volumeClaimNames: Object.fromEntries(claims.map((claim) => [claim.volume, claim.claimName])),
        })),
      };
    case "updateStep":
      return updateStep(input);
  }
});
