/**
 * How many pods a Deployment may have at once. Models MaxSurge, MaxUnavailable and MinAvailable of
 * pkg/controller/deployment/util/deployment_util.go.
 */
import { resolveFenceposts } from "./int-or-percent.ts";
import type { IntOrString } from "./objects.ts";

/** What is asked for: how many pods, and how they are replaced. */
export interface Rolling {
  readonly replicas: number;
  /** Strategy RollingUpdate; Recreate keeps to no bounds. */
  readonly rolling: boolean;
  readonly maxSurge: IntOrString | null;
  readonly maxUnavailable: IntOrString | null;
}

export interface Bounds {
  /** Pods that may exist above `replicas`. */
  readonly surge: number;
  /** Pods that may be missing, never more than `replicas`. */
  readonly unavailable: number;
  /** Never more pods than this while rolling. */
  readonly ceiling: number;
  /** Never fewer available pods than this while rolling; 0 where nothing is promised. */
  readonly floor: number;
}

/** What a strategy of a manifest asks for. */
export function rollingOf(
  strategy: { readonly type?: unknown; readonly rollingUpdate?: unknown } | undefined,
  replicas: number,
): Rolling {
  const { maxSurge, maxUnavailable } = (strategy?.rollingUpdate ?? {}) as Partial<Rolling>;
  return {
    replicas,
    rolling: strategy?.type === "RollingUpdate",
    maxSurge: maxSurge ?? null,
    maxUnavailable: maxUnavailable ?? null,
  };
}

/** The bounds as numbers: 25% and 25% of 10 are 13 pods at most and 8 available at least. Without pods there is nothing to roll. */
export function deploymentBounds({ replicas, rolling, maxSurge, maxUnavailable }: Rolling): Bounds {
  const posts = rolling ? resolveFenceposts(maxSurge, maxUnavailable, replicas) : undefined;
  if (posts === undefined || "error" in posts) return { surge: 0, unavailable: 0, ceiling: replicas, floor: 0 };
  const unavailable = replicas === 0 ? 0 : Math.min(posts.unavailable, replicas);
  const ceiling = replicas === 0 ? 0 : replicas + posts.surge;
  return { surge: posts.surge, unavailable, ceiling, floor: replicas - unavailable };
}
