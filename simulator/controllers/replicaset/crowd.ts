/**
 * Who stands where: for every ReplicaSet its active pods by how crowded their nodes are, kept up to date with every
 * change of a pod. Choosing a victim then looks at the special ones and at the most crowded nodes, not at all pods.
 */
import {
  controllerOf,
  isPodActive,
  type LiveObject,
  type Pod,
  type ReplicaSet,
  wholeSeconds,
} from "../../cluster/objects.ts";
import type { Change, Store } from "../../cluster/store.ts";
import { type Candidate, chooseVictims, deletionCost, deletionCostAnnotation } from "./victims.ts";

/** A pod as it was at its last change. Its rank is worked out when a choice is due. */
interface Place extends Candidate {
  readonly pod: Pod;
  readonly member: Member;
  /** Its node; null as long as it is not bound. */
  spot: Spot | null;
  /** Number of the change. */
  turn: number;
  node: string;
  phase: Pod["phase"];
  ready: boolean;
  readyTime: number | null;
  cost: number;
  rank: number;
  restarts: number;
  sidecarRestarts: number;
}

/** A node with related pods. */
interface Spot {
  related: number;
  /** Those of them that are not special; few, so that a list does. */
  ordinary: readonly Place[];
  /** The turn of the first of them. */
  since: number;
}

/** The active pods of one ReplicaSet. */
interface Member {
  readonly crowd: Crowd;
  readonly places: Map<Pod, Place>;
  /** Not bound, not running, not ready or with a deletion cost: what decides before the crowd does. */
  readonly special: Set<Place>;
}

/** The ReplicaSets with the same owner. A ReplicaSet without one stands alone and does not look at nodes. */
interface Crowd {
  readonly alone: boolean;
  /** UIDs of the ReplicaSets. */
  readonly members: Set<string>;
  /** By the name of the node, and by the number of related pods. */
  readonly spots: Map<string, Spot>;
  readonly ranks: Set<Spot>[];
}

const none: readonly Place[] = [];

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

/** Whether a change with these old values is one of the fields. */
export function concerns(previous: object, fields: ReadonlySet<string>): boolean {
  for (const field in previous) if (fields.has(field)) return true;
  return false;
}

