/** The text of a scenario's file -> what it says, or what is wrong with it and where. Nothing is thrown. */
import type { ManifestObject } from "../../simulator/api/objects.ts";
import { isTarget } from "../../simulator/api/target.ts";
import type { Mode } from "../../simulator/played.ts";
import type { Behaviour } from "../../simulator/scenario/behaviour.ts";
import { parseDurationText } from "../../simulator/scenario/duration-text.ts";
import type { Action, Fault, ScenarioNode, Timings } from "../../simulator/scenario/scenario.ts";
import {
  type FieldProblem,
  type FieldReader,
  type Fields,
  fields,
  known,
  list,
  number,
  readFields,
  string,
  wrong,
} from "../yaml/fields.ts";
import type { Expectation, ScenarioFile, Source } from "./file.ts";

const names = [
  "title",
  "manifests",
  "before",
  "mode",
  "restart",
  "kubernetes",
  "seed",
  "start",
  "for",
  "elsewhere",
  "timings",
  "nodes",
  "faults",
  "behaviours",
  "steps",
  "expect",
] as const;
const expectations = ["of", "finishes", "stops", "availableAtLeast", "podsAtMost", "downtimeAtMost", "event"] as const;
const modes: readonly unknown[] = ["create", "change", "restart"] satisfies readonly Mode[];

/** Reads a scenario. What its nodes, faults and actions hold is judged where it is run. */
export function readScenarioFile(
  text: string,
): { readonly file: ScenarioFile } | { readonly problems: readonly FieldProblem[] } {
  const reader: FieldReader = { problems: [] };
  const given = readFields(reader, text);
  if (given === undefined) return reader;
  known(reader, given, "", names);
  const { title, manifests, before, mode, restart, kubernetes, seed, start, elsewhere, nodes } = given;
  const length = given["for"];
  if (mode !== undefined && !modes.includes(mode)) wrong(reader, "field-wrong", "mode");
  if (kubernetes !== undefined && !isTarget(String(kubernetes))) wrong(reader, "field-wrong", "kubernetes");
  if (elsewhere !== undefined && elsewhere !== "there" && elsewhere !== "missing")
    wrong(reader, "field-wrong", "elsewhere");
  const file = {
    ...(title === undefined ? {} : { title: string(reader, title, "title") }),
    ...(manifests === undefined ? {} : { manifests: sources(reader, manifests, "manifests") }),
    ...(before === undefined ? {} : { before: before === "HEAD" ? before : sources(reader, before, "before") }),
    ...(mode === undefined ? {} : { mode: mode as Mode }),
    ...(restart === undefined ? {} : { restart: string(reader, restart, "restart") }),
    ...(kubernetes === undefined ? {} : { kubernetes: String(kubernetes) }),
    seed: seed === undefined ? 1 : number(reader, seed, "seed"),
    ...(start === undefined ? {} : { start: instant(reader, start, "start") }),
    ...(length === undefined ? {} : { length: duration(reader, length, "for") }),
    ...(elsewhere === undefined ? {} : { elsewhere }),
    timings: timed(fields(reader, given["timings"] ?? {}, "timings")) as Partial<Timings>,
    ...(nodes === undefined ? {} : { nodes: list(reader, nodes, "nodes", true, (one) => one as ScenarioNode) }),
    faults: list(reader, given["faults"], "faults", false, faultOf),
    behaviours: list(reader, given["behaviours"], "behaviours", false, behaviourOf),
    steps: list(reader, given["steps"], "steps", false, (one, path) => step(reader, one, path)),
    expect: list(reader, given["expect"], "expect", false, (one, path) => expectation(reader, one, path)),
  };
  return reader.problems.length > 0 ? { problems: reader.problems } : { file: file as ScenarioFile };
}

/** A list, or a single one. */
function sources(reader: FieldReader, value: unknown, path: string): readonly Source[] {
  const one = (given: unknown, at: string): Source =>
    typeof given === "string" ? given : (fields(reader, given, at) as unknown as ManifestObject);
  return Array.isArray(value) ? list(reader, value, path, true, one) : [one(value, path)];
}

function step(reader: FieldReader, value: unknown, path: string): ScenarioFile["steps"][number] {
  const { at, ...action } = fields(reader, value, path);
  if (action["do"] === undefined) wrong(reader, "field-missing", `${path}.do`);
  const inner: Fields = {
    ...action,
    ...(action["fault"] === undefined ? {} : { fault: faultOf(action["fault"]) }),
    ...(action["behaviour"] === undefined ? {} : { behaviour: behaviourOf(action["behaviour"]) }),
  };
  return { at: duration(reader, at, `${path}.at`), action: inner as unknown as Action };
}

function expectation(reader: FieldReader, value: unknown, path: string): Expectation {
  const given = fields(reader, value, path);
  known(reader, given, path, expectations);
  const { of, finishes, stops, availableAtLeast, podsAtMost, downtimeAtMost, event } = given;
  const happened = event === undefined ? undefined : fields(reader, event, `${path}.event`);
  const result = {
    ...(of === undefined ? {} : { of: string(reader, of, `${path}.of`) }),
    ...(finishes === undefined
      ? {}
      : { finishes: typeof finishes === "boolean" ? finishes : duration(reader, finishes, `${path}.finishes`) }),
    ...(stops === undefined ? {} : { stops: string(reader, stops, `${path}.stops`) }),
    ...(availableAtLeast === undefined
      ? {}
      : { availableAtLeast: number(reader, availableAtLeast, `${path}.availableAtLeast`) }),
    ...(podsAtMost === undefined ? {} : { podsAtMost: number(reader, podsAtMost, `${path}.podsAtMost`) }),
    ...(downtimeAtMost === undefined
      ? {}
      : { downtimeAtMost: duration(reader, downtimeAtMost, `${path}.downtimeAtMost`) }),
    ...(happened === undefined
      ? {}
      : {
          event: {
            reason: string(reader, happened["reason"], `${path}.event.reason`),
            ...(happened["contains"] === undefined
              ? {}
              : { contains: string(reader, happened["contains"], `${path}.event.contains`) }),
          },
        }),
  };
  return result as Expectation;
}

/** `10s`, or milliseconds. */
function duration(reader: FieldReader, value: unknown, path: string): number {
  if (typeof value !== "string") return number(reader, value, path);
  const parsed = parseDurationText(value);
  if (parsed === undefined) wrong(reader, "field-wrong", path);
  return parsed ?? 0;
}

function instant(reader: FieldReader, value: unknown, path: string): number {
  const parsed = typeof value === "string" ? Date.parse(value) : typeof value === "number" ? value : Number.NaN;
  if (Number.isNaN(parsed)) wrong(reader, "field-wrong", path);
  return Number.isNaN(parsed) ? 0 : parsed;
}

const faultOf = (value: unknown): Fault => within(value, "fault") as Fault;
const behaviourOf = (value: unknown): Behaviour => within(value, "does") as Behaviour;

/** The times in one field of a value. */
function within(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return value;
  return { ...value, [name]: timed((value as Fields)[name]) };
}

/** Times as milliseconds, wherever they stand: nothing else in there looks like one. */
function timed(value: unknown): unknown {
  if (typeof value === "string") return parseDurationText(value) ?? value;
  if (Array.isArray(value)) return value.map(timed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, timed(one)]));
}
