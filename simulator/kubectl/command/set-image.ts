/** `kubectl set image`. Models kubectl/pkg/cmd/set/set_image.go. */
import { asObject, type JsonObject, listAt, stringAt } from "../../api/json.ts";
import { templateOf, templatePatch } from "../template.ts";
import type { Command, Context, Running } from "./command.ts";
import { ended, type Failure, fail, quoted } from "./failure.ts";
import { bySelector, dryRun, everyObject, fieldManager, fromFiles, printing, toggle } from "./flag.ts";
import type { Info } from "./info.ts";
import { print } from "./output.ts";
import { pick } from "./pick.ts";
import { patchObject } from "./requests.ts";
import { dryRunOf, isOn, type Words } from "./words.ts";

export const setImage: Command = {
  name: "image",
  says: "Set the images of containers",
  usage: "(-f FILENAME | TYPE NAME) CONTAINER=IMAGE...",
  flags: [
    ...fromFiles,
    ...printing(),
    bySelector,
    everyObject,
    dryRun,
    fieldManager("kubectl-set"),
    toggle("local", "ask nothing of the server"),
  ],
  run,
};

type Images = ReadonlyMap<string, string>;

/** Sets images of containers, init containers included, in each object that is named. */
function* run(context: Context, words: Words): Running {
  const first = words.args.findIndex((arg) => arg.includes("="));
  const resources = first < 0 ? words.args : words.args.slice(0, first);
  const pairs = first < 0 ? [] : words.args.slice(first);
  const late = pairs.find((arg) => !arg.includes("="));
  if (late !== undefined) return yield* fail(`all resources must be specified before image changes: ${late}`);
  const images: Images = new Map(pairs.map((one) => [one.slice(0, one.indexOf("=")), one.slice(one.indexOf("=") + 1)]));
  const { infos, failures } = yield* pick(context, words, { args: resources, local: isOn(words, "local") });
  if (failures.length > 0) return yield* ended(failures);
  if (images.size === 0) return yield* fail("at least one image update is required");
  if (images.size > 1 && images.has("*")) {
    return yield* fail(
      "all containers are already specified by *, but saw more than one container_name=container_image pairs",
    );
  }
  const mode = dryRunOf(words);
  const missed: Failure[] = [];
  const refusals: Failure[] = [];
  for (const info of infos) {
    const { change, isChanged, missing } = imageChange(info, images);
    missed.push(...missing.map((name) => `error: unable to find container named "${name}"`));
    if (!isChanged) continue;
    const { row } = info.place;
    if (mode === "client") {
      refusals.push(...(yield* print(context, words, row, info.object, "image updated")));
      continue;
    }
    const options = { dryRun: mode === "server", fieldManager: "kubectl-set" };
    const answer = yield* patchObject(context, info.place, change, "strategic", options);
    if (answer.ok) refusals.push(...(yield* print(context, words, row, answer.object, "image updated")));
    else refusals.push(`failed to patch image update to pod template: ${quoted(answer.status)}`);
  }
  return yield* ended([...missed, ...refusals]);
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
