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
import { podFieldBits } from "../../cluster/pod-fields.ts";
import type { Change, Store } from "../../cluster/store.ts";
import { type Candidate, chooseVictims, deletionCost, deletionCostAnnotation } from "./victims.ts";

/** Where an active pod stands. */
interface Place {
  readonly pod: Pod;
  readonly member: Member;
  /** Its node; null as long as it is not bound. */
  spot: Spot | null;
  /** Not bound, not running, not ready or with a deletion cost: what decides before the crowd does. */
  special: boolean;
  /** Number of its last change. */
  turn: number;
}

/** A node with related pods. */
interface Spot {
  readonly node: string;
  related: number;
  /** Those of them that are not special; few, so that a list does. */
  ordinary: readonly Place[];
  /** The turn of the first of them. */
  since: number;
}

/** The active pods of one ReplicaSet. */
interface Member {
  readonly crowd: Crowd;
  size: number;
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

interface Crowds {
  /** Hears of every change of a pod or ReplicaSet. */
  observe(change: Change): void;
  /** The `count` active pods of the ReplicaSet that go first. */
  victims(replicaSet: ReplicaSet, count: number, now: number): readonly Pod[];
}

/** What of a pod decides where it stands and how it ranks. */
const relevant = podFieldBits([
  "node",
  "phase",
  "ready",
  "readyTime",
  "deleted",
  "owners",
  "annotations",
  "containers",
]);

/** `start` is the wall-clock instant of time 0: Kubernetes keeps times in whole seconds. */
export function createCrowds(store: Store, start: number): Crowds {
  /** By the owner's UID, or the ReplicaSet's own; only of those that had to choose before. */
  const crowds = new Map<string, Crowd>();
  /** By the UID of the ReplicaSet. */
  const members = new Map<string, Member>();
  /** By the sequence number of the pod. */
  const places: (Place | undefined)[] = [];
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
    const member: Member = { crowd, size: 0, special: new Set() };
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

  /** One more or one fewer related pod there. */
  function count({ alone, spots, ranks }: Crowd, spot: Spot, by: 1 | -1): void {
    if (!alone) ranks[spot.related]?.delete(spot);
    spot.related += by;
    if (spot.related === 0) spots.delete(spot.node);
    else if (!alone) {
      while (ranks.length <= spot.related) ranks.push(new Set());
      ranks[spot.related]!.add(spot);
    }
  }

  function moveTo(place: Place, node: string): void {
    const { crowd } = place.member;
    if (place.spot) count(crowd, place.spot, -1);
    place.spot = null;
    if (node === "") return;
    let spot = crowd.spots.get(node);
    if (!spot) {
      spot = { node, related: 0, ordinary: none, since: 0 };
      crowd.spots.set(node, spot);
    }
    place.spot = spot;
    count(crowd, spot, 1);
  }

  /** Takes the place off its list. */
  function take(place: Place): void {
    const { member, special, spot } = place;
    if (special) member.special.delete(place);
    else spot!.ordinary = spot!.ordinary.length === 1 ? none : spot!.ordinary.filter((one) => one !== place);
  }

  /** Lists the place among the special ones or on its node, by what its pod is now. */
  function put(place: Place): void {
    const { member, special, spot } = place;
    if (special) member.special.add(place);
    else if (spot!.ordinary.length > 0) spot!.ordinary = [...spot!.ordinary, place];
    else {
      spot!.ordinary = [place];
      spot!.since = place.turn;
    }
  }

  function enter(member: Member, pod: Pod): void {
    const place: Place = { pod, member, spot: null, special: isSpecial(pod), turn: ++turns };
    moveTo(place, pod.node);
    put(place);
    member.size++;
    places[pod.sequence] = place;
  }

  /** Its pod has changed. */
  function renew(place: Place): void {
    const { pod, special, spot } = place;
    const after = isSpecial(pod);
    // The commonest changes of a pod that starts leave it among the special ones.
    const stays = special && after;
    if (!stays) take(place);
    if ((spot?.node ?? "") !== pod.node) moveTo(place, pod.node);
    place.special = after;
    place.turn = ++turns;
    if (!stays) put(place);
  }

  function leave(place: Place): void {
    take(place);
    moveTo(place, "");
    place.member.size--;
    places[place.pod.sequence] = undefined;
  }

  function placeOf(pod: Pod, member: Member | undefined): Place | undefined {
    const place = places[pod.sequence];
    return place && place.member === member ? place : undefined;
  }

  function observePod(pod: Pod, change: Change): void {
    if (crowds.size === 0) return;
    if (change.type === "modified") {
      if (!(change.podFields & relevant)) return;
      if ("owners" in change.previous) {
        const before = change.previous.owners?.find((one) => one.controller);
        const place = placeOf(pod, memberOf(before?.uid));
        if (place) leave(place);
      }
    }
    const member = memberOf(controllerOf(pod)?.uid);
    if (!member) return;
    const place = placeOf(pod, member);
    const active = change.type !== "deleted" && isPodActive(pod);
    if (active && place) renew(place);
    else if (active) enter(member, pod);
    else if (place) leave(place);
  }

  function all(uid: string, member: Member): Place[] {
    return [...store.pods(uid).pods].flatMap((pod) => placeOf(pod, member) ?? []);
  }

  /** Those that can be among the `wanted` first ones. */
  function foremost(member: Member, wanted: number): Place[] {
    const { special, crowd } = member;
    const { alone, spots, ranks } = crowd;
    const found = [...special].sort(byTurn);
    if (alone) {
      for (const { ordinary } of [...spots.values()].sort((a, b) => a.since - b.since)) found.push(...ordinary);
      return found;
    }
    // Among the ordinary pods the crowd decides first: enough of the most crowded nodes hold all that can be chosen.
    const enough = special.size + wanted;
    for (let rank = ranks.length - 1; rank > 0 && found.length < enough; rank--) {
      for (const { ordinary } of ranks[rank]!) {
        for (const place of ordinary) if (place.member === member) found.push(place);
      }
    }
    return found;
  }

  function candidateOf({ pod, member, spot }: Place): Candidate & { readonly pod: Pod } {
    return {
      pod,
      uid: pod.uid,
      node: pod.node,
      phase: pod.phase,
      ready: pod.ready,
      readyTime: pod.readyTime === null ? null : wholeSeconds(pod.readyTime, start),
      created: wholeSeconds(pod.created, start),
      cost: costOf(pod),
      rank: member.crowd.alone ? 0 : (spot?.related ?? 0),
      restarts: mostRestarts(pod, "regular"),
      sidecarRestarts: mostRestarts(pod, "sidecar"),
    };
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
      if (wanted >= member.size)
        return all(replicaSet.uid, member)
          .sort(byTurn)
          .map(({ pod }) => pod);
      return chooseVictims(foremost(member, wanted).map(candidateOf), wanted, now).map(({ pod }) => pod);
    },
  };
}

const byTurn = (a: Place, b: Place): number => a.turn - b.turn;

function costOf({ annotations }: Pod): number {
  return deletionCost(annotations[deletionCostAnnotation]);
}

function isSpecial(pod: Pod): boolean {
  return pod.node === "" || pod.phase !== "Running" || !pod.ready || costOf(pod) !== 0;
}

function mostRestarts(pod: Pod, role: "regular" | "sidecar"): number {
  let most = 0;
  for (const one of pod.containers) if (one.role === role && one.restartCount > most) most = one.restartCount;
  return most;
}
