/** What the StatefulSet controller does to pods and claims. Models pkg/controller/statefulset/stateful_pod_control.go. */
import { podRefusal, refusalText } from "../../api/pod-refusal.ts";
import { since } from "../../api/target.ts";
import type { ControllerContext } from "../../cluster/controller.ts";
import type { ControllerRevision, Pod, StatefulSet } from "../../cluster/objects.ts";
import { deletePod, type PodExtras, podFromTemplate } from "../../cluster/pods.ts";
import { revisionLabel } from "../history.ts";
import { deletesWhenScaled, hasStaleOwner, missingOwners, type Named } from "./claims.ts";
import {
  claimNameOf,
  claimsOf,
  identityLabels,
  inOrdinalRange,
  podNameLabel,
  podNameOf,
  startOrdinal,
} from "./identity.ts";
import type { SetPod, SetState } from "./state.ts";

export interface PodControl {
  /** Whether a claim still belongs to an earlier pod of the ordinal and must be collected before a new one can be created. */
  claimIsStale(set: StatefulSet, ordinal: number): boolean;
  /** Whether labels and volumes (of a pod in range) or the owners of claims are not as they should be. */
  needsRepair(set: StatefulSet, state: SetState, pod: SetPod, identity: boolean): boolean;
  /** Creates the claims and the pod; false when it could not. */
  create(set: StatefulSet, ordinal: number, revision: ControllerRevision): boolean;
  /** Creates what a pending pod waits for; false when it could not. */
  createMissingClaims(set: StatefulSet, state: SetState, pod: SetPod): boolean;
  /** Mends labels and the owners of claims; false when the pod lacks the volume of a claim, which no update can add. */
  repair(set: StatefulSet, pod: SetPod): boolean;
  updateClaimOwners(set: StatefulSet, pod: Named, ordinal: number, inRange: boolean): void;
  /** False when the pod is gone already. */
  remove(set: StatefulSet, name: string): boolean;
}

type Verb = "Create" | "Update" | "Delete";

