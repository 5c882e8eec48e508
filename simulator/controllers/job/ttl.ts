/** Deletes finished Jobs when their time is over. Models pkg/controller/ttlafterfinished. */
import { type ControllerFactory, keyOf, splitKey } from "../../cluster/controller.ts";
import { deleteObject } from "../../cluster/deletion.ts";
import { type Job, jobCondition } from "../../cluster/objects.ts";

/** When the Job may go, in milliseconds since the start; null when it stays. */
function expiry({ spec, status }: Job): number | null {
  if (spec.ttlSecondsAfterFinished === undefined) return null;
  const end = jobCondition(status, "Complete") ?? jobCondition(status, "Failed");
  return end ? end.lastTransitionTime + spec.ttlSecondsAfterFinished * 1000 : null;
}

export const ttlController: ControllerFactory = {
  name: "ttl-after-finished",
  create: ({ store, now, enqueueAfter }) => ({
    kinds: ["Job"],
    observe({ type, object }) {
      if (object.kind !== "Job" || type === "deleted" || object.deleted !== null) return;
      const at = expiry(object);
      if (at !== null) enqueueAfter(keyOf(object), at - now());
    },
    sync(key) {
      const job = store.get("Job", ...splitKey(key));
      const at = job && expiry(job);
      if (!job || job.deleted !== null || at === null || at === undefined) return;
      if (at > now()) enqueueAfter(key, at - now());
      else deleteObject(store, job, now(), "foreground");
    },
  }),
};
