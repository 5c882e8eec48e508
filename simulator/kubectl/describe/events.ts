/** Events of an object, in a table at the end of its description. Models searchEvents and DescribeEvents of kubectl/pkg/describe/describe.go. */
import { asObject, type JsonObject, numberAt, stringAt } from "../../api/json.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import { goSorted } from "../go-sort.ts";
import { type Lookup, listed } from "./lookup.ts";
import { ageText } from "./times.ts";
import { tableLines } from "./writer.ts";

const mirror = "kubernetes.io/config.mirror";

/** Those about an object. */
export function eventsOf(look: Lookup, object: ApiObject): readonly ApiObject[] {
  const { name, namespace = "", uid = "", annotations = {} } = object.metadata;
  const search = (kind: string, id: string) => {
    const fields = { kind, name, namespace, uid: id };
    const terms = Object.entries(fields).filter(([key, value]) => value !== "" || key === "namespace");
    const fieldSelector = terms.map(([key, value]) => `involvedObject.${key}=${value}`).join(",");
    return listed(look, "Event", namespace, { fieldSelector });
  };
  if (object.kind === "Pod") return search("", annotations[mirror] ?? uid);
  // A kubelet calls its node by the name where others use the uid.
  return object.kind === "Node" ? [...search("Node", uid), ...search("Node", name)] : search(object.kind, uid);
}

/** `3m (x5 over 10m)`: how long ago an event was, and how often since when. */
export function intervalText(event: ApiObject, now: number): string {
  const first = ageText(event["eventTime"] ?? event["firstTimestamp"], now);
  const series = asObject(event["series"]);
  if (event["series"]) {
    return `${ageText(series["lastObservedTime"], now)} (x${numberAt(series, "count") ?? 0} over ${first})`;
  }
  const count = numberAt(event, "count") ?? 0;
  return count > 1 ? `${ageText(event["lastTimestamp"], now)} (x${count} over ${first})` : first;
}

/** `container{nginx}: Back-off …`: what an event says, with the part of the object it is about. */
function messageText(event: JsonObject): string {
  const message = stringAt(event, "message").trim();
  const path = stringAt(asObject(event["involvedObject"]), "fieldPath");
  return path === "" ? message : `${path}: ${message}`;
}

/** When an event was last seen, in milliseconds since 1970. */
function lastSeen(event: ApiObject): number {
  return Date.parse(stringAt(event, "lastTimestamp")) || Number.NEGATIVE_INFINITY;
}

/** When an event was, as `kubectl events` takes it: also of events that say it another way. */
export function timeOf(event: ApiObject): number {
  const series = event["series"];
  const said = series ? stringAt(asObject(series), "lastObservedTime") : stringAt(event, "lastTimestamp");
  return Date.parse(said || (series ? "" : stringAt(event, "eventTime"))) || Number.NEGATIVE_INFINITY;
}

/** The table, the event that was last seen at its end. */
export function eventLines(events: readonly ApiObject[], now: number): string {
  if (events.length === 0) return "Events:\t<none>\n";
  const rows = goSorted(events, (a, b) => lastSeen(a) < lastSeen(b)).map((event) => {
    const source = stringAt(asObject(event["source"]), "component") || stringAt(event, "reportingComponent");
    const cells = [stringAt(event, "type"), stringAt(event, "reason"), intervalText(event, now), source];
    return [...cells, messageText(event)].join("\t");
  });
  const titles = ["Type", "Reason", "Age", "From", "Message"];
  return tableLines("Events", titles, rows, ["----", "------", "----", "----", "-------"]);
}
