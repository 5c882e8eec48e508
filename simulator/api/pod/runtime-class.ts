/** What a RuntimeClass adds to the pods that name it. Models plugin/pkg/admission/runtimeclass/admission.go. */
import type { IntOrString, LabelMap, PodSpec, Toleration } from "../objects.ts";

export interface RuntimeClass {
  readonly overhead?: { readonly podFixed?: Readonly<Record<string, IntOrString>> };
  readonly scheduling?: { readonly nodeSelector?: LabelMap; readonly tolerations?: readonly Toleration[] };
}

/** The spec as the server stores it: with the overhead of its class, and kept to the nodes of the class. */
export function withRuntimeClass(spec: PodSpec, { overhead, scheduling }: RuntimeClass): PodSpec {
  const { nodeSelector, tolerations = [] } = scheduling ?? {};
  return {
    ...spec,
    ...(overhead?.podFixed ? { overhead: overhead.podFixed } : {}),
    ...(nodeSelector ? { nodeSelector: { ...spec.nodeSelector, ...nodeSelector } } : {}),
    ...(tolerations.length > 0 ? { tolerations: [...(spec.tolerations ?? []), ...tolerations] } : {}),
  };
}
