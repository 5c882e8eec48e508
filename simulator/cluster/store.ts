/**
 * The objects of the cluster, indexed by name, by owner and by node. The only place where an object changes; every
 * change is told to the one listener with the values it replaced, so counters can be kept incrementally.
 */
import { fnv32a, type Random } from "../engine/random.ts";
import { createNodeIndex } from "./node-index.ts";
import {
  controllerOf,
  isPodTerminal,
  type Kept,
  type Kind,
  type Kinds,
  type LiveObject,
  type Pod,
  type Stored,
} from "./objects.ts";
import { onlyBound, podFieldBit } from "./pod-fields.ts";
import { createPodNames } from "./pod-names.ts";

export type Change =
  | { readonly type: "added"; readonly object: LiveObject }
  /** `previous` holds the old values of the fields that changed, and only those; of a pod, `podFields` says which as bits. */
  | {
      readonly type: "modified";
      readonly object: LiveObject;
      readonly previous: Partial<LiveObject>;
      readonly podFields: number;
    }
  | { readonly type: "deleted"; readonly object: LiveObject };

/** The pods that one object controls, with counts that are always current. */
interface PodGroup {
  readonly pods: ReadonlySet<Pod>;
  /** Neither finished nor being deleted. */
  readonly active: number;
  /** Active and ready. */
  readonly ready: number;
  /** Being deleted and not in an end phase. */
  readonly terminating: number;
}

/** What a caller gives to create an object: everything but what the store decides. */
export type Creation<K extends Kind> = Omit<
  Kinds[K],
  "key" | "uid" | "sequence" | "created" | "generation" | "deleted" | "version" | "kept" | "grace"
> & {
  readonly generation?: number;
  readonly kept?: Kept | null;
};

export interface Store {
  get<K extends Kind>(kind: K, namespace: string, name: string): Kinds[K] | undefined;
  byUid(uid: string): LiveObject | undefined;
  /** Whether the object is still there, under whatever name. */
  has(object: LiveObject): boolean;
  /** All objects of a kind in the order of their creation. */
  all<K extends Kind>(kind: K): Iterable<Kinds[K]>;
  /** The same two for the kinds that nothing simulates, by resource: `configmaps`. */
  getStored(resource: string, namespace: string, name: string): Stored | undefined;
  allStored(resource: string): Iterable<Stored>;
  /** The resourceVersion of the last change. */
  version(): number;
  count(kind: Kind): number;
  /** `base` with a random end, as `generateName` gives, that no pod of the namespace has. */
  freePodName(namespace: string, base: string, random: Random): string;
  /** Objects other than pods that have `uid` among their owners. */
  owned(uid: string): Iterable<LiveObject>;
  /** Pods whose controller is `uid`; an empty group when it has none. */
  pods(uid: string): PodGroup;
  /** Pods without a controller. */
  orphans(): Iterable<Pod>;
  podsOnNode(node: string): ReadonlySet<Pod>;
  /** Adds an object; the caller has made sure that the name is free. Returns what was stored. */
  create<K extends Kind>(creation: Creation<K>): Kinds[K];
  /** Replaces the given fields; tells nobody when all of them are the same already. Returns whether anything changed. */
  update<K extends Kind>(object: Kinds[K], patch: Partial<Kinds[K]>): boolean;
  /** Removes the object for good, whatever its finalizers. Harmless when it is gone already. */
  remove(object: LiveObject): void;
}

type MutableGroup = { pods: Set<Pod>; active: number; ready: number; terminating: number };
const noPods: PodGroup = { pods: new Set(), active: 0, ready: 0, terminating: 0 };
const noObjects: ReadonlySet<LiveObject> = new Set();

interface StoreOptions {
  readonly now: () => number;
  readonly random: Random;
  readonly onChange: (change: Change) => void;
}

function getOrCreate<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/**
 * The UID of the object that is created as the `sequence`th. The random part comes first because the real order of UIDs is
 * arbitrary, the number makes them differ.
 */
export function newUid(random: Random, sequence: number): string {
  return uidOf(random.below(0x100000000), sequence);
}

function uidOf(bits: number, sequence: number): string {
  return `${hex[bits >>> 24]}${hex[(bits >>> 16) & 255]}${hex[(bits >>> 8) & 255]}${hex[bits & 255]}-${sequence}`;
}