/** `start` is the wall-clock instant of time 0: Kubernetes keeps times in whole seconds. */
export function createCrowds(store: Store, start: number): Crowds {
  /** By the owner's UID, or the ReplicaSet's own; only of those that had to choose before. */
  const crowds = new Map<string, Crowd>();
  /** By the UID of the ReplicaSet. */
  const members = new Map<string, Member>();
  let turns = 0;

  function crowdKey(replicaSet: ReplicaSet): string {
    return controllerOf(replicaSet)?.uid ?? replicaSet.uid;
  }

  function build(replicaSet: ReplicaSet): Crowd {
    const owner = controllerOf(replicaSet)?.uid;
    const crowd: Crowd = { alone: owner === undefined, members: new Set(), spots: new Map(), ranks: [] };
    const siblings = owner === undefined ? [replicaSet] : store.owned(owner);
    for (const sibling of siblings) {
      if (sibling.kind !== "ReplicaSet" || controllerOf(sibling)?.uid !== owner) continue;
      const member = join(crowd, sibling.uid);
      for (const pod of store.pods(sibling.uid).pods) if (isPodActive(pod)) enter(member, pod);
    }
    return crowd;
  }

  function join(crowd: Crowd, uid: string): Member {
    const member: Member = { crowd, places: new Map(), special: new Set() };
    crowd.members.add(uid);
    members.set(uid, member);
    return member;
  }

  function forget(key: string): void {
    for (const uid of crowds.get(key)?.members ?? []) members.delete(uid);
    crowds.delete(key);
  }

  /** The ReplicaSet with the UID, if its crowd is kept. */
  function memberOf(uid: string | undefined): Member | undefined {
    if (uid === undefined) return undefined;
    const known = members.get(uid);
    if (known) return known;
    const replicaSet = store.byUid(uid);
    if (replicaSet?.kind !== "ReplicaSet") return undefined;
    const crowd = crowds.get(crowdKey(replicaSet));
    return crowd && join(crowd, uid);
  }

  function isSpecial(place: Place): boolean {
    return place.node === "" || place.phase !== "Running" || !place.ready || place.cost !== 0;
  }

  /** One more or one fewer related pod on the node of the place. */
  function count({ member, spot, node }: Place, by: 1 | -1): void {
    if (!spot) return;
    const { alone, spots, ranks } = member.crowd;
    if (!alone) ranks[spot.related]?.delete(spot);
    spot.related += by;
    if (spot.related === 0) spots.delete(node);
    else if (!alone) {
      while (ranks.length <= spot.related) ranks.push(new Set());
      ranks[spot.related]!.add(spot);
    }
  }

  function moveTo(place: Place, node: string): void {
    count(place, -1);
    const { spots } = place.member.crowd;
    let spot = spots.get(node) ?? null;
    if (!spot && node !== "") {
      spot = { related: 0, ordinary: none, since: 0 };
      spots.set(node, spot);
    }
    place.node = node;
    place.spot = spot;
    count(place, 1);
  }

  /** Lists the place among the special ones or on its node, by what its pod is now. */
  function put(place: Place): void {
    const { pod, member } = place;
    if (place.node !== pod.node) moveTo(place, pod.node);
    place.turn = ++turns;
    place.phase = pod.phase;
    place.ready = pod.ready;
    place.readyTime = pod.readyTime === null ? null : wholeSeconds(pod.readyTime, start);
    place.cost = deletionCost(pod.annotations[deletionCostAnnotation]);
    place.restarts = mostRestarts(pod, "regular");
    place.sidecarRestarts = mostRestarts(pod, "sidecar");
    const { spot } = place;
    if (!spot || isSpecial(place)) member.special.add(place);
    else if (spot.ordinary.length > 0) spot.ordinary = [...spot.ordinary, place];
    else {
      spot.ordinary = [place];
      spot.since = place.turn;
    }
  }

  /** Takes the place off the list that `put` has it on. */
  function take(place: Place): void {
    const { member, spot } = place;
    if (!spot || isSpecial(place)) member.special.delete(place);
    else spot.ordinary = spot.ordinary.length === 1 ? none : spot.ordinary.filter((one) => one !== place);
  }

  function enter(member: Member, pod: Pod): void {
    const place: Place = {
      pod,
      member,
      spot: null,
      turn: 0,
      uid: pod.uid,
      node: "",
      phase: pod.phase,
      ready: false,
      readyTime: null,
      created: wholeSeconds(pod.created, start),
      cost: 0,
      rank: 0,
      restarts: 0,
      sidecarRestarts: 0,
    };
    member.places.set(pod, place);
    put(place);
  }

  function leave(place: Place): void {
    take(place);
    count(place, -1);
    place.member.places.delete(place.pod);
  }

  function observePod(pod: Pod, change: Change): void {
    if (crowds.size === 0) return;
    if (change.type === "modified") {
      if (!concerns(change.previous, relevant)) return;
      if ("owners" in change.previous) {
        const before = change.previous.owners?.find((one) => one.controller);
        const place = memberOf(before?.uid)?.places.get(pod);
        if (place) leave(place);
      }
    }
    const member = memberOf(controllerOf(pod)?.uid);
    if (!member) return;
    const place = member.places.get(pod);
    const active = change.type !== "deleted" && isPodActive(pod);
    if (!active) {
      if (place) leave(place);
    } else if (place) {
      take(place);
      put(place);
    } else enter(member, pod);
  }

  /** Those that can be among the `wanted` first ones. */
  function foremost(member: Member, wanted: number): Place[] {
    const { special, crowd } = member;
    const { alone, spots, ranks } = crowd;
    const places = [...special];
    if (alone) {
      for (const { ordinary } of [...spots.values()].sort((a, b) => a.since - b.since)) places.push(...ordinary);
      return places;
    }
    // Among the ordinary pods the crowd decides first: enough of the most crowded nodes hold all that can be chosen.
    const enough = special.size + wanted;
    for (let rank = ranks.length - 1; rank > 0 && places.length < enough; rank--) {
      for (const { ordinary } of ranks[rank]!) {
        for (const place of ordinary) if (place.member === member) places.push(place);
      }
    }
    return places;
  }

  return {
    observe(change) {
      const object: LiveObject = change.object;
      if (object.kind === "Pod") observePod(object, change);
      else if (object.kind === "ReplicaSet") {
        const owners = change.type === "modified" && "owners" in change.previous;
        if (change.type === "added" || (change.type === "modified" && !owners)) return;
        // Another family, or none any more: it is counted anew when the next choice is due.
        forget(crowdKey(object));
        forget(object.uid);
        if (owners) for (const one of change.previous.owners ?? []) forget(one.uid);
      }
    },
    victims(replicaSet, wanted, now) {
      const key = crowdKey(replicaSet);
      if (!crowds.has(key)) crowds.set(key, build(replicaSet));
      const member = memberOf(replicaSet.uid)!;
      const { crowd, places } = member;
      if (wanted >= places.size) return [...places.values()].sort((a, b) => a.turn - b.turn).map((one) => one.pod);
      const candidates = foremost(member, wanted);
      for (const one of candidates) one.rank = crowd.alone ? 0 : (one.spot?.related ?? 0);
      return chooseVictims(candidates, wanted, now).map((one) => one.pod);
    },
  };
}

function mostRestarts(pod: Pod, role: "regular" | "sidecar"): number {
  let most = 0;
  for (const one of pod.containers) if (one.role === role && one.restartCount > most) most = one.restartCount;
  return most;
}
