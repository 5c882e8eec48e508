/**
 * Starting a container: its back-off, its image, its configuration, its process, its postStart hook. Models startContainer of
 * pkg/kubelet/kuberuntime/kuberuntime_container.go, doBackOff of kuberuntime_manager.go and pkg/kubelet/images/image_manager.go.
 */
import type { Container } from "../../api/objects.ts";
import type { ContainerStatus } from "../../cluster/objects.ts";
import type { ContainerBehaviour, PullBehaviour } from "../../scenario/behaviour.ts";
import { grown, remembered } from "./back-off.ts";
import { configurationProblem } from "./configuration.ts";
import type { StartFailure } from "./container-statuses.ts";
import type { Flow } from "./flow.ts";
import { hookOutcome } from "./hooks.ts";
import { imageNameProblem, pullPolicyOf } from "./images.ts";
import { killContainer } from "./kill.ts";
import { type Machine, tell } from "./machine.ts";
import { newestOf } from "./runtime.ts";
import { crashLoopBackOff, errImagePull, imagePullBackOff } from "./words.ts";

/** How a start went: well, or why not, and when it is to be tried again if that is known. */
export interface StartResult {
  readonly failure: StartFailure | null;
  readonly retryAt?: number;
}

const started: StartResult = { failure: null };
/** How long a registry takes to say no. */
const refusalTime = 200;

const failed = (reason: string, message: string): StartResult => ({ failure: { reason, message } });

export function* startContainer(
  machine: Machine,
  container: Container,
  role: ContainerStatus["role"],
): Flow<StartResult> {
  const { env, pod, runtime, starts } = machine;
  const { name } = container;
  const waits = backOff(machine, name);
  if (waits) return waits;
  const count = starts.get(name) ?? 0;
  const does = nthRun(env.behaviours.of(pod, container, role, machine.attempt + count), count);
  const noImage = yield* ensureImage(machine, container, does);
  if (noImage) return noImage;
  const problem = configurationProblem(env.configuration, pod, container, does);
  if (problem) {
    tell(machine, "Warning", "Failed", `Error: ${problem}`, name);
    return failed("CreateContainerConfigError", problem);
  }
  const time = env.sample(env.timings.start);
  yield Math.floor(time / 2);
  starts.set(name, count + 1);
  const id = runtime.create(container, count, does);
  tell(machine, "Normal", "Created", "Container created", name);
  yield Math.ceil(time / 2);
  const error = runtime.start(id);
  if (error) {
    tell(machine, "Warning", "Failed", `Error: ${error}`, name);
    return failed("RunContainerError", error);
  }
  if (does.neverReady) machine.memory.results.readiness.set(id, false);
  tell(machine, "Normal", "Started", "Container started", name);
  return container.lifecycle?.postStart ? yield* postStart(machine, container, id) : started;
}

/** What the run of this number (0 is the first in the pod) does. */
function nthRun(does: ContainerBehaviour, number: number): ContainerBehaviour {
  const { attempts } = does;
  if (!attempts || attempts.length === 0) return does;
  const { runs = "forever", exit = 0 } = attempts[Math.min(number, attempts.length - 1)]!;
  return { ...does, runs, exit };
}

/** Whether the container has to wait after its last end that the kubelet knows of. */
function backOff(machine: Machine, name: string): StartResult | null {
  const { env, pod, memory } = machine;
  const before = memory.seen.containers.find((one) => one.spec.name === name && one.state === "exited");
  if (!before) return null;
  const ended = before.finishedAt ?? env.now();
  const entry = remembered(memory.crashes.get(name), env.now());
  if (entry && env.now() - ended < entry.delay) {
    const where = `container ${name} in pod ${pod.name}_${pod.namespace}(${pod.uid})`;
    tell(machine, "Warning", "BackOff", `Back-off restarting failed ${where}`, name);
    const message = `back-off ${goDuration(entry.delay)} restarting failed container=${name} pod=${pod.name}_${pod.namespace}(${pod.uid})`;
    return { ...failed(crashLoopBackOff, message), retryAt: ended + entry.delay };
  }
  memory.crashes.set(name, grown(entry, env.now()));
  return null;
}

/** `1m20s`, as Go writes durations. */
function goDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}

