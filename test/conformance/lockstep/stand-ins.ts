/** What the recorded runs had around the controllers: volumes for every claim. */
import type { ControllerFactory } from "../../../simulator/cluster/controller.ts";
import { keyOf, splitKey } from "../../../simulator/cluster/controller.ts";

/** Binds every claim at once. */
export const immediateBinder: ControllerFactory = {
  name: "volume-binder",
  create: ({ store, enqueue }) => ({
    kinds: ["PersistentVolumeClaim"],
    observe({ type, object }) {
      if (type === "added") enqueue(keyOf(object));
    },
    sync(key) {
      const claim = store.get("PersistentVolumeClaim", ...splitKey(key));
      if (claim) store.update(claim, { phase: "Bound" });
    },
  }),
};
