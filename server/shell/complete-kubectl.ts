/** What a kubectl command line could go on with, by its table of commands and what is in the cluster. */
import { asObject, type JsonObject, listAt, stringAt } from "../../simulator/api/json.ts";
import type { KindRow } from "../../simulator/api/kind.ts";
import type { ApiObject } from "../../simulator/apiserver/types.ts";
import type { Command } from "../../simulator/kubectl/command/command.ts";
import { type Flag, globalFlags } from "../../simulator/kubectl/command/flag.ts";
import { kubectl } from "../../simulator/kubectl/command/table.ts";
import type { Session } from "../../simulator/session.ts";
import { firstConfig } from "./kubeconfig.ts";
import { objectsOf } from "./world.ts";

interface Line {
  readonly command: Command;
  /** Names of the commands on the way to it. */
  readonly path: readonly string[];
  /** What is no flag, behind the command. */
  readonly args: readonly string[];
  /** The flag whose value is being typed. */
  readonly open: Flag | undefined;
  readonly namespace: string;
}

const spaced = (word: string): string => `${word} `;

/** Candidates for the last word; those that do not begin as it does are left out by the caller. */
export function completeKubectl(
  words: readonly string[],
  last: string,
  session: Session,
  config: JsonObject | undefined,
): readonly string[] {
  const line = readLine(words, namespaceIn(config));
  const { command, open } = line;
  if (words.includes("--")) return [];
  if (open) return valuesOf(open, last, line, session).map(spaced);
  if (last.startsWith("-")) {
    const equals = last.indexOf("=");
    if (equals < 0) return flagsOf(command).flatMap((flag) => spelt(flag));
    const name = last.slice(2, equals);
    const flag = flagsOf(command).find((one) => one.name === name);
    const values = flag ? valuesOf(flag, last.slice(equals + 1), line, session) : [];
    return values.map((value) => `${last.slice(0, equals + 1)}${value} `);
  }
  const below = line.args.length === 0 ? (command.commands ?? []).map(({ name }) => spaced(name)) : [];
  return command.run ? [...below, ...argumentsOf(line, last, session)] : below;
}

function flagsOf(command: Command): readonly Flag[] {
  const own = command.flags ?? [];
  return [...own, ...globalFlags.filter(({ name }) => !own.some((one) => one.name === name))];
}

/** A flag that needs a value goes on with it. */
function spelt({ name, bare, short }: Flag): readonly string[] {
  return [`--${name}${bare === undefined ? "=" : " "}`, ...(short === undefined ? [] : [`-${short} `])];
}

function readLine(words: readonly string[], own: string): Line {
  let command = kubectl;
  const path: string[] = [];
  const args: string[] = [];
  let namespace = own;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (!word.startsWith("-") || word === "-") {
      const next = args.length === 0 ? findBelow(command, word) : undefined;
      if (next) {
        command = next;
        path.push(next.name);
      } else args.push(word);
      continue;
    }
    const [name = "", value] = word.split(/=(.*)/s);
    const flag = flagsOf(command).find((one) => name === `--${one.name}` || name === `-${one.short}`);
    if (!flag || flag.bare !== undefined) continue;
    const given = value ?? words[++at];
    if (given === undefined) return { command, path, args, open: flag, namespace };
    if (flag.name === "namespace") namespace = given;
  }
  return { command, path, args, open: undefined, namespace };
}

function findBelow({ commands = [] }: Command, name: string): Command | undefined {
  return commands.find((one) => one.name === name || one.aliases?.includes(name));
}

function namespaceIn(config: JsonObject = firstConfig): string {
  const current = listAt(config, "contexts")
    .map(asObject)
    .find((one) => one["name"] === config["current-context"]);
  return stringAt(asObject(current?.["context"]), "namespace") || "default";
}

const nodeCommands = new Set(["cordon", "uncordon", "drain"]);
const podCommands = new Set(["logs", "exec", "attach", "port-forward", "debug", "cp"]);
/** Commands whose arguments are names that do not exist yet, or none at all. */
const freeCommands = new Set([
  "create",
  "run",
  "version",
  "api-resources",
  "api-versions",
  "config",
  "apply",
  "replace",
]);
const workloadKinds = ["deployments", "statefulsets", "daemonsets", "replicasets"];
const typeOf: Readonly<Record<string, readonly string[]>> = {
  rollout: ["deployments", "statefulsets", "daemonsets"],
  set: ["deployments", "statefulsets", "daemonsets", "replicasets", "cronjobs", "jobs", "pods"],
  scale: ["deployments", "statefulsets", "replicasets"],
  autoscale: ["deployments", "statefulsets", "replicasets"],
  expose: ["deployments", "services", "replicasets", "pods"],
  taint: ["nodes"],
};