/** Null when the image is there. */
function* ensureImage(machine: Machine, container: Container, does: ContainerBehaviour): Flow<StartResult | null> {
  const { env, pod } = machine;
  const { name, image = "" } = container;
  const error = (reason: string, message: string): StartResult => {
    tell(machine, "Warning", "Failed", `Error: ${reason}`, name);
    return failed(reason, message);
  };
  const unreadable = imageNameProblem(image);
  if (unreadable) {
    const message = `Failed to apply default image tag "${image}": ${unreadable}`;
    tell(machine, "Warning", "InspectFailed", message, name);
    return error("InvalidImageName", message);
  }
  const policy = pullPolicyOf(container);
  const isThere = does.image?.onNode === true || env.images.has(pod.node, image, env.now());
  if (isThere && policy !== "Always") {
    tell(
      machine,
      "Normal",
      "Pulled",
      `Container image "${image}" already present on machine and can be accessed by the pod`,
      name,
    );
    return null;
  }
  if (policy === "Never") {
    const message = `Container image "${image}" is not present with pull policy of Never`;
    tell(machine, "Warning", "ErrImageNeverPull", message, name);
    return error("ErrImageNeverPull", message);
  }
  return yield* pull(machine, container, does, isThere, error);
}

function* pull(
  machine: Machine,
  container: Container,
  does: ContainerBehaviour,
  isThere: boolean,
  error: (reason: string, message: string) => StartResult,
): Flow<StartResult | null> {
  const { env, pod, memory } = machine;
  const { name, image = "" } = container;
  const entry = remembered(memory.pulls.get(image), env.now());
  if (entry && env.now() - entry.updated < entry.delay) {
    tell(machine, "Normal", "BackOff", `Back-off pulling image "${image}"`, name);
    const cause = pullError(image, does, {});
    return error(imagePullBackOff, `Back-off pulling image "${image}": ErrImagePull: ${cause}`);
  }
  tell(machine, "Normal", "Pulling", `Pulling image "${image}"`, name);
  const said = nthPull(does, env.images.pulls(pod.node, image) - 1);
  const begin = env.now();
  if (said.fails !== undefined || does.image?.registry === "down") {
    yield env.images.fail(pod.node, begin, refusalTime) - begin;
    const cause = pullError(image, does, said);
    tell(machine, "Warning", "Failed", `Failed to pull image "${image}": ${cause}`, name);
    memory.pulls.set(image, grown(memory.pulls.get(image), env.now()));
    return error(errImagePull, cause);
  }
  const again = env.sample(does.image?.pullAgain ?? 0);
  const whole = () => (isThere ? again : env.sample(said.pull ?? env.timings.pull));
  const asked = env.now();
  let own = 0;
  yield env.images.pull(pod.node, image, asked, () => (own = whole()), again) - asked;
  const seconds = (milliseconds: number) => `${milliseconds / 1000}s`;
  const took = `${seconds(own)} (${seconds(env.now() - asked)} including waiting)`;
  tell(machine, "Normal", "Pulled", `Successfully pulled image "${image}" in ${took}`, name);
  memory.pulls.delete(image);
  return null;
}

function nthPull({ image = {} }: ContainerBehaviour, number: number): PullBehaviour {
  const { attempts } = image;
  return attempts && attempts.length > 0 ? attempts[Math.min(number, attempts.length - 1)]! : image;
}

const answers: Readonly<Record<number, string>> = {
  401: "401 Unauthorized",
  403: "403 Forbidden",
  429: "429 Too Many Requests",
  500: "500 Internal Server Error",
  502: "502 Bad Gateway",
  503: "503 Service Unavailable",
};

/** What the runtime says of a failed pull, as containerd words it. */
function pullError(image: string, { image: does }: ContainerBehaviour, { fails = does?.fails }: PullBehaviour): string {
  const head = `failed to pull and unpack image "${image}": failed to resolve reference "${image}": `;
  const tag = /:([^/:]+)$/.exec(image)?.[1] ?? "latest";
  if (does?.registry === "down") {
    const [host = "", ...rest] = image.replace(/:[^/:]+$/, "").split("/");
    const url = `http://REGISTRY/v2/${rest.join("/")}/manifests/${tag}?ns=${host}`;
    return `${head}failed to do request: Head "${url}": dial tcp REGISTRY: connect: connection refused`;
  }
  if (fails === undefined || fails === 404) return `rpc error: code = NotFound desc = ${head}${image}: not found`;
  return `${head}pulling from host REGISTRY failed with status code [manifests ${tag}]: ${answers[fails] ?? fails}`;
}

function* postStart(machine: Machine, container: Container, id: number): Flow<StartResult> {
  const { failure } = yield* hookOutcome(machine, id, container, "postStart");
  if (failure === null) return started;
  const { name } = container;
  tell(machine, "Warning", "FailedPostStartHook", "PostStartHook failed", name);
  const grace = machine.pod.spec.terminationGracePeriodSeconds ?? 30;
  const made = newestOf(machine.runtime.look(), name)!;
  yield* killContainer(machine, made, { message: "FailedPostStartHook", grace: machine.pod.grace ?? grace });
  return failed("PostStartHookError", failure);
}
