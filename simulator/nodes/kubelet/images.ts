/**
 * The images on the nodes. A node pulls one image after the other; what was pulled stays. Models pkg/kubelet/images
 * (puller.go with serialized pulls).
 */
import type { Container } from "../../api/objects.ts";

export interface ImageStore {
  has(node: string, image: string, at: number): boolean;
  /**
   * When a pull that is asked for at `at` has ended: after those that were asked for before. An image that is there by then
   * takes `again`, any other `duration`.
   */
  pull(node: string, image: string, at: number, duration: () => number, again?: number): number;
  /** The same for a pull that will fail after `duration`. */
  fail(node: string, at: number, duration: number): number;
  /** How often the node has asked for the image. */
  pulls(node: string, image: string): number;
}

export function createImageStore(): ImageStore {
  /** When each node has its pulls behind it, and by image and node when it is there. By image first, as there are fewer. */
  const free = new Map<string, number>();
  const present = new Map<string, Map<string, number>>();
  const counts = new Map<string, number>();

  function count(node: string, image: string): void {
    const key = `${node}/${image}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }

  return {
    has: (node, image, at) => (present.get(image)?.get(node) ?? Number.POSITIVE_INFINITY) <= at,
    pull(node, image, at, duration, again = 0) {
      let nodes = present.get(image);
      if (!nodes) {
        nodes = new Map();
        present.set(image, nodes);
      }
      const since = nodes.get(node);
      const turn = Math.max(free.get(node) ?? 0, at);
      const done = turn + (since === undefined ? duration() : again);
      free.set(node, done);
      if (since === undefined) nodes.set(node, done);
      return done;
    },
    fail(node, at, duration) {
      const done = Math.max(free.get(node) ?? 0, at) + duration;
      free.set(node, done);
      return done;
    },
    pulls(node, image) {
      count(node, image);
      return counts.get(`${node}/${image}`)!;
    },
  };
}

const component = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const domain =
  "(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::[0-9]+)?";
const reference = new RegExp(
  `^(?:${domain}/)?${component}(?:/${component})*(?::[\\w][\\w.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$`,
);

/** Why the name of an image cannot be read; null when it can. Models distribution/reference. */
export function imageNameProblem(image: string): string | null {
  if (reference.test(image)) return null;
  const path = image.replace(/@.*$/, "").replace(/:[^/]*$/, "");
  const upper = path.split("/").find((one) => /[A-Z]/.test(one) && !/[.:]/.test(one));
  const why =
    upper && reference.test(image.toLowerCase())
      ? `invalid reference format: repository name (${upper}) must be lowercase`
      : "invalid reference format";
  return `couldn't parse image name "${image}": ${why}`;
}

/** When the image is asked for; without a policy it depends on the tag. */
export function pullPolicyOf({ image = "", imagePullPolicy }: Container): "Always" | "IfNotPresent" | "Never" {
  if (imagePullPolicy === "Always" || imagePullPolicy === "Never" || imagePullPolicy === "IfNotPresent")
    return imagePullPolicy;
  const name = image.slice(image.lastIndexOf("/") + 1);
  const isLatest = !name.includes(":") && !name.includes("@");
  return isLatest || name.endsWith(":latest") ? "Always" : "IfNotPresent";
}
