/** Replacing one object by another: the rules of the new one and what may not change. Models Validate*Update. */
import { type Admission, type AdmitOptions, admit } from "./admit.ts";
import { asObject, isObject, type JsonObject } from "./json.ts";
import { servedKinds } from "./kind-rules.ts";
import type { ManifestObject } from "./objects.ts";
import type { Target } from "./target.ts";

/**
 * Admits `next` as a replacement of `old`, both plain manifests; `status` is the status the old object has. What
 * replaces nothing that can be read, or something of another kind, is a creation.
 */
export function admitUpdate(
  old: unknown,
  next: unknown,
  target: Target,
  status?: unknown,
  { kinds = servedKinds }: Pick<AdmitOptions, "kinds"> = {},
): Admission {
  const before = admit(old, target, { kinds });
  const stored = before.kind === kindOf(next) ? before.object : null;
  if (!stored) return admit(next, target, { kinds });
  const replaced = asObject(stored.spec as never);
  const after = admit(next, target, { kinds, replaced });
  if (!after.object) return after;
  const { changes } = kinds.serving(after.apiVersion, after.kind) ?? {};
  const [from, to] = [stored, after.object] as unknown as [JsonObject, JsonObject];
  const found = changes?.(from, to, { target, status: asObject(status as never) }) ?? [];
  return { ...after, problems: [...after.problems, ...found] };
}

function kindOf(manifest: unknown): unknown {
  return isObject(manifest) ? manifest["kind"] : undefined;
}

/** What `kubectl apply` would send: the old object's defaults laid under the new manifest, as far as it is silent. */
export function layUnder(old: ManifestObject, next: unknown): unknown {
  return merge(old as unknown, next);
}

function merge(under: unknown, over: unknown): unknown {
  if (over === undefined) return under;
  if (typeof over !== "object" || over === null || Array.isArray(over)) return over;
  if (typeof under !== "object" || under === null || Array.isArray(under)) return over;
  const out: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) out[key] = merge(out[key], value);
  return out;
}
