/** `kubectl set image`. Models kubectl/pkg/cmd/set/set_image.go. */
import { asObject, type JsonObject, listAt, stringAt } from "../../api/json.ts";
import type { Printed } from "../get.ts";
import { templateOf, templatePatch } from "../template.ts";
import type { Door } from "./door.ts";
import { ended, type Failure, quoted } from "./failure.ts";
import { printed } from "./output.ts";
import { type Info, pick } from "./pick.ts";
import { dryRunOf, isOn, type Words } from "./words.ts";

const localOnly = [
  "you must specify resources by --filename when --local is set.",
  "Example resource specifications include:",
  "   '-f rsrc.yaml'",
  "   '--filename=rsrc.json'",
].join("\n");

type Images = ReadonlyMap<string, string>;

/** Sets images of containers, init containers included, in each object that is named. */
export function setImage(door: Door, words: Words): Printed {
  const first = words.args.findIndex((arg) => arg.includes("="));
  const resources = first < 0 ? words.args : words.args.slice(0, first);
  const pairs = first < 0 ? [] : words.args.slice(first);
  const late = pairs.find((arg) => !arg.includes("="));
  if (late !== undefined) return ended("", [`all resources must be specified before image changes: ${late}`]);
  const images: Images = new Map(pairs.map((one) => [one.slice(0, one.indexOf("=")), one.slice(one.indexOf("=") + 1)]));
  if (isOn(words, "local") && resources.length > 0) return ended("", [localOnly]);
  const { infos, failures } = pick(door, resources, { everyOf: isOn(words, "all") });
  if (failures.length > 0) return ended("", failures);
  if (images.size === 0) return ended("", ["at least one image update is required"]);
  if (images.size > 1 && images.has("*")) {
    const many =
      "all containers are already specified by *, but saw more than one container_name=container_image pairs";
    return ended("", [many]);
  }
  const dryRun = dryRunOf(words);
  const missed: Failure[] = [];
  const refusals: Failure[] = [];
  let stdout = "";
  for (const info of infos) {
    const { change, isChanged, missing } = imageChange(info, images);
    missed.push(...missing.map((name) => `error: unable to find container named "${name}"`));
    if (!isChanged) continue;
    const { row } = info.place;
    if (dryRun === "client") stdout += printed(row, info.object, "image updated", words);
    else {
      const answer = door.patch(info.place, change, "strategic", dryRun === "server", "kubectl-set");
      if (answer.ok) stdout += printed(row, answer.object, "image updated", words);
      else refusals.push(`failed to patch image update to pod template: ${quoted(answer.status)}`);
    }
  }
  return ended(stdout, [...missed, ...refusals]);
}

interface ImageChange {
  readonly change: JsonObject;
  readonly isChanged: boolean;
  /** Names that no container has. */
  readonly missing: readonly string[];
}

function imageChange({ place, object }: Info, images: Images): ImageChange {
  const spec = asObject(asObject(templateOf({ place, object })["spec"]));
  const known = new Set<string>();
  const changes = (list: string): readonly JsonObject[] =>
    listAt(spec, list).flatMap((one) => {
      const name = stringAt(asObject(one), "name");
      known.add(name);
      const image = images.get(name) ?? images.get("*");
      return image === undefined || image === stringAt(asObject(one), "image") ? [] : [{ name, image }];
    });
  const [initContainers, containers] = [changes("initContainers"), changes("containers")];
  const change = {
    ...(containers.length > 0 ? { containers } : {}),
    ...(initContainers.length > 0 ? { initContainers } : {}),
  };
  const missing = [...images.keys()].filter((name) => (name === "*" ? known.size === 0 : !known.has(name)));
  const isChanged = containers.length + initContainers.length > 0;
  return { change: templatePatch(place.row, { spec: change }), isChanged, missing };
}
