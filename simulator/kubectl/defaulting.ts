/** The API server's defaults for a spec that was merged together; admitted manifests already carry them. */
import { applyDefaults } from "../api/defaults.ts";

type Fields = Readonly<Record<string, unknown>>;

/** The spec with the defaults of its kind filled in; the given one stays as it is. */
export function defaultSpec(kind: string, spec: Fields): Fields {
  const object = JSON.parse(JSON.stringify({ spec })) as Parameters<typeof applyDefaults>[1];
  applyDefaults(kind, object);
  return object["spec"] as Fields;
}