/** Field by field: pods come by the hundred thousand, and a literal is much cheaper than a copy by spreading. */
function newPod(creation: Creation<"Pod">, uid: string, sequence: number, created: number, version: number): Pod {
  return {
    kind: "Pod",
    namespace: creation.namespace,
    name: creation.name,
    key: `${creation.namespace}/${creation.name}`,
    uid,
    sequence,
    created,
    deleted: null,
    generation: creation.generation ?? 1,
    labels: creation.labels,
    annotations: creation.annotations,
    owners: creation.owners,
    finalizers: creation.finalizers,
    version,
    kept: creation.kept ?? null,
    spec: creation.spec,
    claims: creation.claims,
    pinnedNode: creation.pinnedNode,
    hostname: creation.hostname,
    subdomain: creation.subdomain,
    grace: null,
    node: creation.node,
    nominatedNode: creation.nominatedNode,
    phase: creation.phase,
    reason: creation.reason,
    message: creation.message,
    ready: creation.ready,
    readyTime: creation.readyTime,
    conditions: creation.conditions,
    containers: creation.containers,
    resizing: creation.resizing,
  };
}

/** What a pod is counted as in its group. */
type Standing = "active" | "ready" | "terminating" | "ended";

function standingOf(pod: Pod): Standing {
  if (isPodTerminal(pod)) return "ended";
  if (pod.deleted !== null) return "terminating";
  return pod.ready ? "ready" : "active";
}

function count(group: MutableGroup, standing: Standing, by: 1 | -1): void {
  if (standing === "terminating") group.terminating += by;
  else if (standing !== "ended") group.active += by;
  if (standing === "ready") group.ready += by;
}

/**
 * Objects that nothing simulates are numbered apart from the others and draw nothing: a ConfigMap more in a manifest is no
 * other run.
 */
const storedFrom = 2 ** 40;

/** Where objects of a kind are found by their names. */
const shelfOf = (object: LiveObject): string => (object.kind === "Stored" ? `${object.resource}/` : object.kind);

const byAge = (a: LiveObject, b: LiveObject): number => a.sequence - b.sequence;
const newGroup = (): MutableGroup => ({ pods: new Set(), active: 0, ready: 0, terminating: 0 });
const newMap = <K, V>(): Map<K, V> => new Map();

