/**
 * Who stands where: for every ReplicaSet its active pods by how crowded their nodes are, kept up to date with every
 * change of a pod. Choosing a victim then looks at the special ones and at the most crowded nodes, not at all pods.
 */
import {
  controllerOf,
  isPodActive,
  type LiveObject,
  type OwnerReference,
  type Pod,
  type ReplicaSet,
  wholeSeconds,
} from "../../cluster/objects.ts";
import type { Change, Store } from "../../cluster/store.ts";
import { type Candidate, chooseVictims, deletionCost, deletionCostAnnotation } from "./victims.ts";

type Place = Candidate & { readonly pod: Pod; rank: number };

/** The active pods of one ReplicaSet. */
interface Member {
  /** Not bound, not running, not ready or with a deletion cost: what decides before the crowd does. */
  readonly special: Set<Place>;
  /** All others by node: few on each, so that lists do. */
  readonly onNode: Map<string, Place[]>;
  readonly places: Map<Pod, Place>;
}

/** The ReplicaSets with the same owner. A ReplicaSet without one stands alone and does not look at nodes. */
interface Crowd {
  readonly related: boolean;
  /** Related pods on each node, and the nodes by that number. */
  readonly counts: Map<string, number>;
  readonly nodes: Set<string>[];
  readonly members: Map<string, Member>;
}

export interface Crowds {
  /** Hears of every change of a pod or ReplicaSet. */
  observe(change: Change): void;
  /** The `count` active pods of the ReplicaSet that go first. */
  victims(replicaSet: ReplicaSet, count: number, now: number): readonly Pod[];
}

const relevant: ReadonlySet<string> = new Set<keyof Pod>([
  "node",
  "phase",
  "ready",
  "readyTime",
  "deleted",
  "owners",
  "annotations",
  "containers",
]);

function concerns(previous: object): boolean {
  for (const field in previous) if (relevant.has(field)) return true;
  return false;
}

