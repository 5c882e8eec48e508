/** A kubectl command line on a door: what it prints and its exit code. */
import { getText, type Printed } from "../get.ts";
import { annotate } from "./annotate.ts";
import { create } from "./create.ts";
import { remove } from "./delete.ts";
import type { Door } from "./door.ts";
import { rollout } from "./rollout.ts";
import { scale } from "./scale.ts";
import { setImage } from "./set-image.ts";
import { flag, isOn, parseWords, type Words } from "./words.ts";

/** Flags that choose objects in ways that are not followed here: without them `delete --all -l app=x` would take every object. */
const choosing = ["selector", "field-selector", "filename", "kustomize", "recursive"] as const;

/** What the words after `kubectl` come to; undefined for a command, or a way to choose objects, that is not there. Only the door can be changed by it. */
export function runKubectl(door: Door, line: readonly string[]): Printed | undefined {
  const { flags } = parseWords(line);
  if (choosing.some((name) => flags.has(name))) return undefined;
  const [verb = "", ...rest] = line;
  const [sub = "", ...behind] = rest;
  switch (verb) {
    case "get":
      return get(door, parseWords(rest));
    case "create":
      return create(door, sub, parseWords(behind));
    case "rollout":
      return rollout(door, sub, parseWords(behind));
    case "scale":
      return scale(door, parseWords(rest));
    case "set":
      return sub === "image" ? setImage(door, parseWords(behind)) : undefined;
    case "delete":
      return remove(door, parseWords(rest));
    case "annotate":
      return annotate(door, parseWords(rest));
    default:
      return undefined;
  }
}

function get(door: Door, words: Words): Printed | undefined {
  const output = flag(words, "output") ?? "";
  if (output !== "" && output !== "wide" && output !== "name") return undefined;
  const [resources = "", ...names] = words.args;
  const { namespace, kinds, list, now } = door;
  return getText({ resources, names, output, noHeaders: isOn(words, "no-headers"), namespace }, kinds, list, now);
}
