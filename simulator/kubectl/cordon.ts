/** `kubectl cordon` and `kubectl uncordon`. Models pkg/drain/cordon.go of kubectl. */
import { asObject, isTrue, listAt } from "../api/json.ts";
import type { Json, Taint } from "../api/objects.ts";
import { patch } from "../apiserver/patch.ts";
import type { ApiServer } from "../apiserver/types.ts";
import { cordonTaint } from "../cluster/initial.ts";
import type { DryRun } from "./drain-options.ts";
import { refusedResult } from "./refusal.ts";
import { type Found, named } from "./resources.ts";
import type { ActResult } from "./result.ts";

/** Sets or removes `spec.unschedulable`, and the taint with which the node controller follows. */
export function cordon(
  server: ApiServer,
  { place, object }: Found,
  unschedulable: boolean,
  dryRun: DryRun = "none",
): ActResult {
  const word = unschedulable ? "cordoned" : "uncordoned";
  const suffix = dryRun === "none" ? "" : dryRun === "server" ? " (server dry run)" : " (dry run)";
  const spec = asObject(object["spec"]);
  if (isTrue(spec, "unschedulable") === unschedulable) return { output: `${named(place)} already ${word}${suffix}` };
  const done = { output: `${named(place)} ${word}${suffix}` };
  if (dryRun !== "none") return done;
  const taints = listAt(spec, "taints") as unknown as readonly Taint[];
  const others = taints.filter((one) => one.key !== cordonTaint.key);
  const wanted = (unschedulable ? [...others, cordonTaint] : others) as unknown as Json;
  const change = { spec: { unschedulable: unschedulable || null, taints: wanted } };
  const patched = patch(server, place, change, "merge", { fieldManager: "kubectl" });
  return patched.ok ? done : refusedResult(patched, place, "name");
}
