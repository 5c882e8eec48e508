import type { Problem } from "../../simulator/api/problem.ts";
import type { Facts } from "../service/facts.ts";
import { editDistance } from "../service/suggest.ts";
import { deploymentText, serviceText } from "./examples.ts";
import { selectedBy } from "./neighbourhood.ts";
import { advice, type NeighbourRule, withOther } from "./rule.ts";

/** Labels that controllers put on pods beyond those of the template. */
const generated: ReadonlySet<string> = new Set([
  "apps.kubernetes.io/pod-index",
  "batch.kubernetes.io/controller-uid",
  "batch.kubernetes.io/job-completion-index",
  "batch.kubernetes.io/job-name",
  "controller-revision-hash",
  "controller-uid",
  "job-name",
  "pod-template-generation",
  "pod-template-hash",
  "statefulset.kubernetes.io/pod-name",
]);
/** In a file with more workloads nobody can say which one is meant. */
const mostWorkloads = 100;

/**
 * A Service that selects no pods, beside a workload whose pods it nearly selects. Pods that are nowhere near may be
 * elsewhere, so nothing is said of those.
 */
export const serviceSelectsNothing: NeighbourRule = {
  looks: "neighbours",
  codes: ["service-selects-nothing"],
  examples: {
    "service-selects-nothing": { bad: selecting("app: shpo"), good: selecting("app: shop") },
  },
  check(facts, around) {
    const { service, selector, namespace, name } = facts;
    if (service === null || selector === null || service.external) return [];
    const wanted = Object.entries(selector);
    if (wanted.length === 0 || wanted.some(([key]) => generated.has(key))) return [];
    if (selectedBy(facts, around).length > 0) return [];
    const makers = around.makersBeside(facts);
    // The rule for StatefulSets tells of the Service that gives them their names.
    if (makers.length > mostWorkloads || makers.some(({ serviceName }) => serviceName === name)) return [];
    for (const maker of makers) {
      const labels = maker.pods?.labels ?? {};
      const missed = wanted.filter(([key, value]) => labels[key] !== value);
      const [first] = missed;
      if (first === undefined || missed.length > 1) continue;
      const [key, value] = [first[0], String(first[1])];
      const found = meantLabel(key, value, maker, facts);
      if (found === null) continue;
      const params = {
        namespace,
        kind: maker.kind,
        name: maker.name,
        label: `${key}: ${value}`,
        meant: `${found}: ${labels[found]}`,
      };
      const problem: Problem = advice("service-selects-nothing", "information", ["spec", "selector", key], params);
      return [withOther(found === key ? problem : { ...problem, onKey: true }, maker)];
    }
    return [];
  },
};

/** The key of the label of the workload's pods that was meant by one they do not have; null when that is not clear. */
function meantLabel(key: string, value: string, maker: Facts, service: Facts): string | null {
  const labels = maker.pods?.labels ?? {};
  const there = labels[key];
  if (there !== undefined) return maker.name === service.name || isSlip(value, there) ? key : null;
  return Object.keys(labels).find((one) => labels[one] === value && service.selector?.[one] === undefined) ?? null;
}

/** Whether one text is the other mistyped. Texts that differ in their numbers, as `v1` and `v2`, are both meant. */
function isSlip(one: string, other: string): boolean {
  if (one.toLowerCase() === other.toLowerCase()) return true;
  const letters = (text: string) => text.replace(/[0-9]+/g, "");
  if (letters(one) === letters(other) || Math.min(one.length, other.length) < 4) return false;
  return Math.abs(one.length - other.length) <= 2 && editDistance(one, other) <= (one.length < 8 ? 1 : 2);
}

function selecting(label: string): string {
  return deploymentText("", "", "shop") + serviceText(`  selector: { ${label} }\n  ports: [{ port: 80 }]\n`);
}
