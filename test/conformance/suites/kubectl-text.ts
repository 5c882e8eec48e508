/**
 * What kubectl prints, command by command. Only `rollout status` is answered so far; every other command counts as failed
 * until the product answers it.
 */
import type { JsonObject } from "../../../simulator/api/json.ts";
import { rolloutStatus } from "../../../simulator/kubectl/rollout-status.ts";
import { tableSuite } from "../suite.ts";

interface Row {
  readonly command: string;
  readonly namespace: string;
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

function answer({ command, state }: Row): Answer | string {
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

export const suite = tableSuite<Row, Answer>("kubectl-text", answer);
