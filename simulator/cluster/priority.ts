/** The priorities that classes give to pods. Models plugin/pkg/admission/priority/admission.go. */
import type { PodSpec } from "../api/objects.ts";
import type { Store } from "./store.ts";

export interface PriorityClass {
  readonly name: string;
  readonly value: number;
  readonly globalDefault: boolean;
  readonly preemptionPolicy: string;
}

/** The resource that classes are stored as. */
export const priorityClassResource = "priorityclasses.scheduling.k8s.io";

const usualPolicy = "PreemptLowerPriority";

/** The classes that every cluster has. */
export const systemClasses: readonly PriorityClass[] = [
  { name: "system-cluster-critical", value: 2_000_000_000 },
  { name: "system-node-critical", value: 2_000_001_000 },
].map((one) => ({ ...one, globalDefault: false, preemptionPolicy: usualPolicy }));

/** The classes of the cluster, those that are always there first. */
export function priorityClasses(store: Pick<Store, "allStored">): readonly PriorityClass[] {
  const own = Array.from(store.allStored(priorityClassResource), ({ name, content }) => ({
    name,
    value: Number(content["value"] ?? 0),
    globalDefault: content["globalDefault"] === true,
    preemptionPolicy: (content["preemptionPolicy"] as string | undefined) ?? usualPolicy,
  }));
  return [...systemClasses.filter(({ name }) => !own.some((one) => one.name === name)), ...own];
}

/** The class for pods that name none; of several the lowest counts. */
export function defaultClass(classes: readonly PriorityClass[]): PriorityClass | undefined {
  const marked = classes.filter(({ globalDefault }) => globalDefault);
  return marked.sort((a, b) => a.value - b.value)[0];
}

export type Prioritised = { readonly spec: PodSpec } | { readonly refused: string };

/** The spec with the priority of its class, or why the server refuses the pod. */
export function withPriority(spec: PodSpec, classes: readonly PriorityClass[]): Prioritised {
  const { priorityClassName: named = "", priority, preemptionPolicy } = spec;
  const found = named === "" ? defaultClass(classes) : classes.find(({ name }) => name === named);
  if (named !== "" && !found) return { refused: `no PriorityClass with name ${named} was found` };
  const { name, value, preemptionPolicy: policy } = found ?? { name: "", value: 0, preemptionPolicy: usualPolicy };
  const mustNot = (what: string, given: unknown, computed: unknown) =>
    `the ${what} (${given}) must not be provided in pod spec; priority admission controller computed ${computed} from the given PriorityClass name`;
  if (priority !== undefined && priority !== value)
    return { refused: mustNot("integer value of priority", priority, value) };
  if (preemptionPolicy !== undefined && preemptionPolicy !== policy)
    return { refused: mustNot("string value of PreemptionPolicy", preemptionPolicy, policy) };
  const className = name === "" ? {} : { priorityClassName: name };
  return { spec: { ...spec, ...className, priority: value, preemptionPolicy: policy } };
}

export interface Priorities {
  /**
   * The spec with its priority, the same for all pods of a template. Without a class that concerns it a spec stays as it is:
   * its priority is 0.
   */
  admit(spec: PodSpec): PodSpec;
  /** Classes changed. They reach only pods that are made from now on. */
  forget(): void;
}

/** Gives the pods of controllers the priority of their class. */
export function createPriorities(classesNow: () => readonly PriorityClass[]): Priorities {
  let classes: readonly PriorityClass[] | null = null;
  let usual: PriorityClass | undefined;
  let known = new WeakMap<PodSpec, PodSpec>();
  return {
    admit(spec) {
      if (classes === null) {
        classes = classesNow();
        usual = defaultClass(classes);
      }
      if (spec.priority !== undefined || (!spec.priorityClassName && !usual)) return spec;
      let admitted = known.get(spec);
      if (!admitted) {
        const result = withPriority(spec, classes);
        admitted = "spec" in result ? result.spec : spec;
        known.set(spec, admitted);
      }
      return admitted;
    },
    forget() {
      classes = null;
      known = new WeakMap();
    },
  };
}
