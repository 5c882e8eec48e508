/** What simulated containers have written. Models LogREST of pkg/registry/core/pod/rest/log.go. */
import type { Pod } from "../cluster/objects.ts";
import { timeText } from "../cluster/time.ts";
import { liveAt } from "./find.ts";
import { badRequest, notFound } from "./status.ts";
import { type Answer, type ApiServer, done, type Place, refused } from "./types.ts";

export interface LogOptions {
  readonly container?: string;
  /** Of the container's life before the present one. */
  readonly previous?: boolean;
  readonly timestamps?: boolean;
  readonly tailLines?: number;
  /** Lines of the last seconds only. */
  readonly sinceSeconds?: number;
  /** Lines from an instant on, as RFC 3339 writes it. */
  readonly sinceTime?: string;
}

/** From when on lines are wanted, on the clock of the cluster. */
function beginning({ sinceSeconds, sinceTime }: LogOptions, { cluster, start }: ApiServer): number {
  if (sinceSeconds !== undefined) return cluster.now() - sinceSeconds * 1000;
  const instant = sinceTime === undefined ? Number.NaN : Date.parse(sinceTime);
  return Number.isNaN(instant) ? Number.NEGATIVE_INFINITY : instant - start;
}

/** What a simulated container has written: that it started, and how it ended. One line each. */
export function log(server: ApiServer, place: Place, options: LogOptions = {}): Answer<readonly string[]> {
  const pod = liveAt(place, server);
  if (pod?.kind !== "Pod") return refused(notFound(place.row, place.name));
  const { container, previous = false, timestamps = false, tailLines } = options;
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
  const ended = (previous || status.state !== "running") && status.finishedAt !== null;
  const lines: readonly (readonly [number, string])[] = [
    ...(status.startedAt !== null && !previous ? [[status.startedAt, `${wanted} started`] as const] : []),
    ...(ended ? [[status.finishedAt!, `${wanted} exited with code ${status.exitCode ?? 0}`] as const] : []),
  ];
  const from = beginning(options, server);
  const texts = lines
    .filter(([at]) => at >= from)
    .map(([at, text]) => (timestamps ? `${timeText(at, server.start)} ${text}` : text));
  return done(tailLines === undefined ? texts : texts.slice(Math.max(0, texts.length - tailLines)));
}
