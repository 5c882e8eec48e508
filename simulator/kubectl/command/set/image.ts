/** `kubectl set image`. Models kubectl/pkg/cmd/set/set_image.go. */
import { asObject, listAt, stringAt } from "../../../api/json.ts";
import { templateOf } from "../../template.ts";
import type { Command, Context, Running } from "../command.ts";
import { ended, type Failure, fail } from "../failure.ts";
import type { Info } from "../info.ts";
import { partedAtPairs } from "../pairs.ts";
import { pick } from "../pick.ts";
import { isOn, type Words } from "../words.ts";
import { apart, misuse, noTemplate, put, setting, unfit, withContainers, withPodSpec } from "./change.ts";

export const setImage: Command = {
  name: "image",
  says: "Set the images of containers",
  usage: "(-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N",
  flags: setting,
  run: (context, words) => apart(words, run(context, words)),
};

const severalForAll =
  "all containers are already specified by *, but saw more than one container_name=container_image pairs";
const update = { operation: "image updated", refused: "failed to patch image update to pod template: " };

function* run(context: Context, words: Words): Running {
  const { resources, pairs, late } = partedAtPairs(words.args);
  if (late !== undefined) return yield* fail(`all resources must be specified before image changes: ${late}`);
  const images = new Map(pairs.map((one) => [one.slice(0, one.indexOf("=")), one.slice(one.indexOf("=") + 1)]));
  const picked = yield* pick(context, words, { args: resources, local: isOn(words, "local") });
  if (picked.failures.length > 0) return yield* ended(picked.failures);
  const wrong = misuse(words);
  if (wrong !== undefined) return yield* fail(wrong);
  if (images.size === 0) return yield* fail("at least one image update is required");
  if (images.size > 1 && images.has("*")) return yield* fail(severalForAll);
  const missed: Failure[] = [];
  const refusals: Failure[] = [];
  for (const info of picked.infos) {
    const next = withPodSpec(info, (spec) =>
      withContainers(spec, (one) => {
        const image = images.get(stringAt(one, "name")) ?? images.get("*");
        return image === undefined ? one : { ...one, image };
      }),
    );
    if (next === undefined) {
      refusals.push(unfit(info, noTemplate(info)));
      continue;
    }
    const names = containerNames(info);
    const missing = [...images.keys()].filter((name) => (name === "*" ? names.length === 0 : !names.includes(name)));
    missed.push(...missing.map((name) => `error: unable to find container named "${name}"`));
    refusals.push(...(yield* put(context, words, info, next, update)));
  }
  return yield* ended([...missed, ...refusals]);
}

function containerNames(info: Info): readonly string[] {
  const spec = asObject(templateOf(info)["spec"]);
  const containers = [...listAt(spec, "initContainers"), ...listAt(spec, "containers")];
  return containers.map((one) => stringAt(asObject(one), "name"));
}
