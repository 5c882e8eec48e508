import type { Taint, Toleration } from "../../../simulator/api/objects.ts";
import { firstUntolerated, tolerates } from "../../../simulator/api/tolerations.ts";
import { tableSuite } from "../suite.ts";

type In =
  | { readonly op: "tolerates"; readonly toleration: Toleration; readonly taint: Taint }
  | {
      readonly op: "firstUntolerated";
      readonly taints: readonly Taint[] | null;
      readonly tolerations: readonly Toleration[] | null;
      readonly effects: readonly string[];
    };

function compute(input: In): unknown {
  if (input.op === "tolerates") return { tolerates: tolerates(input.toleration, input.taint) };
  const taint = firstUntolerated(input.taints ?? [], input.tolerations ?? [], input.effects);
  return { untolerated: taint !== undefined, taint: taint ?? null };
}

export const suite = tableSuite<In, unknown>("tolerations-taints", compute);
