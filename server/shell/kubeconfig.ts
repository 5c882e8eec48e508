/** The kubeconfig that a trial begins with. */
import type { JsonObject } from "../../simulator/api/json.ts";

export const firstConfig: JsonObject = {
  apiVersion: "v1",
  kind: "Config",
  preferences: {},
  clusters: [{ name: "seatrial", cluster: { server: "https://seatrial.invalid" } }],
  users: [{ name: "seatrial", user: {} }],
  contexts: [{ name: "seatrial", context: { cluster: "seatrial", user: "seatrial" } }],
  "current-context": "seatrial",
};
