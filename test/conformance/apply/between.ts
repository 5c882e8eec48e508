/** What others did to an object between two texts: the object as it was recorded, and who manages what they changed. */

import { parseManifest } from "../../../server/yaml/parse.ts";
import { asObject, type JsonObject } from "../../../simulator/api/json.ts";
import type { KindRow } from "../../../simulator/api/kind.ts";
import { servedKinds } from "../../../simulator/api/kind-rules.ts";
import { managersOf, withManagers } from "../../../simulator/api/patch/managers.ts";
import { lastAppliedAnnotation } from "../../../simulator/api/patch/server-side.ts";
import type { Surroundings } from "../../../simulator/api/registry/surroundings.ts";
import { applyPatch, managed } from "../../../simulator/kubectl/change/server.ts";
import { readText } from "../../../simulator/kubectl/change/text.ts";

/** The manager's name and the subresource by the command that kubectl ran. */
function writerOf([command = "", second = "", ...rest]: readonly string[]): readonly [string, string] {
  switch (command) {
    case "scale":
      return ["kubectl", "scale"];
    case "set":
      return ["kubectl-set", ""];
    case "rollout":
      return ["kubectl-rollout", ""];
    case "apply":
      return [
        [second, ...rest].find((one) => one.startsWith("--field-manager="))?.split("=")[1] ??
          "kubectl-client-side-apply",
        "",
      ];
    default:
      return [`kubectl-${command}`, ""];
  }
}

/** The object after the commands; `live` is how it was recorded, without uids, managers and the last-applied annotation. */
export function liveAfter(
  made: JsonObject,
  commands: readonly (readonly string[])[],
  live: JsonObject | undefined,
  stdin: string | undefined,
  surroundings: Surroundings,
  isBare: boolean,
): JsonObject {
  const row = servedKinds.serving(String(made["apiVersion"]), String(made["kind"]));
  if (row === undefined || live === undefined) return made;
  const [metadata, recorded] = [asObject(made["metadata"]), asObject(live["metadata"])];
  const removesAnnotation = isBare || commands.some((command) => command.includes(`${lastAppliedAnnotation}-`));
  const last = asObject(metadata["annotations"])[lastAppliedAnnotation];
  const annotations = {
    ...asObject(recorded["annotations"]),
    ...(last === undefined || removesAnnotation ? {} : { [lastAppliedAnnotation]: last }),
  };
  const { uid, generation, creationTimestamp, namespace, finalizers } = metadata;
  const server = JSON.parse(
    JSON.stringify({ uid, generation, creationTimestamp, namespace, finalizers }),
  ) as JsonObject;
  const next: JsonObject = {
    ...withAddresses(live, made),
    ...(made["status"] === undefined ? {} : { status: made["status"] }),
    metadata: {
      ...server,
      ...recorded,
      ...(commands.length > 0 ? { resourceVersion: "999999" } : {}),
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
    },
  };
  const text =
    stdin === undefined
      ? undefined
      : readText(parseManifest(stdin)[0]?.value, "default", servedKinds, surroundings.target);
  const [first = []] = commands;
  const [manager] = writerOf(first);
  if (text?.ok && first.includes("--server-side")) {
    const answer = applyPatch(made, text.object, manager, true, { row, surroundings });
    if ("ok" in answer && answer.ok) return withManagers(next, managersOf(answer.object));
  }
  return byEach(made, next, commands, row);
}

/** The recorded object with addresses where it says only that they were kept or generated. */
function withAddresses(live: JsonObject, made: JsonObject): JsonObject {
  const spec = asObject(made["spec"]);
  const addresses = [...(Array.isArray(spec["clusterIPs"]) ? spec["clusterIPs"] : [])];
  let port = 31_000;
  const text = JSON.stringify(live)
    .replace(/"(clusterIP)":"<(?:kept|generated)>"/g, () => `"clusterIP":${JSON.stringify(spec["clusterIP"])}`)
    .replace(/"(nodePort|healthCheckNodePort)":"<(?:kept|generated)>"/g, (_, key) => `"${key}":${port++}`)
    .replace(/"<(?:kept|generated)>"/g, () => JSON.stringify(addresses.shift() ?? ""));
  return JSON.parse(text) as JsonObject;
}

/** Each command's part of the whole change belongs to its manager. */
function byEach(
  made: JsonObject,
  next: JsonObject,
  commands: readonly (readonly string[])[],
  row: KindRow,
): JsonObject {
  const base = withManagers(next, managersOf(made));
  if (commands.length === 0) return base;
  if (commands.length === 1) {
    const [manager, subresource] = writerOf(commands[0] ?? []);
    return managed(made, base, base, manager, row, subresource);
  }
  return commands.reduce((object, command, index) => {
    const [manager, subresource] = writerOf(command);
    const step = index === commands.length - 1 ? next : partOf(object, next, command);
    const after = withManagers(step, managersOf(object));
    return managed(object, after, after, manager, row, subresource);
  }, made);
}

/** What of the whole change a command made: only the replicas, only the metadata, or the rest. */
function partOf(object: JsonObject, next: JsonObject, [command = ""]: readonly string[]): JsonObject {
  if (command === "scale") {
    const replicas = asObject(next["spec"])["replicas"] ?? null;
    return { ...object, spec: { ...asObject(object["spec"]), replicas } };
  }
  if (command === "annotate") {
    const annotations = asObject(next["metadata"])["annotations"] ?? {};
    return { ...object, metadata: { ...asObject(object["metadata"]), annotations } };
  }
  return object;
}
