/** `kubectl top`. Models kubectl/pkg/cmd/top and kubectl/pkg/metricsutil. */
import { asObject, type JsonObject, listAt, stringAt } from "../../api/json.ts";
import { roundUp } from "../../api/quantity.ts";
import { type Amounts, amountsIn, sumOf } from "../../api/quota/amounts.ts";
import type { ListOptions } from "../../apiserver/read.ts";
import type { Status } from "../../apiserver/status.ts";
import type { ApiList, ApiObject } from "../../apiserver/types.ts";
import { goSorted } from "../go-sort.ts";
import { alignedText } from "../print/table-text.ts";
import type { Command, Context, Running } from "./command.ts";
import { ended, fail, misused } from "./failure.ts";
import { byFieldSelector, bySelector, everyNamespace, text, toggle } from "./flag.ts";
import { getObject, listObjects } from "./requests.ts";
import { flag, isOn, type Words } from "./words.ts";

const common = [
  bySelector,
  toggle("no-headers", "leave the headings out"),
  toggle("show-swap", "print the use of swap memory too"),
  text("sort-by", "cpu or memory: by what to sort"),
  toggle("use-protocol-buffers", "ask for metrics in another form", { value: "true" }),
];

export const top: Command = {
  name: "top",
  says: "Show what nodes and pods use",
  commands: [
    {
      name: "node",
      aliases: ["nodes", "no"],
      says: "Show what nodes use",
      usage: "[NAME | -l label]",
      flags: [...common, toggle("show-capacity", "compare with what nodes have, not with what they give to pods")],
      run: nodes,
    },
    {
      name: "pod",
      aliases: ["pods", "po"],
      says: "Show what pods use",
      usage: "[NAME | -l label]",
      flags: [
        ...common,
        byFieldSelector,
        everyNamespace,
        toggle("containers", "print each container"),
        toggle("sum", "print the sum"),
      ],
      run: pods,
    },
  ],
};

type Metrics = { readonly items: readonly ApiObject[] } | { readonly status: Status } | { readonly missing: true };

function metricsOf(
  { door }: Context,
  resource: "pods" | "nodes",
  namespace: string,
  name: string,
  options: ListOptions,
): Metrics {
  const at = { group: "metrics.k8s.io", version: "v1beta1", resource, ...(namespace === "" ? {} : { namespace }) };
  const { code, body } =
    name === "" ? door.request({ verb: "list", ...at, options }) : door.request({ verb: "get", ...at, name });
  if (code === 200) return { items: name === "" ? (body as ApiList).items : [body as ApiObject] };
  const status = body as Status;
  return status.details?.name === undefined && status.code === 404 ? { missing: true } : { status };
}

function usageOf(metrics: JsonObject): Amounts {
  if (metrics["usage"]) return amountsIn(asObject(metrics["usage"]));
  return listAt(metrics, "containers")
    .map((one) => amountsIn(asObject(asObject(one)["usage"])))
    .reduce((sum, one) => sumOf(sum, one), new Map() as Amounts);
}

const milli = (amounts: Amounts, name: string): number => Number(roundUp(amounts.get(name)?.nanos ?? 0n, 3));
const cpuText = (amounts: Amounts): string => `${milli(amounts, "cpu")}m`;
const memoryText = (amounts: Amounts): string =>
  `${Number(roundUp(amounts.get("memory")?.nanos ?? 0n, 0) / (1024n * 1024n))}Mi`;

/** The most first where there is a resource to sort by, in which equal ones stay as Go leaves them; else by name. */
function ordered(items: readonly ApiObject[], by: string, withNamespace = false): readonly ApiObject[] {
  const place = ({ metadata }: ApiObject) => `${withNamespace ? (metadata.namespace ?? "") : ""}/${metadata.name}`;
  if (by === "") return items.toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
  return goSorted(items, (a, b) => milli(usageOf(a), by) > milli(usageOf(b), by));
}

/** Rows end with a cell that is empty, as kubectl writes them. */
const lines = (rows: readonly (readonly string[])[]): string => alignedText(rows.map((row) => [...row, ""]));

function misuse(
  words: Words,
  usage: string,
  selectors: readonly string[],
  why: string,
): { readonly usage: string } | { readonly why: string } | undefined {
  if (words.args.length > 1) return { usage };
  const by = flag(words, "sort-by");
  if (by !== "" && by !== "cpu" && by !== "memory") return { why: "--sort-by accepts only cpu or memory" };
  const isSelecting = selectors.some((name) => flag(words, name) !== "");
  return words.args.length === 1 && isSelecting ? { why } : undefined;
}

