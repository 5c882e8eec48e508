/** `kubectl exec`, for what simulated containers can run. Models kubectl/pkg/cmd/exec/exec.go. */
import { asObject, stringAt } from "../../api/json.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import { insideOf } from "../container/inside.ts";
import { runCommand } from "../container/shell.ts";
import type { Command, Context, Running, Steps } from "./command.ts";
import { ended, type Failure, fail, misused } from "./failure.ts";
import { objectsOfFiles } from "./files.ts";
import { fromFiles, text, toggle } from "./flag.ts";
import type { Info } from "./info.ts";
import { containerOf, containerStatus, likelyFirst, namedObject, podSelector, podsFor } from "./pod-of.ts";
import { flag, isOn, milliseconds, values, type Words } from "./words.ts";

export const exec: Command = {
  name: "exec",
  says: "Run a command in a container",
  usage: "(POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...]",
  takesRest: true,
  flags: [
    ...fromFiles.filter(({ name }) => name === "filename"),
    text("container", "the container; without it, the first one", { short: "c" }),
    text("pod-running-timeout", "how long to wait for a pod", { value: "1m0s" }),
    toggle("quiet", "only print what the command prints", { short: "q" }),
    toggle("stdin", "pass what is typed to the container", { short: "i" }),
    toggle("tty", "as in a terminal", { short: "t" }),
  ],
  run,
};

interface Missing {
  readonly failure: Failure;
}

const old = "exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead";

const isMissing = (found: ApiObject | Missing): found is Missing => !("metadata" in found);

function* run(context: Context, words: Words): Running {
  const hasFile = values(words, "filename").length > 0;
  const isBare = words.args.length > 1 || (words.args.length === 1 && hasFile);
  if (isBare && !words.hasRest) return yield* misused(words, old);
  if (words.args.length === 0 && !hasFile) return yield* fail("pod, type/name or --filename must be specified");
  if (words.rest.length === 0) return yield* fail("you must specify at least one command for the container");
  const pod = yield* podOf(context, words, hasFile);
  if (isMissing(pod)) return yield* ended([pod.failure]);
  const phase = stringAt(asObject(pod["status"]), "phase");
  if (phase === "Succeeded" || phase === "Failed") {
    return yield* fail(`cannot exec into a container in a completed pod; current phase is ${phase}`);
  }
  const chosen = containerOf(pod, flag(words, "container"));
  if ("error" in chosen) return yield* fail(chosen.error);
  if (chosen.note !== "" && !isOn(words, "quiet")) yield { err: chosen.note };
  const name = stringAt(chosen.container, "name");
  if (asObject(containerStatus(pod, name)?.["state"])["running"] === undefined) {
    return yield* fail(`Internal error occurred: unable to upgrade connection: container not found ("${name}")`);
  }
  const code = yield* runCommand(insideOf(context.door, pod, chosen.container), words.rest);
  if (code !== 0) yield { err: `command terminated with exit code ${code}\n` };
  return code;
}

function* podOf(context: Context, words: Words, hasFile: boolean): Steps<ApiObject | Missing> {
  const patience = milliseconds(flag(words, "pod-running-timeout")) ?? 60_000;
  const info = hasFile ? fromFile(context, words) : yield* namedObject(context, words.args[0] ?? "");
  if ("failure" in info) return info;
  if (info.place.row.kind === "Pod" && !hasFile) return info.object;
  if (info.place.row.kind === "Pod") {
    const found = yield* namedObject(context, info.place.name);
    return "failure" in found ? found : found.object;
  }
  const selector = podSelector(info);
  if (selector === undefined) {
    const { versions, kind } = info.place.row;
    const type = `*${versions[0]}.${kind}`;
    return { failure: `cannot attach to ${type}: selector for ${type} not implemented` };
  }
  const found = yield* podsFor(context, info.place.namespace, selector, patience);
  return "failure" in found ? found : likelyFirst(found.pods, false)[0]!;
}

function fromFile(context: Context, words: Words): Info | Missing {
  const { infos, failures } = objectsOfFiles(context, words);
  const [failure] = failures;
  if (failure !== undefined) return { failure };
  const [info] = infos;
  return infos.length === 1 && info ? info : { failure: "cannot exec into multiple objects at a time" };
}