function argumentsOf({ path, args, namespace }: Line, last: string, session: Session): readonly string[] {
  const [first = ""] = path;
  const [type] = args;
  const names = (row: KindRow) => namesOf(session, row, namespace);
  const rowOf = (resource: string) => session.kinds.resource(resource);
  if (freeCommands.has(first)) return [];
  if (nodeCommands.has(first)) return rowOf("nodes") ? names(rowOf("nodes")!).map(spaced) : [];
  if (podCommands.has(first)) {
    if (type !== undefined) return first === "logs" ? containersOf(session, type, namespace).map(spaced) : [];
    const pods = rowOf("pods");
    return [...(pods ? names(pods).map(spaced) : []), ...slashed(last, session, names, workloadKinds)];
  }
  if (first === "set" && path[1] === "image" && type?.includes("/")) {
    return containersOf(session, type, namespace).map((name) => `${name}=`);
  }
  const kinds = typeOf[first] ?? session.kinds.rows.map(({ plural }) => plural);
  if (type === undefined) {
    if (last.includes("/")) return slashed(last, session, names, kinds);
    const comma = last.lastIndexOf(",") + 1;
    return kindNames(session, kinds).map((name) => `${last.slice(0, comma)}${name}`);
  }
  if (type.includes("/")) return last.includes("/") ? slashed(last, session, names, kinds) : [];
  if (first === "explain" || first === "top") return [];
  const rows = type.split(",").flatMap((one) => rowOf(one) ?? []);
  const given = new Set(args.slice(1));
  return rows
    .flatMap(names)
    .filter((name) => !given.has(name))
    .map(spaced);
}

/** `deployment/web` */
function slashed(
  last: string,
  session: Session,
  names: (row: KindRow) => readonly string[],
  kinds: readonly string[],
): readonly string[] {
  const slash = last.indexOf("/");
  if (slash < 0) return kinds.flatMap((kind) => session.kinds.resource(kind)?.singular ?? []).map((one) => `${one}/`);
  const row = session.kinds.resource(last.slice(0, slash));
  return row ? names(row).map((name) => `${last.slice(0, slash + 1)}${name} `) : [];
}

function kindNames(session: Session, kinds: readonly string[]): readonly string[] {
  return kinds.flatMap((kind) => {
    const row = session.kinds.resource(kind);
    return row ? [row.plural, row.singular].map(spaced).concat(row.shortNames.map(spaced), `${row.singular}/`) : [];
  });
}

function namesOf(session: Session, row: KindRow, namespace: string): readonly string[] {
  return objectsOf(session, row.plural, row.group, namespace).map(({ metadata }) => metadata.name);
}

/** Containers of a pod, or of the pods of a workload, given as `web-1` or `deploy/web`. */
function containersOf(session: Session, name: string, namespace: string): readonly string[] {
  const [type = "", own] = name.includes("/") ? name.split("/") : ["pods", name];
  const row = session.kinds.resource(type);
  const object =
    row && objectsOf(session, row.plural, row.group, namespace).find(({ metadata }) => metadata.name === own);
  return object ? containerNames(object) : [];
}

function containerNames(object: ApiObject): readonly string[] {
  const spec = asObject(object["spec"]);
  const inner = object.kind === "CronJob" ? asObject(asObject(spec["jobTemplate"])["spec"]) : spec;
  const pod = object.kind === "Pod" ? spec : asObject(asObject(inner["template"])["spec"]);
  return [...listAt(pod, "containers"), ...listAt(pod, "initContainers")].flatMap(
    (one) => stringAt(asObject(one), "name") ?? [],
  );
}

const fixedValues: Readonly<Record<string, readonly string[]>> = {
  "dry-run": ["none", "client", "server"],
  cascade: ["background", "foreground", "orphan"],
  restart: ["Always", "OnFailure", "Never"],
  "image-pull-policy": ["Always", "IfNotPresent", "Never"],
  validate: ["strict", "warn", "ignore"],
  for: ["condition=Ready", "condition=Available", "condition=Complete", "delete", "create", "jsonpath="],
};
const outputs = ["wide", "yaml", "json", "name", "jsonpath=", "custom-columns=", "go-template="];

function valuesOf(flag: Flag, last: string, { args, path, namespace }: Line, session: Session): readonly string[] {
  switch (flag.name) {
    case "namespace":
      return objectsOf(session, "namespaces").map(({ metadata }) => metadata.name);
    case "output":
      return outputs;
    case "container":
      return args[0] === undefined ? [] : containersOf(session, args[0], namespace);
    case "selector": {
      const comma = last.lastIndexOf(",") + 1;
      const row = session.kinds.resource(args[0] ?? "pods");
      const objects = row ? objectsOf(session, row.plural, row.group, namespace) : [];
      const labels = objects.flatMap(({ metadata }) => Object.entries(metadata.labels ?? {}));
      return labels.map(([key, value]) => `${last.slice(0, comma)}${key}=${value}`);
    }
    case "type":
      return path[0] === "patch" ? ["strategic", "merge", "json"] : [];
    case "from":
      return objectsOf(session, "cronjobs", "batch", namespace).map(({ metadata }) => `cronjob/${metadata.name}`);
    default:
      return fixedValues[flag.name] ?? [];
  }
}
