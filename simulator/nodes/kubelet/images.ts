/** The images on the nodes. One pull at a time per node; what was pulled stays. Models pkg/kubelet/images. */
import type { Container } from "../../api/objects.ts";

export interface Images {
  /**
   * When the container's image is on the node if it is asked for at `at`; `duration` is drawn only for a pull that is needed.
   * `Always` asks the registry even for an image that is there, which takes no time here.
   */
  readyAt(node: string, container: Container, at: number, duration: () => number): number;
}

export function createImages(): Images {
  /** When each node has a pull behind it, and by image and node when it is there. By image first, as there are fewer of them. */
  const free = new Map<string, number>();
  const present = new Map<string, Map<string, number>>();
  return {
    readyAt(node, container, at, duration) {
      const image = container.image ?? "";
      if (container.imagePullPolicy === "Never") return at;
      let nodes = present.get(image);
      if (!nodes) {
        nodes = new Map();
        present.set(image, nodes);
      }
      const since = nodes.get(node);
      if (since !== undefined) return Math.max(since, at);
      const done = Math.max(free.get(node) ?? 0, at) + duration();
      free.set(node, done);
      nodes.set(node, done);
      return done;
    },
  };
}
