/** Which claims a pod uses. Models component-helpers/storage/ephemeral and the volume plugins of pkg/scheduler/framework. */
import type { Pod } from "./objects.ts";

interface UsedClaim {
  readonly name: string;
  /** Made for this pod alone. */
  readonly ephemeral: boolean;
}

const none: readonly UsedClaim[] = [];

/** The claims in the order of the pod's volumes; most pods have none. */
export function claimsOf({ name, claims, spec }: Pick<Pod, "name" | "claims" | "spec">): readonly UsedClaim[] {
  const { volumes } = spec;
  if (claims.length === 0 && !volumes) return none;
  const own = claims.map(({ claimName }) => ({ name: claimName, ephemeral: false }));
  const listed = (volumes ?? []).flatMap((volume): UsedClaim[] => {
    if (claims.some((claim) => claim.volume === volume.name)) return [];
    if (volume.persistentVolumeClaim) return [{ name: volume.persistentVolumeClaim.claimName, ephemeral: false }];
    return volume["ephemeral"] ? [{ name: `${name}-${volume.name}`, ephemeral: true }] : [];
  });
  return own.length + listed.length === 0 ? none : [...own, ...listed];
}
