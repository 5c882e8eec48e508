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
  const nodes = new Map<string, { free: number; readonly present: Map<string, number> }>();
  return {
    readyAt(node, container, at, duration) {
      const image = container.image ?? "";
      if (container.imagePullPolicy === "Never") return at;
      let store = nodes.get(node);
      if (!store) {
        store = { free: 0, present: new Map() };
        nodes.set(node, store);
      }
      const present = store.present.get(image);
      if (present !== undefined) return Math.max(present, at);
      const done = Math.max(store.free, at) + duration();
      store.free = done;
      store.present.set(image, done);
      return done;
    },
  };
}