/** `start` is the wall-clock instant of time 0: Kubernetes keeps times in whole seconds. */
export function createCrowds(store: Store, start: number): Crowds {
  /** By the owner's UID, or the ReplicaSet's own; only of those that had to choose before. */
  const crowds = new Map<string, Crowd>();

  function crowdKey(replicaSet: ReplicaSet): string {
    return controllerOf(replicaSet)?.uid ?? replicaSet.uid;
  }

  function build(replicaSet: ReplicaSet): Crowd {
    const owner = controllerOf(replicaSet)?.uid;
    const crowd: Crowd = { related: owner !== undefined, counts: new Map(), nodes: [], members: new Map() };
    const siblings = owner === undefined ? [replicaSet] : store.owned(owner);
    for (const sibling of siblings) {
      if (sibling.kind !== "ReplicaSet" || controllerOf(sibling)?.uid !== owner) continue;
      for (const pod of store.pods(sibling.uid).pods) {
        if (isPodActive(pod)) enter(crowd, sibling.uid, pod);
      }
    }
    return crowd;
  }

  function memberOf(crowd: Crowd, uid: string): Member {
    let member = crowd.members.get(uid);
    if (!member) {
      member = { special: new Set(), onNode: new Map(), places: new Map() };
      crowd.members.set(uid, member);
    }
    return member;
  }

  /** Its rank is worked out when a choice is due. */
  function placeOf(pod: Pod): Place {
    return {
      pod,
      uid: pod.uid,
      node: pod.node,
      phase: pod.phase,
      ready: pod.ready,
      readyTime: pod.readyTime === null ? null : wholeSeconds(pod.readyTime, start),
      created: wholeSeconds(pod.created, start),
      cost: deletionCost(pod.annotations[deletionCostAnnotation]),
      rank: 0,
      restarts: mostRestarts(pod, "regular"),
      sidecarRestarts: mostRestarts(pod, "sidecar"),
    };
  }

  function isSpecial(place: Place): boolean {
    return place.node === "" || place.phase !== "Running" || !place.ready || place.cost !== 0;
  }

  function put(member: Member, place: Place): void {
    member.places.set(place.pod, place);
    if (isSpecial(place)) {
      member.special.add(place);
      return;
    }
    const there = member.onNode.get(place.node);
    if (there) there.push(place);
    else member.onNode.set(place.node, [place]);
  }

  function take(member: Member, place: Place): void {
    member.places.delete(place.pod);
    if (member.special.delete(place)) return;
    const there = member.onNode.get(place.node);
    const at = there?.indexOf(place) ?? -1;
    if (!there || at < 0) return;
    if (there.length === 1) member.onNode.delete(place.node);
    else there.splice(at, 1);
  }

  /** One more or one fewer related pod on a node. Pods that are not bound are no neighbours. */
  function count({ related, counts, nodes }: Crowd, node: string, by: 1 | -1): void {
    if (!related || node === "") return;
    const before = counts.get(node) ?? 0;
    const after = before + by;
    nodes[before]?.delete(node);
    if (after === 0) {
      counts.delete(node);
      return;
    }
    counts.set(node, after);
    while (nodes.length <= after) nodes.push(new Set());
    nodes[after]!.add(node);
  }

  function enter(crowd: Crowd, uid: string, pod: Pod): void {
    count(crowd, pod.node, 1);
    put(memberOf(crowd, uid), placeOf(pod));
  }

  function leave(crowd: Crowd, uid: string, pod: Pod): void {
    const member = crowd.members.get(uid);
    const place = member?.places.get(pod);
    if (!member || !place) return;
    take(member, place);
    count(crowd, place.node, -1);
  }

  /** The ReplicaSet that a reference speaks of, and the crowd it belongs to, if that is kept. */
  function find(owner: OwnerReference | undefined): { uid: string; crowd: Crowd } | undefined {
    if (owner?.kind !== "ReplicaSet" || crowds.size === 0) return undefined;
    const replicaSet = store.byUid(owner.uid);
    if (replicaSet?.kind !== "ReplicaSet") return undefined;
    const crowd = crowds.get(crowdKey(replicaSet));
    return crowd && { uid: owner.uid, crowd };
  }

  function observePod(pod: Pod, change: Change): void {
    if (crowds.size === 0) return;
    if (change.type === "modified" && !concerns(change.previous)) return;
    if (change.type === "modified" && "owners" in change.previous) {
      const before = find((change.previous.owners as Pod["owners"]).find((one) => one.controller));
      if (before) leave(before.crowd, before.uid, pod);
    }
    const found = find(controllerOf(pod));
    if (!found) return;
    const { crowd, uid } = found;
    const known = crowd.members.get(uid)?.places.get(pod);
    const active = change.type !== "deleted" && isPodActive(pod);
    if (known && active && known.node === pod.node) {
      // The commonest change, readiness, moves nobody else.
      const member = crowd.members.get(uid)!;
      take(member, known);
      put(member, placeOf(pod));
      return;
    }
    if (known) leave(crowd, uid, pod);
    if (active) enter(crowd, uid, pod);
  }

  return {
    observe(change) {
      const object: LiveObject = change.object;
      if (object.kind === "Pod") observePod(object, change);
      else if (object.kind === "ReplicaSet") {
        const owners = change.type === "modified" && "owners" in change.previous;
        if (change.type === "added" || (change.type === "modified" && !owners)) return;
        // Another family, or none any more: it is counted anew when the next choice is due.
        crowds.delete(crowdKey(object));
        crowds.delete(object.uid);
        if (owners) for (const one of change.previous.owners ?? []) crowds.delete(one.uid);
      }
    },
    victims(replicaSet, wanted, now) {
      const key = crowdKey(replicaSet);
      let crowd = crowds.get(key);
      if (!crowd) {
        crowd = build(replicaSet);
        crowds.set(key, crowd);
      }
      const { related, counts, nodes } = crowd;
      const { special, onNode, places } = memberOf(crowd, replicaSet.uid);
      if (wanted >= places.size) return [...places.keys()];
      const candidates: Place[] = [];
      const consider = (place: Place, rank: number) => {
        place.rank = rank;
        candidates.push(place);
      };
      for (const place of special) consider(place, counts.get(place.node) ?? 0);
      if (!related) for (const there of onNode.values()) for (const place of there) consider(place, 0);
      // Among the ordinary pods the crowd decides first: enough of the most crowded nodes hold all that can be chosen.
      let ordinary = 0;
      for (let rank = nodes.length - 1; rank > 0 && ordinary < wanted; rank--) {
        for (const node of nodes[rank]!) {
          for (const place of onNode.get(node) ?? []) {
            consider(place, rank);
            ordinary++;
          }
        }
      }
      return chooseVictims(candidates, wanted, now).map((one) => one.pod);
    },
  };
}

function mostRestarts(pod: Pod, role: "regular" | "sidecar"): number {
  let most = 0;
  for (const one of pod.containers) if (one.role === role && one.restartCount > most) most = one.restartCount;
  return most;
}
