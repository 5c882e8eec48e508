/**
 * Answers that go on: watches, and logs that are followed. They are written when something has changed; who does not read what was
 * written is let go, and can come back with the version that it has.
 */
import type { ServerResponse } from "node:http";
import { watch } from "../../simulator/apiserver/change-log.ts";
import { answer } from "../../simulator/apiserver/request.ts";
import { badRequest, type Status, tooManyRequests } from "../../simulator/apiserver/status.ts";
import type { ApiObject } from "../../simulator/apiserver/types.ts";
import type { Session } from "../../simulator/session.ts";
import type { LogReply, WatchReply } from "./api.ts";
import { eventObject } from "./forms.ts";

export interface Streams {
  /** Begins a watch on an answer that has not been begun, or says why not. */
  watch(reply: WatchReply, response: ServerResponse): Status | undefined;
  /** The same for a log; the lines that there are have been asked for already. */
  follow(reply: LogReply, response: ServerResponse): Status | undefined;
  /** Writes what has changed. */
  flush(): void;
  /** Ends all of them. */
  close(): void;
}

interface Stream {
  readonly response: ServerResponse;
  flush(): void;
  bookmark(): void;
}

/** So many may be open at once. */
const most = 200;
/** What may wait to be read by somebody slow, in bytes. */
const mostUnread = 16 * 1024 * 1024;
/** How long a watch lasts that does not say, in seconds. */
const usualLength = 3600;
/** How often a watch is told its version, in milliseconds. */
const bookmarkPeriod = 60_000;

const overloaded = () => tooManyRequests(`there are ${most} watches already`, [], 1);

/** The streams of a server on a session. */
export function createStreams(session: Session): Streams {
  const { server, changes } = session;
  const open = new Set<Stream>();
  const bookmarks = setInterval(() => {
    for (const one of open) one.bookmark();
  }, bookmarkPeriod);
  bookmarks.unref();

  function end(stream: Stream): void {
    if (open.delete(stream)) stream.response.end();
  }

  function begin(
    response: ServerResponse,
    type: string,
    make: () => Pick<Stream, "flush" | "bookmark">,
    seconds: number,
  ) {
    response.writeHead(200, { "Content-Type": type, "Cache-Control": "no-cache, private" });
    response.flushHeaders();
    const stream: Stream = { response, ...make() };
    open.add(stream);
    const timer = setTimeout(() => end(stream), Math.min(seconds, 86_400) * 1000);
    timer.unref();
    response.on("close", () => {
      clearTimeout(timer);
      open.delete(stream);
    });
    return stream;
  }

  /** Writes unless nobody reads. */
  function write(response: ServerResponse, text: string): void {
    if (response.destroyed) return;
    response.write(text);
    if (response.writableLength > mostUnread) response.destroy();
  }

  function watching({ place, options, form, delivery }: WatchReply, response: ServerResponse): Status | undefined {
    const { row } = place;
    const { resourceVersion, initialEvents, bookmarks: wantsBookmarks } = delivery;
    if (resourceVersion !== undefined && !/^\d+$/.test(resourceVersion)) {
      return badRequest(`Invalid value: ${JSON.stringify(resourceVersion)}`);
    }
    const fromStart = initialEvents ?? (resourceVersion === undefined || resourceVersion === "0");
    let version = fromStart
      ? undefined
      : resourceVersion === undefined
        ? server.store.version()
        : Number(resourceVersion);
    let isFirst = true;

    const line = (type: string, object: unknown) => `${JSON.stringify({ type, object })}\n`;
    function event(type: string, object: ApiObject): string {
      const given = eventObject(row, object, form, session.now(), isFirst, delivery.includeObject);
      isFirst = false;
      return line(type, given);
    }
    function bookmark(annotations?: Readonly<Record<string, string>>): void {
      const metadata = {
        resourceVersion: String(server.store.version()),
        creationTimestamp: null,
        ...(annotations ? { annotations } : {}),
      };
      write(
        response,
        line("BOOKMARK", { kind: row.kind, apiVersion: apiVersionText(row.group, row.versions[0]), metadata }),
      );
    }

    // Asked before anything is written, so that a refusal is an answer of its own.
    const first = watch(server, changes, place, version, options);
    if (!first.ok) return first.status;
    let pending: readonly { readonly type: string; readonly object: ApiObject }[] = first.object.events;
    version = first.object.version;
    const stream = begin(
      response,
      "application/json",
      () => ({
        flush() {
          if (version !== server.store.version()) {
            const more = watch(server, changes, place, version, options);
            if (!more.ok) {
              write(response, line("ERROR", more.status));
              end(stream);
              return;
            }
            pending = [...pending, ...more.object.events];
            version = more.object.version;
          }
          if (pending.length > 0) write(response, pending.map(({ type, object }) => event(type, object)).join(""));
          pending = [];
        },
        bookmark() {
          if (wantsBookmarks) bookmark();
        },
      }),
      delivery.timeoutSeconds ?? usualLength,
    );
    stream.flush();
    if (initialEvents && wantsBookmarks) bookmark({ "k8s.io/initial-events-end": "true" });
    return undefined;
  }

  function following({ request, lines, delivery }: LogReply, response: ServerResponse): Status | undefined {
    const { namespace = "", name = "", options = {} } = request;
    const { tailLines: _, ...whole } = options;
    const all = (): readonly string[] | undefined => {
      const { body } = answer(server, { ...request, options: whole });
      return Array.isArray(body) ? (body as readonly string[]) : undefined;
    };
    const isRunning = () => {
      const containers = server.store.get("Pod", namespace, name)?.containers ?? [];
      const one = containers.find((each) => each.name === options.container || options.container === undefined);
      return one?.state === "running";
    };
    let seen = all()?.length ?? 0;
    const stream = begin(
      response,
      "text/plain",
      () => ({
        flush() {
          const now = all();
          // The container began anew, or its pod is gone.
          if (now === undefined || now.length < seen) {
            end(stream);
            return;
          }
          if (now.length > seen) write(response, logText(now.slice(seen)));
          seen = now.length;
          if (options.previous || !isRunning()) end(stream);
        },
        bookmark() {},
      }),
      delivery.timeoutSeconds ?? usualLength,
    );
    write(response, logText(lines));
    stream.flush();
    return undefined;
  }

  return {
    watch: (reply, response) => (open.size >= most ? overloaded() : watching(reply, response)),
    follow: (reply, response) => (open.size >= most ? overloaded() : following(reply, response)),
    flush() {
      for (const one of open) one.flush();
    },
    close() {
      clearInterval(bookmarks);
      for (const one of open) end(one);
    },
  };
}

/** Lines as a log gives them, so many bytes at most. */
export function logText(lines: readonly string[], limitBytes = Number.POSITIVE_INFINITY): string {
  const text = lines.map((line) => `${line}\n`).join("");
  return limitBytes < Buffer.byteLength(text)
    ? Buffer.from(text).subarray(0, Math.max(0, limitBytes)).toString()
    : text;
}

const apiVersionText = (group: string, version: string): string => (group === "" ? version : `${group}/${version}`);
