/** How fast, and how far, an autoscaler may go. Models normalizeDesiredReplicas* of pkg/controller/podautoscaler/horizontal.go. */

export interface Policy {
  readonly type: "Pods" | "Percent";
  readonly value: number;
  readonly periodSeconds: number;
}

export interface ScalingRules {
  readonly stabilizationWindowSeconds: number;
  readonly selectPolicy: "Max" | "Min" | "Disabled";
  readonly policies: readonly Policy[];
}

export interface Behavior {
  readonly scaleUp: ScalingRules;
  readonly scaleDown: ScalingRules;
}

/** Something that was wanted or done at a time, in milliseconds. */
export interface Stamped {
  readonly time: number;
  readonly replicas: number;
}

/** What an autoscaler remembers of its looks: sizes that were recommended, pods that were added and taken away. */
export interface Memory {
  readonly recommendations: readonly Stamped[];
  readonly added: readonly Stamped[];
  readonly removed: readonly Stamped[];
}

export interface Bounds {
  readonly current: number;
  readonly min: number;
  readonly max: number;
}

interface Limited {
  readonly replicas: number;
  /** The condition AbleToScale. */
  readonly able: Told;
  /** The condition ScalingLimited. */
  readonly limited: Told & { readonly is: boolean };
}

export interface Told {
  readonly reason: string;
  readonly message: string;
}

const told = (reason: string, message: string): Told => ({ reason, message });
const ready = told("ReadyForNewScale", "recommended size matches current size");
const upStabilized = told(
  "ScaleUpStabilized",
  "recent recommendations were lower than current one, applying the lowest recent recommendation",
);
const downStabilized = told(
  "ScaleDownStabilized",
  "recent recommendations were higher than current one, applying the highest recent recommendation",
);
const within = told("DesiredWithinRange", "the desired count is within the acceptable range");
const tooFast = told("ScaleUpLimit", "the desired replica count is increasing faster than the maximum scale rate");
const tooMany = told("TooManyReplicas", "the desired replica count is more than the maximum replica count");
const tooFastDown = told(
  "ScaleDownLimit",
  "the desired replica count is decreasing faster than the maximum scale rate",
);
const tooFew = told("TooFewReplicas", "the desired replica count is less than the minimum replica count");

/** How long a smaller size has to be recommended without any rules: five minutes. */
export const usualWindow = 300_000;

type Rated = readonly [replicas: number, why: Told];

/** Without rules: at most to twice the size or to 4, whichever is more (1, 4, 8, 16 …), and down only to the highest of late. */
export function withoutRules(wanted: number, bounds: Bounds, { recommendations }: Memory, now: number): Limited {
  const recent = recommendations.filter(({ time }) => time >= now - usualWindow);
  const stable = Math.max(wanted, ...recent.map(({ replicas }) => replicas));
  const { current, min, max } = bounds;
  const ceiling = Math.max(2 * current, 4);
  const [replicas, why]: Rated =
    stable < min
      ? [min, tooFew]
      : stable > Math.min(max, ceiling)
        ? [Math.min(max, ceiling), max > ceiling ? tooFast : tooMany]
        : [stable, within];
  return {
    replicas,
    able: stable === wanted ? ready : downStabilized,
    limited: { ...why, is: replicas !== stable },
  };
}

/** With rules for both ways. */
export function withRules(wanted: number, bounds: Bounds, memory: Memory, rules: Behavior, now: number): Limited {
  const { current } = bounds;
  const stable = stabilized(wanted, current, memory.recommendations, rules, now);
  const [replicas, why] = rated(stable, bounds, memory, rules, now);
  const able = stable === wanted ? ready : wanted >= current ? upStabilized : downStabilized;
  return { replicas, able, limited: { ...why, is: replicas !== stable } };
}

/** The current size, brought between the lowest of the window upwards and the highest of the window downwards. */
function stabilized(
  wanted: number,
  current: number,
  recommendations: readonly Stamped[],
  { scaleUp, scaleDown }: Behavior,
  now: number,
): number {
  const since = ({ stabilizationWindowSeconds }: ScalingRules) => {
    const cutoff = now - stabilizationWindowSeconds * 1000;
    return recommendations.filter(({ time }) => time > cutoff).map(({ replicas }) => replicas);
  };
  const up = Math.min(wanted, ...since(scaleUp));
  const down = Math.max(wanted, ...since(scaleDown));
  return Math.min(Math.max(current, up), down);
}

function rated(stable: number, { current, min, max }: Bounds, memory: Memory, rules: Behavior, now: number): Rated {
  if (stable > current) {
    const limit = Math.max(current, upLimit(current, memory, rules.scaleUp, now));
    const most = Math.min(max, limit);
    if (stable > most) return [most, max > limit ? tooFast : tooMany];
  } else if (stable < current) {
    const limit = Math.min(current, downLimit(current, memory, rules.scaleDown, now));
    const fewest = Math.max(min, limit);
    if (stable < fewest) return [fewest, min < limit ? tooFastDown : tooFew];
  }
  return [stable, within];
}

/** The size at the beginning of the policy's period. */
function sizeBefore(current: number, { added, removed }: Memory, { periodSeconds }: Policy, now: number): number {
  const cutoff = now - periodSeconds * 1000;
  const sum = (events: readonly Stamped[]) =>
    events.filter(({ time }) => time > cutoff).reduce((total, { replicas }) => total + replicas, 0);
  return current - sum(added) + sum(removed);
}

/** From 3, `4 pods or 100 % in 15 s` is 7 or 6: the most that a policy allows, or with Min the least. Rounded up. */
function upLimit(current: number, memory: Memory, rules: ScalingRules, now: number): number {
  if (rules.selectPolicy === "Disabled") return current;
  const limits = rules.policies.map((policy) => {
    const before = sizeBefore(current, memory, policy, now);
    return policy.type === "Pods" ? before + policy.value : Math.ceil(before * (1 + policy.value / 100));
  });
  return rules.selectPolicy === "Min" ? Math.min(...limits) : Math.max(...limits);
}

/** The other way the most that may go is the lowest size. Cut off: 50 % of 5 leaves 2. */
function downLimit(current: number, memory: Memory, rules: ScalingRules, now: number): number {
  if (rules.selectPolicy === "Disabled") return current;
  const limits = rules.policies.map((policy) => {
    const before = sizeBefore(current, memory, policy, now);
    return policy.type === "Pods" ? before - policy.value : Math.trunc(before * (1 - policy.value / 100));
  });
  return rules.selectPolicy === "Min" ? Math.max(...limits) : Math.min(...limits);
}
