/**
 * Events as API objects. Who wants to read them has them recorded; they are then objects like any others, and go an hour after
 * they were last seen. Models client-go/tools/record and the event registry.
 */

import type { JsonObject } from "../api/json.ts";
import { apiVersionOf } from "../api/kind.ts";
import { kinds } from "../api/kinds.ts";
import type { Cluster, RecordedEvent } from "../cluster/cluster.ts";
import { kindName } from "../cluster/kind-name.ts";
import type { Stored } from "../cluster/objects.ts";
import { timeText } from "../cluster/time.ts";
import { uuidOf } from "./uid.ts";

const hour = 3_600_000;
const resource = "events";

/** How the components call themselves whose name is not that of their controller. */
const components: Readonly<Record<string, string>> = {
  scheduler: "default-scheduler",
  kubelet: "kubelet",
  "taint-eviction-controller": "taint-eviction-controller",
};

function componentOf(source: string): string {
  return components[source] ?? `${source}-controller`;
}

interface Seen {
  readonly object: Stored;
  first: number;
  last: number;
  count: number;
}

function contentOf(
  { object, level, reason, message, source }: RecordedEvent,
  seen: Omit<Seen, "object">,
  start: number,
): JsonObject {
  const kind = kindName(object);
  const row = kinds.named(kind);
  const component = componentOf(source);
  return {
    involvedObject: {
      kind,
      ...(object.namespace === "" ? {} : { namespace: object.namespace }),
      name: object.name,
      uid: uuidOf(object.uid),
      apiVersion: row ? apiVersionOf(row) : "v1",
      resourceVersion: String(object.version),
    },
    reason,
    message,
    source: { component, ...(object.kind === "Pod" && source === "kubelet" ? { host: object.node } : {}) },
    firstTimestamp: timeText(seen.first, start),
    lastTimestamp: timeText(seen.last, start),
    count: seen.count,
    type: level,
    eventTime: null,
    reportingComponent: component,
    reportingInstance: "",
  };
}

/** Records the events of the cluster from now on, equal ones added up, until the given function is called. */
export function recordEvents(cluster: Cluster): () => void {
  const { store, start } = cluster;
  /** By what makes events equal; the one that was seen longest ago first. */
  const known = new Map<string, Seen>();

  function forgetOld(now: number): void {
    for (const [key, { object, last }] of known) {
      if (now - last < hour) return;
      known.delete(key);
      store.remove(object);
    }
  }

  return cluster.listen((event) => {
    const now = cluster.now();
    forgetOld(now);
    const { object, level, reason, message, source } = event;
    const key = JSON.stringify([object.uid, level, reason, message, source]);
    const before = known.get(key);
    if (before) {
      known.delete(key);
      known.set(key, before);
      before.last = now;
      before.count++;
      store.update(before.object, { content: contentOf(event, before, start) });
      return;
    }
    const seen = { first: now, last: now, count: 1 };
    const created = store.create<"Stored">({
      kind: "Stored",
      resource,
      namespace: object.namespace === "" ? "default" : object.namespace,
      name: `${object.name}.${nameEnd(start + now, store.version())}`,
      labels: {},
      annotations: {},
      owners: [],
      finalizers: [],
      content: contentOf(event, seen, start),
    });
    known.set(key, { object: created, ...seen });
  });
}

/** The time in nanoseconds as sixteen hexadecimal digits; the version keeps two of one instant apart. */
function nameEnd(time: number, version: number): string {
  return (BigInt(time) * 1_000_000n + BigInt(version % 1_000_000)).toString(16).padStart(16, "0");
}
