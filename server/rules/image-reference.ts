import { stringAt } from "../../simulator/api/json.ts";
import { isMissingValue, isPlaceholder } from "../service/standing/placeholders.ts";
import { deploymentText } from "./examples.ts";
import { containersOf, podSpecOf } from "./pods.ts";
import { advice, type ObjectRule } from "./rule.ts";

/** Images that no runtime can read. Models the grammar of distribution/reference. */
export const imageReference: ObjectRule = {
  looks: "object",
  codes: ["image-unreadable"],
  examples: {
    "image-unreadable": {
      bad: deploymentText("").replace("nginx:1.29", "Nginx:1.29"),
      good: deploymentText(""),
    },
  },
  check({ kind, object, decision }) {
    // What a kustomization names anew, or a template fills in, is no image yet.
    if (decision.standing === "template") return [];
    const pod = podSpecOf(kind, object);
    if (pod === null) return [];
    return containersOf(pod).flatMap(({ container, path }) => {
      const image = stringAt(container, "image");
      const why = isStandIn(image) ? null : mistakeIn(image);
      return why === null ? [] : [advice("image-unreadable", "warning", [...path, "image"], { image, why })];
    });
  },
};

/** What is filled in by somebody: `ko` takes paths of Go packages, and names in capitals are said to be placeholders. */
function isStandIn(image: string): boolean {
  return (
    image === "" ||
    isMissingValue(image) ||
    image !== image.trim() ||
    /^ko:\/\//.test(image) ||
    image === image.toUpperCase() ||
    isPlaceholder(image, true) ||
    /[A-Z]{2,}[_-][A-Z]|\$/.test(image)
  );
}

const repository =
  /^(?:(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(?::\d+)?\/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const tag = /^\w[\w.-]{0,127}$/;
const digest = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;

/** What keeps a text from being a reference; null when it is one. */
function mistakeIn(image: string): string | null {
  if (image.includes("://")) return "scheme";
  if (/\s/.test(image)) return "blank";
  const [name = "", hash, ...more] = image.split("@");
  if (more.length > 0 || (hash !== undefined && !digest.test(hash))) return "digest";
  const last = name.slice(name.lastIndexOf("/") + 1);
  const [, version, ...others] = last.split(":");
  const path = version === undefined ? name : name.slice(0, name.length - last.length) + last.split(":")[0];
  if (others.length > 0) return "tag-twice";
  if (version === "") return "tag-empty";
  if (version !== undefined && !tag.test(version)) return "tag";
  if (repository.test(path)) return null;
  return repository.test(path.toLowerCase()) ? "capitals" : "characters";
}
