/** Versions of Kubernetes. What judges or simulates takes one as an argument; none is ever in force everywhere. */

/** A minor version of Kubernetes that Seatrial can speak for. */
export type Target = "1.34" | "1.35" | "1.36" | "1.37";

/** All versions, the oldest first. */
export const targets: readonly Target[] = ["1.34", "1.35", "1.36", "1.37"];

/** The version that is taken where a person chooses none. */
export const newestTarget: Target = "1.37";

/** The version of recorded facts and stored scenarios that name none. */
export const recordedTarget: Target = "1.36";

/** Whether a text names a version that Seatrial can speak for. */
export function isTarget(text: unknown): text is Target {
  return typeof text === "string" && (targets as readonly string[]).includes(text);
}

/** Whether `target` is `version` or a later one. */
export function since(target: Target, version: Target): boolean {
  return targets.indexOf(target) >= targets.indexOf(version);
}
