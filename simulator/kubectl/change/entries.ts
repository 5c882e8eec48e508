/** Which entry of one list is which of another. */
import { asObject, isObject } from "../../api/json.ts";
import type { Json } from "../../api/objects.ts";

type KeyOf = (entry: Json) => string | undefined;

const byField =
  (field: string): KeyOf =>
  (entry) =>
    textOf(asObject(entry)[field]);

function textOf(value: Json | undefined): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}

const byName = byField("name");

const keys: Readonly<Record<string, KeyOf>> = {
  containers: byName,
  initContainers: byName,
  ephemeralContainers: byName,
  volumes: byName,
  env: byName,
  imagePullSecrets: byName,
  secrets: byName,
  schedulingGates: byName,
  resourceClaims: byName,
  ownerReferences: byName,
  volumeClaimTemplates: (entry) => byName(asObject(entry)["metadata"] ?? null),
  ports: (entry) => {
    const { containerPort, port, protocol } = asObject(entry);
    const number = containerPort ?? port;
    return number === undefined ? undefined : `${String(number)}/${String(protocol ?? "TCP")}`;
  },
  volumeMounts: byField("mountPath"),
  volumeDevices: byField("devicePath"),
  hostAliases: byField("ip"),
  topologySpreadConstraints: (entry) => {
    const { topologyKey, whenUnsatisfiable } = asObject(entry);
    return `${String(topologyKey)}/${String(whenUnsatisfiable)}`;
  },
};

/** Whether the entries of the list in a field are told apart by keys. */
export function isKeyed(field: string, list: readonly Json[]): boolean {
  return Object.hasOwn(keys, field) && list.every((entry) => isObject(entry) || entry === null);
}

/** The keys of the entries, made different where several have the same: the n-th of equal keys belongs to the n-th. */
export function keysOf(field: string, list: readonly Json[]): readonly string[] {
  const seen = new Map<string, number>();
  return list.map((entry) => {
    const key = keys[field]?.(entry) ?? "";
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return `${key}#${count}`;
  });
}
