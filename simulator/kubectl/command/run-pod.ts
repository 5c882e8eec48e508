/** `kubectl run`: a pod of its own, also one that says something and goes. Models kubectl/pkg/cmd/run/run.go. */
import { asObject, type JsonObject, numberAt, stringAt } from "../../api/json.ts";
import { goQuote } from "../../api/schedule/error-text.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import { insideOf } from "../container/inside.ts";
import { runCommand } from "../container/shell.ts";
import type { Command, Context, Running, Steps } from "./command.ts";
import { ended, type Failure, fail, failureText, misused } from "./failure.ts";
import { array, deleting, dryRun, fieldManager, fromFiles, printing, saveConfig, text, toggle } from "./flag.ts";
import { print } from "./output.ts";
import { overridden, overriding } from "./overrides.ts";
import { containerOf, containerStatus } from "./pod-of.ts";
import { createObject, deleteObject, getObject, patchObject } from "./requests.ts";
import { podOf, serviceOf } from "./run-objects.ts";
import { dryRunOf, flag, isOn, milliseconds, type Words, wasGiven } from "./words.ts";
import { withLastAppliedInOrder } from "./written.ts";

export const runPod: Command = {
  name: "run",
  says: "Run an image in a pod of its own",
  usage:
    'NAME --image=image [--env="key=value"] [--port=port] [--dry-run=server|client] [--overrides=inline-json] [--command] -- [COMMAND] [args...]',
  takesRest: true,
  flags: [
    ...fromFiles,
    ...deleting,
    ...printing(),
    ...overriding,
    dryRun,
    saveConfig,
    fieldManager("kubectl-run"),
    array("annotations", "KEY=VALUE: an annotation of the pod"),
    toggle("attach", "wait for the pod and print what it prints"),
    toggle("command", "what stands behind -- is the command, not its arguments"),
    text("detach-keys", "keys that leave a pod that runs on", { value: "ctrl-p,ctrl-q" }),
    array("env", "KEY=VALUE: a variable of the container"),
    toggle("expose", "make a Service for the pod, too"),
    text("image", "the image", { required: true }),
    text("image-pull-policy", "Always, IfNotPresent or Never"),
    text("labels", "labels of the pod; without any, run=NAME", { short: "l" }),
    toggle("leave-stdin-open", "leave the input open when nobody is attached"),
    text("pod-running-timeout", "how long to wait until the pod runs", { value: "1m0s" }),
    text("port", "the port of the container"),
    toggle("privileged", "run with all rights on the node"),
    toggle("quiet", "only print what the pod prints", { short: "q" }),
    text("restart", "Always, OnFailure or Never", { value: "Always" }),
    toggle("rm", "delete the pod when it has ended"),
    toggle("stdin", "keep the input open", { short: "i" }),
    toggle("tty", "as in a terminal", { short: "t" }),
    toggle("wait", "wait until the pod is gone"),
  ],
  run,
};