/** What acts on the pods and claims of any StatefulSet of the cluster, and records its events. */
export function createPodControl({ store, now, target, event, create }: ControllerContext): PodControl {
  const templatesOf = (set: StatefulSet) => set.spec.volumeClaimTemplates ?? [];

  function claimOf(set: StatefulSet, template: string, ordinal: number) {
    return store.get("PersistentVolumeClaim", set.namespace, claimNameOf(template, set.name, ordinal));
  }

  /** Events of 1.34 begin in lower case. */
  const spelt = (verb: Verb): string => (since(target, "1.35") ? verb : verb.toLowerCase());

  function recordPod(set: StatefulSet, verb: Verb, pod: string): void {
    event(set, "Normal", `Successful${verb}`, `${spelt(verb)} Pod ${pod} in StatefulSet ${set.name} successful`);
  }

  function recordFailure(set: StatefulSet, verb: Verb, pod: string, error: string): void {
    const message = `${spelt(verb)} Pod ${pod} in StatefulSet ${set.name} failed error: ${error}`;
    event(set, "Warning", `Failed${verb}`, message);
  }

  /** An error text when a claim that is there is going away. */
  function createClaims(set: StatefulSet, ordinal: number): string | undefined {
    const errors: string[] = [];
    for (const { metadata, spec } of templatesOf(set)) {
      const existing = claimOf(set, metadata.name, ordinal);
      if (existing) {
        if (existing.deleted !== null) errors.push(`pvc ${existing.name} is being deleted`);
        continue;
      }
      const name = claimNameOf(metadata.name, set.name, ordinal);
      const made = create<"PersistentVolumeClaim">({
        kind: "PersistentVolumeClaim",
        namespace: set.namespace,
        name,
        labels: { ...metadata.labels, ...set.spec.selector.matchLabels },
        annotations: metadata.annotations ?? {},
        owners: [],
        finalizers: [],
        // A volume is always at hand.
        phase: "Bound",
        spec,
      });
      const pod = podNameOf(set.name, ordinal);
      if (typeof made === "string") {
        const text = `${spelt("Create")} Claim ${name} for Pod ${pod} in StatefulSet ${set.name} failed error: ${made}`;
        event(set, "Warning", "FailedCreate", text);
        errors.push(`failed to create PVC ${name}: ${made}`);
        continue;
      }
      event(
        set,
        "Normal",
        "SuccessfulCreate",
        `${spelt("Create")} Claim ${name} Pod ${pod} in StatefulSet ${set.name} success`,
      );
    }
    if (errors.length === 0) return undefined;
    return errors.length === 1 ? errors[0] : `[${errors.join(", ")}]`;
  }

  function updateClaimOwners(set: StatefulSet, pod: Named, ordinal: number, inRange: boolean): void {
    for (const { metadata } of templatesOf(set)) {
      const claim = claimOf(set, metadata.name, ordinal);
      const owners = claim && missingOwners(claim, set, pod, inRange);
      if (claim && owners) store.update(claim, { owners });
    }
  }

  return {
    updateClaimOwners,

    claimIsStale(set, ordinal) {
      // With Retain, claims are meant to be used again.
      if (!deletesWhenScaled(set)) return false;
      const missing = { kind: "Pod", name: podNameOf(set.name, ordinal), uid: "" } as const;
      return templatesOf(set).some(({ metadata }) => {
        const claim = claimOf(set, metadata.name, ordinal);
        return claim !== undefined && hasStaleOwner(claim, missing);
      });
    },

    needsRepair(set, state, { live, ordinal }, identity) {
      if (state.settled.has(ordinal)) return false;
      if (identity && (live.labels[podNameLabel] !== live.name || !hasVolumes(set, live, ordinal))) return true;
      let complete = true;
      for (const { metadata } of templatesOf(set)) {
        const claim = claimOf(set, metadata.name, ordinal);
        if (claim && missingOwners(claim, set, live, identity)) return true;
        complete &&= claim !== undefined;
      }
      if (complete) state.settled.add(ordinal);
      return false;
    },

    create(set, ordinal, revision) {
      const name = podNameOf(set.name, ordinal);
      const error = createClaims(set, ordinal);
      if (error !== undefined) {
        recordFailure(set, "Create", name, error);
        return false;
      }
      const extras: PodExtras = {
        labels: { [revisionLabel]: revision.name, ...identityLabels(name, ordinal) },
        claims: claimsOf(set, ordinal),
        hostname: name,
        subdomain: set.spec.serviceName ?? "",
      };
      const problems = podRefusal(revision.template, name, target, extras);
      if (problems) {
        updateClaimOwners(set, { kind: "Pod", name, uid: "" }, ordinal, true);
        recordFailure(set, "Create", name, refusalText(name, problems));
        return false;
      }
      // Somebody else's pod has the name: tried again later, without an event.
      if (store.get("Pod", set.namespace, name)) return false;
      const pod = create<"Pod">(podFromTemplate(set.namespace, name, revision.template, set, extras));
      if (typeof pod === "string") {
        updateClaimOwners(set, { kind: "Pod", name, uid: "" }, ordinal, true);
        recordFailure(set, "Create", name, pod);
        return false;
      }
      updateClaimOwners(set, pod, ordinal, true);
      recordPod(set, "Create", name);
      return true;
    },

    createMissingClaims(set, state, { live, ordinal }) {
      if (state.settled.has(ordinal)) return true;
      const created = createClaims(set, ordinal) === undefined;
      if (created) {
        updateClaimOwners(set, live, ordinal, inOrdinalRange(ordinal, startOrdinal(set.spec), set.spec.replicas));
      }
      return created;
    },

    repair(set, { live, ordinal }) {
      const fits = hasVolumes(set, live, ordinal);
      const missing = fits ? undefined : createClaims(set, ordinal);
      if (missing === undefined) updateClaimOwners(set, live, ordinal, true);
      const error = missing ?? (fits ? undefined : forbidden(live.name));
      if (error !== undefined) {
        recordFailure(set, "Update", live.name, error);
        return false;
      }
      if (live.labels[podNameLabel] !== live.name) {
        store.update(live, { labels: { ...live.labels, ...identityLabels(live.name, ordinal) } });
      }
      recordPod(set, "Update", live.name);
      return true;
    },

    remove(set, name) {
      const pod = store.get("Pod", set.namespace, name);
      if (!pod) {
        recordFailure(set, "Delete", name, `pods "${name}" not found`);
        return false;
      }
      deletePod(store, pod, now());
      recordPod(set, "Delete", name);
      return true;
    },
  };
}

/** Whether the pod has a volume for each claim of the set: an adopted pod, of an earlier set perhaps, may not. */
function hasVolumes(set: StatefulSet, pod: Pod, ordinal: number): boolean {
  return claimsOf(set, ordinal).every(
    ({ volume, claimName }) =>
      pod.claims.some((one) => one.volume === volume && one.claimName === claimName) ||
      pod.spec.volumes?.some((one) => one.name === volume && one.persistentVolumeClaim?.claimName === claimName),
  );
}

/** What the API server answers to a pod with other volumes, without the list of what differs. */
function forbidden(pod: string): string {
  return `Pod "${pod}" is invalid: spec: Forbidden: pod updates may not change fields other than \`spec.containers[*].image\`,\`spec.initContainers[*].image\`,\`spec.activeDeadlineSeconds\`,\`spec.tolerations\` (only additions to existing tolerations),\`spec.terminationGracePeriodSeconds\` (allow it to be set to 1 if it was previously negative)`;
}
