/** What kubectl says of a rollout's state. */
import type { JsonObject } from "../../../simulator/api/json.ts";
import { rolloutStatus } from "../../../simulator/kubectl/rollout-status.ts";
import { type Suite, tableSuite } from "../suite.ts";

interface Row {
  readonly kind: string;
  readonly object: JsonObject;
  readonly revisionFlag: number;
}

export const suite: Suite = tableSuite<Row, unknown>("rollout-status", ({ kind, object, revisionFlag }) =>
  rolloutStatus(kind, object, revisionFlag),
);
