/**
 * Who is let in: whoever has the token, from this machine, and no web page. A page that somebody visits can send requests to
 * 127.0.0.1 under another name (DNS rebinding) or its own (cross-site); both show in the headers.
 */
import { timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { forbiddenBecause, type Status, unauthorized } from "../../simulator/apiserver/status.ts";

/** Why a request is not let in; undefined when it is. */
export function refusedAtGate(headers: IncomingHttpHeaders, port: number, token: string): Status | undefined {
  const { host = "", origin, authorization = "" } = headers;
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) {
    return forbiddenBecause("the server answers under the address 127.0.0.1 only");
  }
  if (origin !== undefined || headers["sec-fetch-site"] !== undefined) {
    return forbiddenBecause("the server does not answer web pages");
  }
  return hasToken(authorization, token) ? undefined : unauthorized();
}

function hasToken(authorization: string, token: string): boolean {
  const given = Buffer.from(/^Bearer (\S+)$/i.exec(authorization)?.[1] ?? "");
  const wanted = Buffer.from(token);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
