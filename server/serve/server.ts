/** The API of a session on a port of this machine. Models apiserver/pkg/server, as far as one person needs it. */
import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import {
  internalError,
  noSuchResource,
  type Status,
  serviceUnavailable,
  tooLarge,
} from "../../simulator/apiserver/status.ts";
import type { Session } from "../../simulator/session.ts";
import type { FieldDocs } from "../service/hover-context.ts";
import { type Reply, refusal, replyTo } from "./api.ts";
import { ownCertificate } from "./certificate.ts";
import { type Clock, createClock, type Wall } from "./clock.ts";
import { control, isControl } from "./control.ts";
import { refusedAtGate } from "./gate.ts";
import { createOpenApi } from "./openapi/openapi.ts";
import { createStreams, logText } from "./streams.ts";

export interface Serving {
  readonly port: number;
  readonly token: string;
  /** PEM: what a client has to trust. */
  readonly certificate: string;
  readonly clock: Clock;
  /** Hangs up on everybody, as a network does; they may come back. */
  breakConnections(): void;
  close(): Promise<void>;
}

export interface ServeOptions {
  /** 0: any that is free. */
  readonly port: number;
  /** How many times as fast as the wall clock; 0: time passes only when told. */
  readonly speed: number;
  /** Descriptions of fields, asked for when they are first needed. */
  readonly docs: () => FieldDocs;
}

/** As a real server's limit: what etcd takes, and room for the envelope. */
const mostBytes = 3 * 1024 * 1024;
const mostConnections = 300;
/** What all requests together may bring: writes are kept as steps for as long as the trial lasts. */
const mostKept = 256 * 1024 * 1024;
const tooMuch = "the trial has become too large to go on; what was done in it can be saved";
/** How long a client may take to say what it wants, in milliseconds. */
const patience = 30_000;

const wall: Wall = {
  now: () => performance.now(),
  after(delay, then) {
    const timer = setTimeout(then, delay);
    return () => clearTimeout(timer);
  },
};

/** Serves a session until it is closed. Rejects when the port cannot be had. */
export async function serveSession(session: Session, { port, speed, docs }: ServeOptions): Promise<Serving> {
  const token = randomBytes(24).toString("base64url");
  const { key, certificate } = ownCertificate(Date.now());
  const openApi = createOpenApi(session.kinds, session.server.target, docs);
  const streams = createStreams(session);
  const clock = createClock(session, wall, speed, streams.flush);

  let kept = 0;

  function handle(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    const url = urlOf(request);
    if (!url) {
      send(response, refusal(noSuchResource()));
      return;
    }
    const isOfTrial = isControl(url.pathname);
    if (!isOfTrial && body.length > 0 && kept + body.length > mostKept) {
      send(response, refusal(serviceUnavailable(tooMuch)));
      return;
    }
    kept += body.length;
    clock.sync();
    const { method = "GET" } = request;
    const { accept, "content-type": contentType, "user-agent": userAgent } = request.headers;
    const reply = isOfTrial
      ? control(session, clock, { method, path: url.pathname, body: body.toString() })
      : replyTo(session, openApi, { method, url, accept, contentType, userAgent, body });
    const status = begin(reply, response);
    if (status) send(response, refusal(status));
    streams.flush();
    clock.plan();
  }

  /** Writes an answer, or begins one that goes on; gives why that cannot be begun. */
  function begin(reply: Reply, response: ServerResponse): Status | undefined {
    if (reply.is === "watch") return streams.watch(reply, response);
    if (reply.is === "log" && reply.delivery.follow) return streams.follow(reply, response);
    send(response, reply);
    return undefined;
  }

  function receive(request: IncomingMessage, response: ServerResponse): void {
    const closed = refusedAtGate(request.headers, (server.address() as AddressInfo).port, token);
    if (closed) {
      refuse(request, response, closed);
      return;
    }
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > mostBytes) refuse(request, response, tooLarge(mostBytes));
      else chunks.push(chunk);
    });
    request.on("end", () => {
      if (length > mostBytes) return;
      try {
        handle(request, response, Buffer.concat(chunks));
      } catch (error) {
        // A mistake of ours must not end the trial of somebody.
        send(response, refusal(internalError(error instanceof Error ? error.message : "unknown")));
      }
    });
    request.on("error", () => response.destroy());
  }

  const server = createServer(
    {
      key,
      cert: certificate,
      headersTimeout: patience,
      requestTimeout: patience,
      keepAliveTimeout: 60_000,
      handshakeTimeout: patience,
      maxHeaderSize: 16 * 1024,
    },
    receive,
  );
  server.maxConnections = mostConnections;
  // Somebody who speaks no TLS, or goes away in the middle of it.
  server.on("tlsClientError", (_, socket) => socket.destroy());
  server.on("clientError", (_, socket) => socket.destroy());

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  clock.plan();
  return {
    port: (server.address() as AddressInfo).port,
    token,
    certificate,
    clock,
    breakConnections: () => server.closeAllConnections(),
    close() {
      clock.stop();
      streams.close();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function urlOf({ url = "/" }: IncomingMessage): URL | undefined {
  // Only a path is an address here: a whole URL would be for a proxy.
  if (!url.startsWith("/")) return undefined;
  try {
    return new URL(`https://127.0.0.1${url}`);
  } catch {
    return undefined;
  }
}

/** Refuses before the body is read, of which nobody wants the rest. */
function refuse(request: IncomingMessage, response: ServerResponse, status: Status): void {
  request.removeAllListeners("data");
  request.resume();
  if (response.headersSent) return;
  response.setHeader("Connection", "close");
  send(response, refusal(status));
}

/** A warning as a header spells it: quoted, and in one line. */
function warningHeader(text: string): string {
  const printable = text.replace(/[^\x20-\x7e]/g, "?");
  return `299 - "${printable.replace(/[\\"]/g, "\\$&")}"`;
}

function send(response: ServerResponse, reply: Exclude<Reply, { is: "watch" }>): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (reply.is === "bytes") {
    response.writeHead(200, { "Content-Type": reply.type });
    response.end(reply.bytes);
    return;
  }
  if (reply.is !== "json") {
    const text = reply.is === "log" ? logText(reply.lines, reply.delivery.limitBytes) : reply.text;
    response.writeHead(reply.is === "log" ? 200 : reply.code, { "Content-Type": "text/plain; charset=utf-8" });
    response.end(text);
    return;
  }
  const warnings = reply.warnings ?? [];
  if (warnings.length > 0) response.setHeader("Warning", warnings.map(warningHeader));
  const retry = (reply.body as Partial<Status>).details?.retryAfterSeconds;
  if (reply.code >= 400 && retry !== undefined) response.setHeader("Retry-After", String(retry));
  response.writeHead(reply.code, {
    "Content-Type": reply.type ?? "application/json",
    "Cache-Control": "no-cache, private",
  });
  response.end(JSON.stringify(reply.body));
}
