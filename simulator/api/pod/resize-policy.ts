/** What resizing a container's resources does. Models validateResizePolicy of pkg/apis/core/validation. */
import { duplicate, type FieldPath, invalid } from "../field-path.ts";
import { asObject, type JsonObject, listAt, stringAt } from "../json.ts";
import { since } from "../target.ts";
import { checkChoice } from "./check.ts";
import type { PodContext } from "./context.ts";

const resources = ["cpu", "memory"];
const policies = ["NotRequired", "RestartContainer"];

/** `isPlainInit`: an init container that is no sidecar. */
export function validateResizePolicy(
  container: JsonObject,
  isPlainInit: boolean,
  path: FieldPath,
  context: PodContext,
): void {
  const found = context.found;
  const seen = new Set<string>();
  for (const [index, entry] of listAt(container, "resizePolicy").entries()) {
    const policy = asObject(entry);
    const at = path.child("resizePolicy").index(index);
    const unindexed = path.child("resizePolicy").silent(index);
    const resource = stringAt(policy, "resourceName");
    if (seen.has(resource)) found.push(duplicate("duplicate-resize-policy", at, { value: resource }));
    seen.add(resource);
    checkChoice(resource, resources, unindexed, found);
    const restart = stringAt(policy, "restartPolicy");
    checkChoice(restart, policies, unindexed, found);
    if (context.restartPolicy === "Never" && restart !== "NotRequired") {
      found.push(invalid("resize-restart-with-never", unindexed, { value: restart }));
    }
    if (isPlainInit && restart === "RestartContainer" && since(context.target, "1.36")) {
      found.push(invalid("resize-restart-of-init", at.child("restartPolicy"), { value: restart }));
    }
  }
}
