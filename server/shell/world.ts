/** A session as the shell sees it. Pure. */
import { asObject, type JsonObject, listAt, numberAt, stringAt } from "../../simulator/api/json.ts";
import type { ApiList, ApiObject } from "../../simulator/apiserver/types.ts";
import type { Environment, FieldDocs, ReadDocument } from "../../simulator/kubectl/command/command.ts";
import { runKubectl } from "../../simulator/kubectl/command/run.ts";
import type { Session } from "../../simulator/session.ts";
import { doorOf } from "../../simulator/session-door.ts";
import { plain } from "../yaml/numbers.ts";
import { parseManifest } from "../yaml/parse.ts";
import { clockText } from "./clock.ts";
import type { KubectlState, ReadFiles, Running, Speed, World } from "./effects.ts";
import { firstConfig } from "./kubeconfig.ts";

/** The world of a session; `session` may give another one after a change of what was done in it. */
export function worldOf(session: () => Session, speed: () => Speed, docs: FieldDocs = {}): World {
  return {
    now: () => session().now(),
    get start() {
      return session().server.start;
    },
    next: () => session().next(),
    speed,
    settled: () => isSettled(session()),
    happened: (since) => happened(session(), since),
    kubectl: (words, files, state) => kubectl(session, words, files, state, docs),
  };
}

function* kubectl(
  session: () => Session,
  words: readonly string[],
  files: ReadFiles,
  { variables, config, keep }: KubectlState,
  docs: FieldDocs,
): Running {
  const environment: Environment = {
    door: doorOf(session),
    docs,
    files,
    readDocuments,
    config: config ?? firstConfig,
    variables,
  };
  const running = runKubectl(environment, words);
  let answer: string | undefined;
  try {
    for (;;) {
      const step = running.next(answer);
      if (step.done) return step.value;
      answer = undefined;
      if ("config" in step.value) keep(step.value.config);
      else answer = (yield step.value) as string | undefined;
    }
  } finally {
    running.return(130);
  }
}

/** The documents of a text as kubectl takes it apart, each read or with the first thing that is wrong with it. */
export function readDocuments(text: string): readonly ReadDocument[] {
  return parseManifest(text).flatMap((document): readonly ReadDocument[] => {
    if (document.isEmpty) return [];
    const fatal = document.problems.find(({ code }) => code !== "yaml-duplicate-key" && code !== "yaml-ignored-text");
    if (!fatal) return [{ value: plain(document.value) }];
    const before = text.slice(0, document.start + fatal.start);
    const line = before.split("\n").length;
    const why = fatal.message === "" ? fatal.code.replace(/^yaml-|^json-/, "").replaceAll("-", " ") : fatal.message;
    return [{ error: `error converting YAML to JSON: yaml: line ${line}: ${why}` }];
  });
}

/** The objects of a kind in all namespaces. */
export function objectsOf(session: Session, resource: string, group = "", namespace?: string): readonly ApiObject[] {
  const row = session.kinds.rows.find((one) => one.plural === resource && one.group === group);
  if (!row) return [];
  const { code, body } = session.request({
    verb: "list",
    group,
    version: row.versions[0],
    resource,
    ...(namespace === undefined || !row.namespaced ? {} : { namespace }),
    options: { answer: "unmanaged" },
  });
  return code === 200 ? (body as ApiList).items : [];
}

function isSettled(session: Session): boolean {
  const pods = objectsOf(session, "pods");
  const isAtRest = pods.every((pod) => {
    const status = asObject(pod["status"]);
    const phase = stringAt(status, "phase");
    if (phase === "Succeeded" || phase === "Failed") return true;
    return pod.metadata["deletionTimestamp"] === undefined && isTrue(status, "Ready");
  });
  const workloads = ["deployments", "replicasets", "statefulsets"].flatMap((one) => objectsOf(session, one, "apps"));
  return isAtRest && workloads.every(isComplete) && objectsOf(session, "daemonsets", "apps").every(isOnAllNodes);
}

function isTrue(status: JsonObject, type: string): boolean {
  return listAt(status, "conditions").some((one) => {
    const condition = asObject(one);
    return condition["type"] === type && condition["status"] === "True";
  });
}

function isComplete(workload: ApiObject): boolean {
  const [spec, status] = [asObject(workload["spec"]), asObject(workload["status"])];
  const wanted = numberAt(spec, "replicas") ?? 1;
  const isObserved = (numberAt(status, "observedGeneration") ?? 0) >= (workload.metadata.generation ?? 0);
  const isUpdated = workload.kind !== "Deployment" || (numberAt(status, "updatedReplicas") ?? 0) === wanted;
  return isObserved && isUpdated && (numberAt(status, "readyReplicas") ?? 0) === wanted;
}

function isOnAllNodes(workload: ApiObject): boolean {
  const status = asObject(workload["status"]);
  return (numberAt(status, "numberReady") ?? 0) === (numberAt(status, "desiredNumberScheduled") ?? 0);
}

/** Events since a time, in a line each. */
function happened(session: Session, since: number): readonly string[] {
  const { start } = session.server;
  return objectsOf(session, "events")
    .flatMap((event) => {
      const time = Date.parse(stringAt(event, "lastTimestamp") ?? stringAt(event, "eventTime") ?? "");
      // Events are noted by the second.
      return time >= Math.floor(since / 1000) * 1000 ? [{ time, event }] : [];
    })
    .sort((a, b) => a.time - b.time)
    .map(({ time, event }) => {
      const { kind, name } = asObject(event["involvedObject"]);
      const about = `${String(kind).toLowerCase()}/${String(name)}`;
      return `+${clockText(time - start)}  ${event["type"]}  ${event["reason"]}  ${about}  ${event["message"]}`;
    });
}
