/** What simulated containers have written. Models LogREST of pkg/registry/core/pod/rest/log.go. */
import type { Pod } from "../cluster/objects.ts";
import { timeOf, timeText } from "../cluster/time.ts";
import { outputOf } from "./container-output.ts";
import { liveAt } from "./find.ts";
import { badRequest, notFound } from "./status.ts";
import { type Answer, type ApiServer, done, type Place, refused } from "./types.ts";

export interface LogOptions {
  readonly container?: string;
  /** Of the container's life before the present one. */
  readonly previous?: boolean;
  readonly timestamps?: boolean;
  readonly tailLines?: number;
  /** Only what was written in so many seconds before now. */
  readonly sinceSeconds?: number;
  /** Only what was written from this time on. */
  readonly sinceTime?: string;
  /** At most so many bytes. */
  readonly limitBytes?: number;
}

/** What a simulated container has written: what its command says, else that it started and how it ended. */
export function log(server: ApiServer, place: Place, options: LogOptions = {}): Answer<readonly string[]> {
  const pod = liveAt(place, server);
  if (pod?.kind !== "Pod") return refused(notFound(place.row, place.name));
  const { container, previous = false, timestamps = false, tailLines, limitBytes } = options;
  const regular = pod.containers.filter((one) => one.role === "regular");
  if (container === undefined && regular.length > 1) {
    const names = (role: (one: Pod["containers"][number]) => boolean) =>
      pod.containers.filter(role).map((one) => one.name);
    const init = names((one) => one.role !== "regular");
    const more = init.length > 0 ? ` or one of the init containers: [${init.join(" ")}]` : "";
    return refused(
      badRequest(
        `a container name must be specified for pod ${pod.name}, choose one of: [${names((one) => one.role === "regular").join(" ")}]${more}`,
      ),
    );
  }
  const wanted = container ?? regular[0]?.name;
  const status = pod.containers.find((one) => one.name === wanted);
  if (!status) return refused(badRequest(`container ${wanted} is not valid for pod ${pod.name}`));
  if (previous && status.restartCount === 0) {
    return refused(badRequest(`previous terminated container "${wanted}" in pod "${pod.name}" not found`));
  }
  if (status.state === "waiting" && status.finishedAt === null) {
    return refused(
      badRequest(
        `container "${wanted}" in pod "${pod.name}" is waiting to start: ${status.reason || "ContainerCreating"}`,
      ),
    );
  }
  const lines = linesOf(server, pod, status, previous).filter(([at]) => at >= beginOf(server, options));
  const texts = lines.map(([at, text]) => (timestamps ? `${timeText(at, server.start)} ${text}` : text));
  return done(
    limited(tailLines === undefined ? texts : texts.slice(Math.max(0, texts.length - tailLines)), limitBytes),
  );
}

/** From when on lines are wanted, on the clock of the run. */
function beginOf({ cluster, start }: ApiServer, { sinceSeconds, sinceTime }: LogOptions): number {
  if (sinceSeconds !== undefined) return cluster.now() - sinceSeconds * 1000;
  return timeOf(sinceTime, start) ?? Number.NEGATIVE_INFINITY;
}

type Line = readonly [at: number, text: string];

function linesOf(server: ApiServer, pod: Pod, status: Pod["containers"][number], previous: boolean): readonly Line[] {
  const { name, last } = status;
  const container = (status.role === "regular" ? pod.spec.containers : (pod.spec.initContainers ?? [])).find(
    (one) => one.name === name,
  );
  const life = previous ? (last ?? { startedAt: null, finishedAt: null, exitCode: 0 }) : status;
  const said = life.startedAt === null ? [] : outputOf(container, pod, server.start + life.startedAt);
  const begun = said.length > 0 ? said : [`${name} started`];
  const isOver = previous || status.state !== "running";
  return [
    ...(life.startedAt === null ? [] : begun.map((text): Line => [life.startedAt!, text])),
    ...(isOver && life.finishedAt !== null && said.length === 0
      ? [[life.finishedAt, `${name} exited with code ${life.exitCode ?? 0}`] as const]
      : []),
  ];
}

function limited(texts: readonly string[], bytes: number | undefined): readonly string[] {
  if (bytes === undefined) return texts;
  const text = texts
    .map((one) => `${one}\n`)
    .join("")
    .slice(0, bytes);
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}
