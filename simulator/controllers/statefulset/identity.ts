/**
 * Who the pods of a StatefulSet are: names, ordinals, claims, DNS names, and in which order they are updated.
 * Models pkg/controller/statefulset/stateful_set_utils.go.
 */
import type { LabelMap, StatefulSetSpec } from "../../api/objects.ts";

export const podNameLabel = "statefulset.kubernetes.io/pod-name";
const podIndexLabel = "apps.kubernetes.io/pod-index";

/** As much of a StatefulSet as identity depends on; a live object and a manifest both fit. */
interface StatefulIdentitySource {
  readonly namespace: string;
  readonly name: string;
  readonly spec: Pick<StatefulSetSpec, "replicas" | "ordinals" | "serviceName" | "volumeClaimTemplates">;
}

/** What one pod of a StatefulSet is called everywhere. */
interface StatefulIdentity {
  readonly ordinal: number;
  /** Also its hostname. */
  readonly pod: string;
  /** Name below the headless Service; null when the set names no Service. */
  readonly dns: string | null;
  /** One per claim template, in template order: the volume of the pod and the PersistentVolumeClaim behind it. */
  readonly claims: readonly { readonly volume: string; readonly claimName: string }[];
}

/** The ordinal of the first replica: `spec.ordinals.start`, or 0. */
export function startOrdinal(spec: Pick<StatefulSetSpec, "ordinals">): number {
  return spec.ordinals?.start ?? 0;
}

/** `<set>-<ordinal>`. */
export function podNameOf(setName: string, ordinal: number): string {
  return `${setName}-${ordinal}`;
}

/** `<template>-<set>-<ordinal>`: the claim that a claim template gives to the pod of an ordinal. */
export function claimNameOf(templateName: string, setName: string, ordinal: number): string {
  return `${templateName}-${setName}-${ordinal}`;
}

/** The name of a pod inside the cluster, or null without a Service. The Service itself is not looked at. */
export function dnsNameOf(
  pod: string,
  serviceName: string | undefined,
  namespace: string,
  clusterDomain = "cluster.local",
): string | null {
  return serviceName ? `${pod}.${serviceName}.${namespace}.svc.${clusterDomain}` : null;
}

const maxInt32 = 2147483647;

/** The set's name and the ordinal in a pod's name; ordinal -1 when there is none (or it exceeds 32 bits). */
export function parsePodName(podName: string): { readonly parent: string; readonly ordinal: number } {
  const dash = podName.lastIndexOf("-");
  const digits = podName.slice(dash + 1);
  if (dash < 0 || !/^[0-9]+$/.test(digits)) return { parent: "", ordinal: -1 };
  const ordinal = Number(digits);
  return { parent: podName.slice(0, dash), ordinal: ordinal > maxInt32 ? -1 : ordinal };
}

/** Whether an ordinal is one of the `replicas` ordinals from `start` on. */
export function inOrdinalRange(ordinal: number, start: number, replicas: number): boolean {
  return ordinal >= start && ordinal < start + replicas;
}

/** The labels that tell a pod of the set from its siblings. */
export function identityLabels(podName: string, ordinal: number): LabelMap {
  return { [podNameLabel]: podName, [podIndexLabel]: String(ordinal) };
}

/** The claims of the pod of an ordinal, in template order. */
export function claimsOf(
  set: Pick<StatefulIdentitySource, "name" | "spec">,
  ordinal: number,
): StatefulIdentity["claims"] {
  return (set.spec.volumeClaimTemplates ?? []).map(({ metadata: { name } }) => ({
    volume: name,
    claimName: claimNameOf(name, set.name, ordinal),
  }));
}

/** The identity of the pod of one ordinal. */
export function identityOf(set: StatefulIdentitySource, ordinal: number): StatefulIdentity {
  const pod = podNameOf(set.name, ordinal);
  return {
    ordinal,
    pod,
    dns: dnsNameOf(pod, set.spec.serviceName, set.namespace),
    claims: claimsOf(set, ordinal),
  };
}

/** All pods of the set in the order in which OrderedReady creates them: lowest ordinal first. */
export function identitiesOf(set: StatefulIdentitySource): readonly StatefulIdentity[] {
  const start = startOrdinal(set.spec);
  return Array.from({ length: set.spec.replicas }, (_, index) => identityOf(set, start + index));
}
