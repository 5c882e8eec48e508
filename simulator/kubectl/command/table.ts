/** The table of kubectl's commands. Whoever adds a command adds a line here. */
import { annotate } from "./annotate.ts";
import type { Command } from "./command.ts";
import { create } from "./create/create.ts";
import { remove } from "./delete.ts";
import { get } from "./get.ts";
import { rollout } from "./rollout.ts";
import { scale } from "./scale.ts";
import { setImage } from "./set-image.ts";
import { unavailable } from "./unavailable.ts";

/** Commands in the order in which kubectl lists them. */
const commands: readonly Command[] = [
  create,
  { name: "set", says: "Set parts of objects", commands: [setImage] },
  get,
  remove,
  rollout,
  scale,
  annotate,
  ...unavailable,
];

/** What everything else is below. */
export const kubectl: Command = { name: "kubectl", says: "Controls a Kubernetes cluster", commands };
