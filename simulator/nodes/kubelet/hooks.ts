/** What a lifecycle hook does. Models pkg/kubelet/lifecycle/handlers.go. */
import type { Container, Handler, IntOrString } from "../../api/objects.ts";
import type { ContainerBehaviour } from "../../scenario/behaviour.ts";
import { atMost, type Flow } from "./flow.ts";
import type { Machine } from "./machine.ts";

interface HookOutcome {
  /** Why it failed; null when it did not. */
  readonly failure: string | null;
}

const done: HookOutcome = { failure: null };

/** The number of a port that may be given by its name. */
export function portNumber({ ports = [] }: Container, port: IntOrString): number {
  if (typeof port === "number") return port;
  return ports.find((one) => one.name === port)?.containerPort ?? Number(port);
}

/** What a request to a port of the container meets, so many milliseconds after its start. */
export function answerOf(
  does: ContainerBehaviour,
  container: Container,
  port: IntOrString,
  path: string,
  since: number,
): "ok" | "not found" | "refused" {
  const { serve } = does;
  if (serve === undefined) return "ok";
  if (serve === "nothing" || serve.port !== portNumber(container, port) || since < serve.from) return "refused";
  const plain = (text: string) => text.replace(/^\//, "");
  return plain(serve.path) === plain(path) ? "ok" : "not found";
}

/** Runs until the hook has ended; a command ends with its container. */
export function* hookOutcome(
  machine: Machine,
  id: number,
  container: Container,
  hook: "postStart" | "preStop",
): Flow<HookOutcome> {
  const { env, runtime, memory, pod } = machine;
  const handler: Handler = container.lifecycle?.[hook] ?? {};
  const where = `for Container "${container.name}" in Pod "${pod.name}_${pod.namespace}(${pod.uid})" failed`;
  if (handler.sleep) {
    yield handler.sleep.seconds * 1000;
    return done;
  }
  const does = runtime.doing(id);
  if (handler.httpGet) {
    const { port, path = "/" } = handler.httpGet;
    const began = runtime.look().containers.find((one) => one.id === id)?.startedAt ?? env.now();
    const isRunning = !runtime.ended(id).fired;
    if (isRunning && answerOf(does, container, port, path, env.now() - began) !== "refused") return done;
    const address = `${podAddress}:${portNumber(container, port)}`;
    const error = `Get "http://${address}${path}": dial tcp ${address}: connect: connection refused`;
    return { failure: `HTTP lifecycle hook (${path}) ${where} - error: ${error}` };
  }
  const { takes, exit = 0 } = does[hook] ?? { takes: 0 };
  const ended = runtime.ended(id);
  yield* atMost(memory.scope, ended, env.sample(takes));
  const code = ended.fired ? 137 : exit;
  if (code === 0) return done;
  const command = (handler.exec?.command ?? []).join(" ");
  return {
    failure: `Exec lifecycle hook ([${command}]) ${where} - error: command '${command}' exited with ${code}: , message: ""`,
  };
}

/** Pods have no addresses of their own here. */
export const podAddress = "POD_IP";
