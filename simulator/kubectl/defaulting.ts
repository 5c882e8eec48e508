/** The API server's defaults for a spec that was merged together; admitted manifests already carry them. */
import type { Draft } from "../api/defaults-pod.ts";
import { servedKinds } from "../api/kind-rules.ts";
import type { Target } from "../api/target.ts";

type Fields = Readonly<Record<string, unknown>>;

/** The spec with the defaults of its kind filled in; the given one stays as it is. */
export function defaultSpec(kind: string, spec: Fields, target: Target): Fields {
  const object = JSON.parse(JSON.stringify({ spec })) as Draft;
  servedKinds.named(kind)?.defaults?.(object, target);
  return object["spec"] as Fields;
}
