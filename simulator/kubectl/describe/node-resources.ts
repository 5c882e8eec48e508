/** What the pods of a node ask for, and how much of it that is. Models describeNodeResource of kubectl/pkg/describe/describe.go. */
import { asObject, type JsonObject, stringAt } from "../../api/json.ts";
import type { PodSpec } from "../../api/objects.ts";
import { podTotals } from "../../api/pod-totals.ts";
import { formatQuantity, roundUp } from "../../api/quantity.ts";
import { type Amounts, amountsIn, sumOf } from "../../api/quota/amounts.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import { ageText } from "./times.ts";
import { line, tableLines } from "./writer.ts";

/** Where Go ends that turns what is no number into one of 64 bits. */
const lowest = "-9223372036854775808";

const textOf = (amounts: Amounts, name: string): string => {
  const amount = amounts.get(name);
  return amount ? formatQuantity(amount) : "0";
};

/** Whole percent of what there is; cpu is counted in thousandths. */
function percent(amounts: Amounts, room: Amounts, name: string, ofNothing: string): string {
  const digits = name === "cpu" ? 3 : 0;
  const all = Number(roundUp(room.get(name)?.nanos ?? 0n, digits));
  if (all === 0) return ofNothing;
  return String(Math.trunc((Number(roundUp(amounts.get(name)?.nanos ?? 0n, digits)) / all) * 100));
}

/** The pods of a node with their requests and limits, and the sums. */
export function podTableLines(pods: readonly ApiObject[], status: JsonObject, now: number): string {
  const given = asObject(status["allocatable"]);
  const room = amountsIn(Object.keys(given).length > 0 ? given : asObject(status["capacity"]));
  const each = pods.map((pod) => {
    const spec = pod["spec"] as unknown as PodSpec;
    return { pod, requests: podTotals(spec, "requests"), limits: podTotals(spec, "limits") };
  });
  const share = (amounts: Amounts, name: string, ofNothing: string) =>
    `${textOf(amounts, name)} (${percent(amounts, room, name, ofNothing)}%)`;
  const rows = each.map(({ pod, requests, limits }) => {
    const cells = ["cpu", "memory"].flatMap((name) => [share(requests, name, lowest), share(limits, name, lowest)]);
    const age = ageText(stringAt(pod.metadata, "creationTimestamp"), now);
    return [pod.metadata.namespace ?? "", pod.metadata.name, "", ...cells, age].join("\t");
  });
  const sum = (part: "requests" | "limits") =>
    each.reduce((total, one) => sumOf(total, one[part]), new Map() as Amounts);
  const [requests, limits] = [sum("requests"), sum("limits")];
  const shared = (name: string) => [name, share(requests, name, "0"), share(limits, name, "0")].join("\t");
  const standard = ["cpu", "memory", "ephemeral-storage"];
  const huge = [...room.keys()].filter((name) => name.startsWith("hugepages-")).sort();
  const others = [...room.keys()].filter((name) => ![...standard, ...huge, "pods"].includes(name)).sort();
  const sums = [
    ...[...standard, ...huge].map(shared),
    ...others.map((name) => [name, textOf(requests, name), textOf(limits, name)].join("\t")),
  ];
  const titles = ["Namespace", "Name", "", "CPU Requests", "CPU Limits", "Memory Requests", "Memory Limits", "Age"];
  return [
    line(0, `Non-terminated Pods:\t(${pods.length} in total)`),
    tableLines("", titles, rows),
    line(0, "Allocated resources:"),
    line(1, "(Total limits may be over 100 percent, i.e., overcommitted.)"),
    tableLines("", ["Resource", "Requests", "Limits"], sums),
  ].join("");
}
