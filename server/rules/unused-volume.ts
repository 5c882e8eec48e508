import { asObject, listAt, objectAt, stringAt } from "../../simulator/api/json.ts";
import { daemonText } from "./examples.ts";
import { containersOf, podSpecOf } from "./pods.ts";
import { advice, type ObjectRule } from "./rule.ts";

/** A volume that no container mounts is set up on the node for nobody. */
export const unusedVolume: ObjectRule = {
  looks: "object",
  codes: ["volume-unused"],
  examples: {
    "volume-unused": {
      bad: `${daemonText("volumes: [{ name: cache, emptyDir: {} }]")}`,
      good: `${daemonText("volumes: [{ name: cache, emptyDir: {} }]")}          volumeMounts: [{ name: cache, mountPath: /cache }]\n`,
    },
  },
  check({ kind, object }) {
    const pod = podSpecOf(kind, object);
    if (pod === null) return [];
    const used = new Set<string>();
    for (const { container } of containersOf(pod)) {
      for (const list of ["volumeMounts", "volumeDevices"]) {
        for (const mount of listAt(container, list)) used.add(stringAt(asObject(mount), "name"));
      }
      for (const variable of listAt(container, "env")) {
        const source = objectAt(asObject(variable), "valueFrom");
        used.add(stringAt(objectAt(source, "fileKeyRef"), "volumeName"));
      }
    }
    return listAt(pod.spec, "volumes").flatMap((volume, index) => {
      const name = stringAt(asObject(volume), "name");
      return used.has(name) ? [] : [advice("volume-unused", "hint", [...pod.path, "volumes", index, "name"], { name })];
    });
  },
};
