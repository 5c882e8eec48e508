/** `kubectl autoscale`. Models kubectl/pkg/cmd/autoscale/autoscale.go. */
import type { JsonObject } from "../../api/json.ts";
import { apiVersionOf, isScalable } from "../../api/kind.ts";
import { parseQuantity } from "../../api/quantity.ts";
import type { Command, Context, Running, Steps } from "./command.ts";
import { ended, type Failure, fail } from "./failure.ts";
import { count, dryRun, fieldManager, fromFiles, printing, saveConfig, text } from "./flag.ts";
import type { Info } from "./info.ts";
import { print } from "./output.ts";
import { pick } from "./pick.ts";
import { createObject } from "./requests.ts";
import { dryRunOf, flag, isOn, numberOf, type Words, wasGiven } from "./words.ts";
import { withLastAppliedInOrder } from "./written.ts";

export const autoscale: Command = {
  name: "autoscale",
  says: "Let the number of pods follow the load",
  usage: "(-f FILENAME | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS [--cpu=CPU] [--memory=MEMORY]",
  flags: [
    ...fromFiles,
    ...printing(),
    dryRun,
    saveConfig,
    fieldManager("kubectl-autoscale"),
    text("cpu", "the cpu that a pod is to use on average: a percentage of what it requests, or an amount"),
    count("cpu-percent", "the same as a number of percent", { value: "-1" }),
    count("max", "the most pods", { value: "-1", required: true }),
    text("memory", "the memory that a pod is to use on average: a percentage of what it requests, or an amount"),
    count("min", "the fewest pods", { value: "-1" }),
    text("name", "the name of the autoscaler; without it, that of the workload"),
  ],
  run,
};

type Target = { readonly type: "Utilization" | "AverageValue"; readonly [field: string]: string | number };

const units = { cpu: "m", memory: "Mi" } as const;

/** The target that a flag names: `70%`, `500m`, `500`; or why it is none. */
function targetOf(given: string, resource: "cpu" | "memory"): Target | { readonly error: string } {
  const input = given.trim();
  if (input === "") return { error: "empty input" };
  if (input.endsWith("%")) {
    const percent = input.slice(0, -1);
    if (!/^\+?[0-9]+$/.test(percent) || Number(percent) >= 2 ** 31) {
      return { error: `invalid percentage value: ${percent}` };
    }
    return { type: "Utilization", averageUtilization: Number(percent) };
  }
  const isBare = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(input);
  const parsed = parseQuantity(isBare ? `${Number(input)}${units[resource]}` : input);
  if (!parsed.ok) return { error: `invalid resource ${resource} value: ${input}` };
  return { type: "AverageValue", averageValue: parsed.quantity.text };
}

const metric = (name: string, target: Target): JsonObject => ({ type: "Resource", resource: { name, target } });

function metricsOf(words: Words): readonly JsonObject[] | { readonly error: string } {
  const percent = numberOf(words, "cpu-percent");
  const metrics = percent > 0 ? [metric("cpu", { type: "Utilization", averageUtilization: percent })] : [];
  for (const resource of ["cpu", "memory"] as const) {
    const given = flag(words, resource);
    if (given === "") continue;
    const target = targetOf(given, resource);
    if ("error" in target) return { error: String(target["error"]) };
    metrics.push(metric(resource, target as Target));
  }
  return metrics;
}

function* run(context: Context, words: Words): Running {
  const [min, max] = [numberOf(words, "min"), numberOf(words, "max")];
  if (wasGiven(words, "cpu-percent")) {
    const instead =
      "Use --cpu with percentage or resource quantity format (e.g., '70%' for utilization or '500m' for milliCPU).";
    yield { err: `Flag --cpu-percent has been deprecated, ${instead}\n` };
  }
  if (max < 1) return yield* fail(`--max=MAXPODS is required and must be at least 1, max: ${max}`);
  if (max < min) {
    return yield* fail(`--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`);
  }
  if (numberOf(words, "cpu-percent") > 0 && flag(words, "cpu") !== "") {
    return yield* fail("--cpu-percent and --cpu are mutually exclusive");
  }
  const metrics = metricsOf(words);
  if ("error" in metrics) return yield* fail(metrics.error);
  const { infos, failures } = yield* pick(context, words);
  const met: Failure[] = [...failures];
  for (const info of infos) met.push(...(yield* scale(context, words, info, metrics)));
  return yield* ended(infos.length === 0 && met.length === 0 ? ["no objects passed to autoscale"] : met);
}

function* scale(
  context: Context,
  words: Words,
  { place }: Info,
  metrics: readonly JsonObject[],
): Steps<readonly Failure[]> {
  const { row, name } = place;
  if (!isScalable(row)) {
    const resource = `${row.group === "" ? "/" : `${row.group}/`}${row.versions[0]}, Resource=${row.plural}`;
    return [
      `cannot autoscale a ${row.kind}: could not find scale subresource for ${resource} in discovery information`,
    ];
  }
  const autoscaler = context.door.kinds.named("HorizontalPodAutoscaler")!;
  const namespace = context.isNamespaceGiven ? { namespace: context.namespace } : {};
  const min = numberOf(words, "min");
  const made: JsonObject = {
    apiVersion: apiVersionOf(autoscaler),
    kind: autoscaler.kind,
    metadata: { name: flag(words, "name") || name, ...namespace },
    spec: {
      scaleTargetRef: { kind: row.kind, name, apiVersion: apiVersionOf(row) },
      ...(min > 0 ? { minReplicas: min } : {}),
      maxReplicas: numberOf(words, "max"),
      ...(metrics.length > 0 ? { metrics } : {}),
    },
  };
  if (dryRunOf(words) === "client") {
    const shown = { ...made, status: { desiredReplicas: 0, currentMetrics: null } };
    return yield* print(context, words, autoscaler, shown, "created");
  }
  const body = isOn(words, "save-config") ? withLastAppliedInOrder(made) : made;
  const options = { dryRun: dryRunOf(words) === "server", fieldManager: flag(words, "field-manager") };
  const answer = yield* createObject(context, autoscaler, context.namespace, body, options);
  if (answer.ok) return yield* print(context, words, autoscaler, answer.object, "autoscaled");
  // What the newer version does not take is tried in the older one, if that can have it.
  const cpu = flag(words, "cpu").trim();
  const isOldOne = flag(words, "memory") === "" && (numberOf(words, "cpu-percent") >= 0 || cpu.endsWith("%"));
  if (cpu !== "" && isOldOne) return [answer.status];
  const why = cpu === "" ? "empty input" : "%!w(<nil>)";
  return [`failed to create autoscaling/v2 HPA and the configuration is incompatible with autoscaling/v1: ${why}`];
}
