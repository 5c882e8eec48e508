/** The shape of the recorded pod lives, their reading, and what they say of containers in the words of a scenario. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import type { ManifestObject } from "../../../simulator/api/objects.ts";
import type { Behaviour, ContainerBehaviour, PullBehaviour } from "../../../simulator/scenario/behaviour.ts";
import type { Timeline } from "./compare.ts";

type Fields = Readonly<Record<string, unknown>>;

export interface Case {
  readonly name: string;
  readonly otherNodes?: number;
  readonly behaviour?: Readonly<Record<string, Readonly<Record<string, Fields>>>>;
  readonly steps?: readonly (Fields & { readonly at: number })[];
  readonly until: number;
  readonly manifests: string;
}

export function caseNames(dir: string): readonly string[] {
  const folder = join(dir, "podlife");
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith(".yaml"));
  return files.map((file) => file.slice(0, -".yaml".length)).sort();
}

export function readCase(dir: string, name: string): { readonly recorded: Case; readonly timeline: Timeline } {
  const file = (end: string) => readFileSync(join(dir, "podlife", `${name}${end}`), "utf8");
  return { recorded: parse(file(".yaml")) as Case, timeline: JSON.parse(file(".timeline.json")) as Timeline };
}

/** The objects in a text of several documents. */
export function objectsOf(text: string): readonly ManifestObject[] {
  return parseAllDocuments(text).flatMap((document) => (document.toJS() as ManifestObject | null) ?? []);
}

/** What the one node of the recordings has, and how its processes behave unless a case says otherwise. */
const usual: readonly Behaviour[] = [
  {
    on: {},
    does: { runs: "forever", onTerm: { exit: 0 }, serve: "nothing", user: 0, ready: [[0]], live: [[0]], up: [[0]] },
  },
];

/** Seconds of a case as milliseconds of a scenario, through all that is said of a container. */
function inMilliseconds(value: unknown, key = ""): unknown {
  if (typeof value === "number") return unitless.has(key) ? value : value * 1000;
  if (Array.isArray(value)) return value.map((one) => inMilliseconds(one, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, inMilliseconds(one, name)]));
}
/**
 * The recorded registry counts the answers that it gives, and a pull that fails has asked it twice: as its own mirror and as
 * itself.
 */
function pullsOf(answers: readonly PullBehaviour[]): readonly PullBehaviour[] {
  const pulls: PullBehaviour[] = [];
  for (let i = 0; i < answers.length; i++) {
    const [first, second] = [answers[i]!, answers[i + 1]];
    if (first.fails !== undefined && second) i++;
    pulls.push(first.fails !== undefined && second ? second : first);
  }
  return pulls;
}

const unitless = new Set(["exit", "port", "fails"]);

export function behavioursOf({ behaviour = {}, manifests, steps = [] }: Case): readonly Behaviour[] {
  const said = Object.entries(behaviour).flatMap(([name, containers]) =>
    Object.entries(containers).map(([container, does]): Behaviour => {
      const words = inMilliseconds(does) as ContainerBehaviour;
      const { image } = words;
      const pulls = image?.attempts ? { image: { ...image, attempts: pullsOf(image.attempts) } } : {};
      return { on: { name, container }, does: { ...words, ...pulls } };
    }),
  );
  const texts = [manifests, ...steps.flatMap((step) => (typeof step["create"] === "string" ? [step["create"]] : []))];
  const patched = JSON.stringify(steps);
  const images = new Set(
    [...`${texts.join("\n")}\n${patched}`.matchAll(/(?:local|down)\.test\/[^\s"',}\]]+/g)].map(([one]) => one),
  );
  const local = [...images].map((image): Behaviour => ({ on: { image }, does: { image: { onNode: true } } }));
  return [...usual, ...local, ...said];
}