const reference =
  /^(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*(?::[0-9]+)?\/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*(?::\w[\w.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$/;

/** What is wrong with the command line: `usage` where it is used otherwise than it is meant. */
function misuse(
  words: Words,
  isAttached: boolean,
): { readonly usage: string } | { readonly error: string } | undefined {
  const image = flag(words, "image");
  if (words.args.length === 0) return { usage: "NAME is required for run" };
  if ((milliseconds(flag(words, "pod-running-timeout")) ?? 0) <= 0) {
    return { usage: "--pod-running-timeout must be higher than zero" };
  }
  if (image === "") return { error: "--image is required" };
  if (!reference.test(image)) return { error: `Invalid image name ${goQuote(image)}: invalid reference format` };
  if (isOn(words, "tty") && !isOn(words, "stdin")) {
    return { usage: "-i/--stdin is required for containers with -t/--tty=true" };
  }
  if (isOn(words, "expose") && flag(words, "port") === "") {
    return { usage: "--port must be set when exposing a service" };
  }
  const restart = flag(words, "restart");
  if (!["Always", "OnFailure", "Never", ""].includes(restart)) return { usage: `invalid restart policy: ${restart}` };
  if (isOn(words, "rm") && !isAttached) return { usage: "--rm should only be used for attached containers" };
  if (isAttached && dryRunOf(words) !== "none") {
    return {
      usage: "--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)",
    };
  }
  const policy = flag(words, "image-pull-policy");
  if (!["Always", "IfNotPresent", "Never", ""].includes(policy))
    return { usage: `invalid image pull policy: ${policy}` };
  return undefined;
}

function* run(context: Context, words: Words): Running {
  const isAttached = wasGiven(words, "attach") ? isOn(words, "attach") : isOn(words, "stdin");
  const wrong = misuse(words, isAttached);
  if (wrong) return yield* "usage" in wrong ? misused(words, wrong.usage) : fail(wrong.error);
  const pod = podOf(words);
  if ("error" in pod) return yield* fail(pod.error);
  const changed = overridden(words, pod.value);
  if ("error" in changed) return yield* fail(changed.error);
  const made = yield* make(context, words, changed.value);
  if ("failure" in made) return yield* ended([made.failure]);
  const met: Failure[] = [];
  const service = isOn(words, "expose") ? serviceOf(words) : undefined;
  if (service) {
    const other = yield* make(context, words, service);
    if ("failure" in other) met.push(other.failure);
    else {
      met.push(
        ...(yield* print(
          context,
          words,
          context.door.kinds.named("Service")!,
          other.object,
          "created",
          inOrder(words),
        )),
      );
      // The command parts the two, and so does what prints them.
      if (flag(words, "output") === "yaml") yield { out: "---\n---\n" };
    }
  }
  if (isAttached) return yield* attached(context, words, made.object, service !== undefined);
  const row = context.door.kinds.named("Pod")!;
  met.push(...(yield* print(context, words, row, made.object, "created", inOrder(words))));
  return yield* ended(met);
}

const inOrder = (words: Words) => ({ inOrder: dryRunOf(words) === "client" });

type Made = { readonly object: ApiObject } | { readonly failure: Failure };

/** Creates an object, unless it is only to be shown. */
function* make(context: Context, words: Words, object: JsonObject): Steps<Made> {
  if (dryRunOf(words) === "client") {
    const namespace = context.isNamespaceGiven ? { namespace: context.namespace } : {};
    return { object: { ...object, metadata: { ...asObject(object["metadata"]), ...namespace } } as ApiObject };
  }
  const { status: _, ...wanted } = object;
  const body = isOn(words, "save-config") ? withLastAppliedInOrder(wanted) : wanted;
  const options = { dryRun: dryRunOf(words) === "server", fieldManager: flag(words, "field-manager") };
  const row = context.door.kinds.named(String(object["kind"]));
  if (!row) return { failure: `no kind "${String(object["kind"])}" is registered` };
  const answer = yield* createObject(context, row, context.namespace, body, options);
  return answer.ok ? { object: answer.object } : { failure: answer.status };
}

/** Waits for the pod, runs what it runs, and takes it away again if it is to go. */
function* attached(context: Context, words: Words, pod: ApiObject, hasService: boolean): Running {
  const { code, failure, plain = "" } = yield* lived(context, words, pod);
  if (isOn(words, "rm")) {
    yield* removed(context, words, pod, "Pod");
    if (hasService) yield* removed(context, words, pod, "Service");
  }
  if (failure !== undefined) yield { err: failureText([failure]) };
  if (plain !== "") yield { err: plain };
  return code;
}

interface Life {
  readonly code: number;
  readonly failure?: Failure;
  /** Said without a beginning of kubectl's. */
  readonly plain?: string;
}

function placeOf(context: Context, { metadata }: ApiObject, kind: "Pod" | "Service") {
  return {
    row: context.door.kinds.named(kind)!,
    namespace: metadata.namespace ?? context.namespace,
    name: metadata.name,
  };
}

function* lived(context: Context, words: Words, made: ApiObject): Steps<Life> {
  const { door } = context;
  const place = placeOf(context, made, "Pod");
  const end = door.now() + (milliseconds(flag(words, "pod-running-timeout")) ?? 60_000);
  let pod = made;
  for (;;) {
    const answer = yield* getObject(context, place);
    if (!answer.ok) return { code: 1, failure: answer.status };
    pod = answer.object;
    const phase = stringAt(asObject(pod["status"]), "phase");
    if (phase === "Running" || phase === "Succeeded" || phase === "Failed") break;
    const left = end - door.now();
    if (left <= 0) return { code: 1, failure: "timed out waiting for the condition" };
    yield { pass: left };
  }
  const chosen = containerOf(pod, "");
  if ("error" in chosen) return { code: 1, failure: chosen.error };
  const { container } = chosen;
  const command = [...commandOf(container, "command"), ...commandOf(container, "args")];
  if (command.length === 0) {
    return {
      code: 1,
      failure: `what ${stringAt(container, "image")} runs by itself is not known here; say what it is to run: -- COMMAND`,
    };
  }
  const code = yield* runCommand(insideOf(door, pod, container), command);
  yield* finish(context, pod, stringAt(container, "name"), code);
  const restart = stringAt(asObject(pod["spec"]), "restartPolicy");
  if (code === 0 || restart !== "Never") return { code: 0 };
  const { namespace, name } = place;
  return { code, plain: `pod ${namespace}/${name} terminated (Error)\n` };
}

function commandOf(container: JsonObject, field: string): readonly string[] {
  const list = container[field];
  return Array.isArray(list) ? list.map(String) : [];
}

/** Notes that the only container has ended: nothing else in a simulated cluster knows when a command is done. */
function* finish(context: Context, pod: ApiObject, name: string, exitCode: number): Steps<void> {
  const restart = stringAt(asObject(pod["spec"]), "restartPolicy");
  if (restart === "Always" || (restart === "OnFailure" && exitCode !== 0)) return;
  const status = containerStatus(pod, name);
  const startedAt = asObject(asObject(status?.["state"])["running"])["startedAt"] ?? null;
  const finishedAt = `${new Date(context.door.now()).toISOString().slice(0, 19)}Z`;
  const terminated = { exitCode, reason: exitCode === 0 ? "Completed" : "Error", startedAt, finishedAt };
  const restartCount = numberAt(status, "restartCount") ?? 0;
  const change = {
    status: {
      phase: exitCode === 0 ? "Succeeded" : "Failed",
      containerStatuses: [{ name, ready: false, started: false, restartCount, state: { running: null, terminated } }],
    },
  };
  yield* patchObject(context, placeOf(context, pod, "Pod"), change, "strategic", {}, "status");
}

function* removed(context: Context, words: Words, pod: ApiObject, kind: "Pod" | "Service"): Steps<void> {
  const place = placeOf(context, pod, kind);
  const answer = yield* deleteObject(context, place, { propagation: "background" });
  if (!answer.ok) {
    if (answer.status.reason !== "NotFound") yield { err: failureText([answer.status]) };
  } else if (!isOn(words, "quiet")) {
    yield { out: `${kind.toLowerCase()} "${place.name}" deleted from ${place.namespace} namespace\n` };
  }
}