/** A store without objects. */
export function createStore({ now, random, onChange }: StoreOptions): Store {
  /** By kind, namespace and name: no key has to be put together for a look-up. Without the pods. */
  const byKind = new Map<string, Map<string, Map<string, LiveObject>>>();
  /** Without the pods, which are too many: theirs is found by the number in it. */
  const byUid = new Map<string, LiveObject>();
  const bySequence: (LiveObject | undefined)[] = [];
  const dependents = new Map<string, Set<LiveObject>>();
  const groups = new Map<string, MutableGroup>();
  const podNames = createPodNames();
  const onNodes = createNodeIndex(() => ordered("Pod") as Iterable<Pod>);
  let sequence = 0;
  let storedSequence = storedFrom;
  let version = 0;

  function named(object: LiveObject): Map<string, LiveObject> {
    const spaces = getOrCreate(byKind, shelfOf(object), newMap<string, Map<string, LiveObject>>);
    return getOrCreate(spaces, object.namespace, newMap<string, LiveObject>);
  }

  /** A map goes through its values in the order in which they were put in; only several of them have to be sorted. */
  function ordered(shelf: string): Iterable<LiveObject> {
    if (shelf === "Pod") return [...groups.values()].flatMap(({ pods }) => [...pods]).sort(byAge);
    const spaces = [...(byKind.get(shelf)?.values() ?? [])];
    if (spaces.length === 1) return spaces[0]!.values();
    return spaces.flatMap((space) => [...space.values()]).sort(byAge);
  }

  function groupOf(pod: Pod): MutableGroup {
    const uid = controllerOf(pod)?.uid ?? "";
    return getOrCreate(groups, uid, newGroup);
  }

  function link(object: LiveObject): void {
    if (object.kind === "Pod") {
      const group = groupOf(object);
      group.pods.add(object);
      count(group, standingOf(object), 1);
      if (object.node !== "") onNodes.place(object);
      return;
    }
    for (const owner of object.owners) {
      getOrCreate(dependents, owner.uid, () => new Set()).add(object);
    }
  }

  function unlink(object: LiveObject): void {
    if (object.kind === "Pod") {
      const group = groupOf(object);
      group.pods.delete(object);
      count(group, standingOf(object), -1);
      if (group.pods.size === 0) groups.delete(controllerOf(object)?.uid ?? "");
      if (object.node !== "") onNodes.leave(object, object.node);
      return;
    }
    for (const owner of object.owners) dependents.get(owner.uid)?.delete(object);
  }

  function recount(pod: Pod, before: Standing): void {
    const standing = standingOf(pod);
    if (standing === before) return;
    const group = groupOf(pod);
    count(group, before, -1);
    count(group, standing, 1);
  }

  function found(uid: string): LiveObject | undefined {
    const object = byUid.get(uid) ?? bySequence[Number(uid.slice(uid.indexOf("-") + 1))];
    return object?.uid === uid ? object : undefined;
  }

  const has = (object: LiveObject) =>
    (object.kind === "Stored" ? byUid.get(object.uid) : bySequence[object.sequence]) === object;

  function nextUid(creation: Creation<Kind>, number: number): string {
    if (creation.kind !== "Stored") return newUid(random, number);
    const { resource } = creation as unknown as Creation<"Stored">;
    return uidOf(fnv32a(`${resource}/${creation.namespace}/${creation.name}/${number}`), number);
  }

  return {
    get: <K extends Kind>(kind: K, namespace: string, name: string) =>
      (kind === "Pod" ? podNames.get(namespace, name) : byKind.get(kind)?.get(namespace)?.get(name)) as
        | Kinds[K]
        | undefined,
    byUid: found,
    has,
    all: <K extends Kind>(kind: K) => ordered(kind) as Iterable<Kinds[K]>,
    getStored: (resource, namespace, name) =>
      byKind.get(`${resource}/`)?.get(namespace)?.get(name) as Stored | undefined,
    allStored: (resource) => ordered(`${resource}/`) as Iterable<Stored>,
    version: () => version,
    count: (kind) => [...ordered(kind)].length,
    freePodName: podNames.free,
    owned: (uid) => dependents.get(uid) ?? noObjects,
    pods: (uid) => groups.get(uid) ?? noPods,
    orphans: () => groups.get("")?.pods ?? noPods.pods,
    podsOnNode: onNodes.on,

    create<K extends Kind>(creation: Creation<K>): Kinds[K] {
      const number = creation.kind === "Stored" ? ++storedSequence : ++sequence;
      const uid = nextUid(creation as unknown as Creation<Kind>, number);
      const object = (creation.kind === "Pod"
        ? newPod(creation as unknown as Creation<"Pod">, uid, number, now(), ++version)
        : {
            generation: 1,
            kept: null,
            ...creation,
            key: `${creation.namespace}/${creation.name}`,
            uid,
            sequence: number,
            created: now(),
            deleted: null,
            version: ++version,
          }) as unknown as Kinds[K] & LiveObject;
      if (object.kind === "Pod") podNames.add(object);
      else named(object).set(object.name, object);
      if (object.kind !== "Stored") bySequence[number] = object;
      if (object.kind !== "Pod") byUid.set(object.uid, object);
      link(object);
      onChange({ type: "added", object });
      return object;
    },

    update<K extends Kind>(changed: Kinds[K], patch: Partial<Kinds[K]>): boolean {
      const object = changed as LiveObject;
      // What is gone stays as it was, even when somebody still holds it.
      if (!has(object)) return false;
      const relinked = patch.owners !== undefined && patch.owners !== object.owners;
      const pod = object.kind === "Pod" && !relinked ? object : null;
      const standing = pod && standingOf(pod);
      const node = pod?.node;
      if (relinked) unlink(object);
      const target = object as unknown as Record<string, unknown>;
      let previous: Record<string, unknown> | undefined;
      let podFields = 0;
      for (const key in patch) {
        const value = (patch as Record<string, unknown>)[key];
        const old = target[key];
        if (old === value) continue;
        previous ??= {};
        previous[key] = old;
        podFields |= podFieldBit[key] ?? 0;
        target[key] = value;
      }
      if (!previous) return false;
      if (pod && onlyBound(previous as Partial<Pod>, pod)) podFields &= ~podFieldBit["labels"]!;
      target["version"] = ++version;
      if (relinked) link(object);
      else if (pod) {
        recount(pod, standing!);
        if (pod.node !== node) {
          if (node) onNodes.leave(pod, node);
          if (pod.node !== "") onNodes.place(pod);
        }
      }
      onChange({ type: "modified", object, previous: previous as Partial<LiveObject>, podFields });
      return true;
    },

    remove(object) {
      if (!has(object)) return;
      if (object.kind === "Pod") podNames.remove(object);
      else named(object).delete(object.name);
      if (object.kind !== "Stored") bySequence[object.sequence] = undefined;
      (object as { version: number }).version = ++version;
      if (object.kind !== "Pod") byUid.delete(object.uid);
      unlink(object);
      onChange({ type: "deleted", object });
    },
  };
}
