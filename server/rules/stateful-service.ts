import { serviceText, statefulText } from "./examples.ts";
import { advice, type NeighbourRule, withOther } from "./rule.ts";

const headless = serviceText("  clusterIP: None\n  selector: { app: db }\n  ports: [{ name: sql, port: 3306 }]\n");

/** A StatefulSet's pods get their DNS names from a headless Service that selects them. */
export const statefulService: NeighbourRule = {
  looks: "neighbours",
  codes: ["service-missing", "service-not-headless", "service-selects-others"],
  examples: {
    "service-missing": { bad: statefulText(""), good: statefulText(headless) },
    "service-not-headless": {
      bad: statefulText(headless.replace("  clusterIP: None\n", "")),
      good: statefulText(headless),
    },
    "service-selects-others": {
      bad: statefulText(headless.replace("app: db", "app: sql")),
      good: statefulText(headless),
    },
  },
  check(facts, around) {
    if (facts.kind !== "StatefulSet" || facts.serviceName === "") return [];
    const at = ["spec", "serviceName"];
    const { serviceName: service, name } = facts;
    const found = around.named(facts, "Service", service);
    // What is installed from elsewhere may be installed beside it all the same.
    if (found.length === 0 && around.anywhere("Service", facts.namespace, service)) return [];
    const [first] = found;
    if (first === undefined) {
      return [advice("service-missing", "information", at, { service, name, namespace: facts.namespace })];
    }
    if (!found.some((one) => one.service?.headless === true)) {
      const problem = advice("service-not-headless", "information", at, { service, name, namespace: facts.namespace });
      return [withOther(problem, first)];
    }
    const labels = facts.pods?.labels ?? {};
    const selects = found.some(
      (one) => one.selector === null || Object.entries(one.selector).every(([key, value]) => labels[key] === value),
    );
    if (selects) return [];
    const wanted = Object.entries(first.selector ?? {}).map(([key, value]) => `${key}=${String(value)}`);
    const problem = advice("service-selects-others", "warning", at, { service, name, selector: wanted.join(",") });
    return [withOther(problem, first)];
  },
};
