/**
 * What kubectl prints, command by command. Only `rollout status` and tables of `get` are answered so far; every other command
 * counts as failed until the product answers it.
 */
import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../../simulator/api/json.ts";
import { servedKinds } from "../../../simulator/api/kind-rules.ts";
import type { ApiObject } from "../../../simulator/apiserver/types.ts";
import { getText } from "../../../simulator/kubectl/get.ts";
import { rolloutStatus } from "../../../simulator/kubectl/rollout-status.ts";
import { tableSuite } from "../suite.ts";

interface Row {
  readonly command: string;
  readonly namespace: string;
  readonly now: string;
  readonly state: Readonly<Record<string, readonly JsonObject[]>>;
}
interface Answer {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

const kinds: Readonly<Record<string, { readonly kind: string; readonly plural: string; readonly group: string }>> = {
  deploy: { kind: "Deployment", plural: "deployments", group: "apps" },
  sts: { kind: "StatefulSet", plural: "statefulsets", group: "apps" },
  ds: { kind: "DaemonSet", plural: "daemonsets", group: "apps" },
  rs: { kind: "ReplicaSet", plural: "replicasets", group: "apps" },
  job: { kind: "Job", plural: "jobs", group: "batch" },
  cronjob: { kind: "CronJob", plural: "cronjobs", group: "batch" },
};

const refuse = (stderr: string): Answer => ({ stdout: "", stderr, exitCode: 1 });

function get({ command, namespace, now, state }: Row, later: number): Answer | string {
  const words = command.split(" ").slice(2);
  const at = words.indexOf("-o");
  const output = at < 0 ? "" : words.splice(at, 2)[1];
  if (output !== "" && output !== "wide" && output !== "name") return "not answered";
  const [resources = "", ...names] = words.filter((one) => !one.startsWith("-"));
  const noHeaders = words.includes("--no-headers");
  const list = ({ plural }: { readonly plural: string }) => (state[plural] ?? []) as unknown as readonly ApiObject[];
  return getText({ resources, names, output, noHeaders, namespace }, servedKinds, list, Date.parse(now) + later);
}

function answer(row: Row, later = 0): Answer | string {
  const { command, state } = row;
  if (command.startsWith("kubectl get ")) return get(row, later);
  const [, verb, subverb, target, ...flags] = command.split(" ");
  if (verb !== "rollout" || subverb !== "status") return "not answered";
  if (target === undefined) return refuse("error: required resource not specified\n");
  const [short = "", name = ""] = target.split("/");
  const resource = kinds[short];
  if (!resource) return "not answered";
  const object = state[resource.plural]?.find((one) => (one["metadata"] as JsonObject)["name"] === name);
  if (!object) {
    const full = `${resource.plural}.${resource.group}`;
    return refuse(`Error from server (NotFound): ${full} "${name}" not found\n`);
  }
  const revision = Number(flags.find((one) => one.startsWith("--revision="))?.slice("--revision=".length) ?? 0);
  const { message, done, error } = rolloutStatus(resource.kind, object, revision);
  if (error !== null) return refuse(`error: ${error}\n`);
  const once = done || flags.includes("--watch=false");
  const timeout = "error: timed out waiting for the condition\n";
  return { stdout: message, stderr: once ? "" : timeout, exitCode: once ? 0 : 1 };
}

/** A command takes a moment, so ages may be a second larger than the recorded time says. */
function expected(out: Answer, row: Row): unknown {
  return isDeepStrictEqual(answer(row, 1000), out) ? answer(row) : out;
}

export const suite = tableSuite<Row, Answer>("kubectl-text", (row) => answer(row), expected);