function* nodes(context: Context, words: Words): Running {
  const wrong = misuse(words, "node [NAME | -l label]", ["selector"], "only one of NAME or --selector can be provided");
  if (wrong) return yield* "usage" in wrong ? misused(words, wrong.usage) : fail(wrong.why);
  const [name = ""] = words.args;
  const selector = { labelSelector: flag(words, "selector") };
  const metrics = metricsOf(context, "nodes", "", name, selector);
  if ("missing" in metrics) return yield* fail("Metrics API not available");
  if ("status" in metrics) return yield* ended([metrics.status]);
  if (metrics.items.length === 0) return yield* fail("metrics not available yet");
  const row = context.door.kinds.named("Node")!;
  const found =
    name === ""
      ? yield* listObjects(context, row, "", selector)
      : yield* getObject(context, { row, namespace: "", name });
  if (!found.ok) return yield* ended([found.status]);
  const all = "items" in found.object ? (found.object as ApiList).items : [found.object as ApiObject];
  const room = new Map(
    all.map((node) => {
      const status = asObject(node["status"]);
      return [
        node.metadata.name,
        amountsIn(asObject(status[isOn(words, "show-capacity") ? "capacity" : "allocatable"])),
      ];
    }),
  );
  const hasSwap = isOn(words, "show-swap");
  const swap = hasSwap ? ["<unknown>", "<unknown>"] : [];
  const measured = ordered(metrics.items, flag(words, "sort-by"));
  const rows = measured.map((one) => {
    const [usage, has] = [usageOf(one), room.get(one.metadata.name) ?? new Map()];
    const share = (what: string) => {
      const whole = milli(has, what);
      return `${whole === 0 ? 0 : Math.trunc((milli(usage, what) / whole) * 100)}%`;
    };
    return [one.metadata.name, cpuText(usage), share("cpu"), memoryText(usage), share("memory"), ...swap];
  });
  const unknown = [...room.keys()].filter((node) => !measured.some(({ metadata }) => metadata.name === node)).sort();
  const nothing = Array.from({ length: hasSwap ? 6 : 4 }, () => "<unknown>");
  const titles = [
    "NAME",
    "CPU(cores)",
    "CPU(%)",
    "MEMORY(bytes)",
    "MEMORY(%)",
    ...(hasSwap ? ["SWAP(bytes)", "SWAP(%)"] : []),
  ];
  const head = isOn(words, "no-headers") ? [] : [titles];
  yield { out: lines([...head, ...rows, ...unknown.map((node) => [node, ...nothing])]) };
  return 0;
}

function* pods(context: Context, words: Words): Running {
  const selectors = ["selector", "field-selector"];
  const wrong = misuse(words, "pod [NAME | -l label]", selectors, "only one of NAME or selector can be provided");
  if (wrong) return yield* "usage" in wrong ? misused(words, wrong.usage) : fail(wrong.why);
  const [name = ""] = words.args;
  const isEverywhere = isOn(words, "all-namespaces");
  const namespace = isEverywhere ? "" : context.namespace;
  const options = { labelSelector: flag(words, "selector"), fieldSelector: flag(words, "field-selector") };
  const metrics = metricsOf(context, "pods", namespace, name, options);
  if ("missing" in metrics) return yield* fail("Metrics API not available");
  if ("status" in metrics) return yield* ended([metrics.status]);
  if (metrics.items.length === 0) return yield* unmeasured(context, namespace, options);
  const by = flag(words, "sort-by");
  const before = ({ metadata }: ApiObject) => (isEverywhere ? [metadata.namespace ?? ""] : []);
  const rows = ordered(metrics.items, by, isEverywhere).flatMap((pod) => {
    if (!isOn(words, "containers")) {
      return [[...before(pod), pod.metadata.name, cpuText(usageOf(pod)), memoryText(usageOf(pod))]];
    }
    const containers = listAt(pod, "containers").map(asObject);
    const sorted = containers.toSorted((a, b) =>
      by === "" ? (stringAt(a, "name") < stringAt(b, "name") ? -1 : 1) : milli(usageOf(b), by) - milli(usageOf(a), by),
    );
    return sorted.map((one) => {
      const usage = usageOf(one);
      return [...before(pod), pod.metadata.name, stringAt(one, "name"), cpuText(usage), memoryText(usage)];
    });
  });
  const titles = [
    ...(isEverywhere ? ["NAMESPACE"] : []),
    ...(isOn(words, "containers") ? ["POD"] : []),
    ...["NAME", "CPU(cores)", "MEMORY(bytes)"],
  ];
  const hasTitles = !isOn(words, "no-headers");
  const sums = isOn(words, "sum") ? sumRows(metrics.items, hasTitles ? titles.length : 3) : [];
  yield { out: lines([...(hasTitles ? [titles] : []), ...rows, ...sums]) };
  return 0;
}

function sumRows(items: readonly ApiObject[], width: number): readonly (readonly string[])[] {
  const total = items.map(usageOf).reduce((sum, one) => sumOf(sum, one), new Map() as Amounts);
  const blank = (count: number) => Array.from({ length: Math.max(0, count) }, () => "");
  return [
    [...blank(width - 2), "________", "________"],
    [...blank(width - 3), "", cpuText(total), memoryText(total)],
  ];
}

/** Pods that are there but not measured yet: those that could be by now are an error of their own. */
function* unmeasured(context: Context, namespace: string, options: ListOptions): Running {
  const row = context.door.kinds.named("Pod")!;
  const found = yield* listObjects(context, row, namespace, options);
  if (!found.ok) return yield* ended([found.status]);
  if (found.object.items.length === 0) {
    yield { err: namespace === "" ? "No resources found\n" : `No resources found in ${namespace} namespace.\n` };
    return 0;
  }
  for (const { metadata } of found.object.items) {
    const age = context.door.now() - Date.parse(stringAt(metadata as JsonObject, "creationTimestamp"));
    if (age > 2 * 60_000) {
      const why = `Metrics not available for pod ${metadata.namespace}/${metadata.name}, age: ${goDuration(age)}`;
      return yield* fail(why);
    }
  }
  return yield* fail("metrics not available yet");
}

/** `1h2m3.5s`, as Go writes a length of time. */
function goDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  const [hours, minutes] = [Math.trunc(seconds / 3600), Math.trunc(seconds / 60) % 60];
  const rest = `${Number((seconds % 60).toFixed(3))}s`;
  return `${hours > 0 ? `${hours}h` : ""}${seconds >= 60 ? `${minutes}m` : ""}${rest}`;
}
