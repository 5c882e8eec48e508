import { isObject, listAt, objectAt, stringAt } from "../../simulator/api/json.ts";
import { deploymentText } from "./examples.ts";
import { containersOf, podSpecOf } from "./pods.ts";
import { advice, type ObjectRule } from "./rule.ts";

const probes = ["readinessProbe", "livenessProbe", "startupProbe"];
const handlers = ["httpGet", "tcpSocket"];

/** The kubelet looks a probe's port name up in the ports of its own container; the API server does not. */
export const probePort: ObjectRule = {
  looks: "object",
  codes: ["probe-port-unnamed"],
  examples: {
    "probe-port-unnamed": {
      bad: deploymentText("", "livenessProbe: { tcpSocket: { port: http } }"),
      good: deploymentText("", "livenessProbe: { tcpSocket: { port: 80 } }"),
    },
  },
  check({ kind, object }) {
    const pod = podSpecOf(kind, object);
    if (pod === null) return [];
    return containersOf(pod).flatMap(({ container, path }) => {
      const names = listAt(container, "ports").map((port) => (isObject(port) ? stringAt(port, "name") : ""));
      return probes.flatMap((probe) =>
        handlers.flatMap((handler) => {
          const port = objectAt(objectAt(container, probe), handler)?.["port"];
          if (typeof port !== "string" || names.includes(port)) return [];
          const params = { port, container: stringAt(container, "name"), names: names.filter((name) => name !== "") };
          return [advice("probe-port-unnamed", "warning", [...path, probe, handler, "port"], params)];
        }),
      );
    });
  },
};
