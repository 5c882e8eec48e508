/** What is asked of the trial itself, not of Kubernetes: its time, and itself as a scenario. Under `/seatrial`. */
import { badRequest, methodNotAllowed, noSuchResource, type Status } from "../../simulator/apiserver/status.ts";
import type { Action } from "../../simulator/scenario/scenario.ts";
import type { Session } from "../../simulator/session.ts";
import { speedOf, timeOf } from "./amounts.ts";
import { type JsonReply, refusal } from "./api.ts";
import type { Clock } from "./clock.ts";

const root = "/seatrial";

export interface Controlled {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** Whether a path is answered here. */
export function isControl(path: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}

const json = (body: unknown): JsonReply => ({ is: "json", code: 200, body });

/** The time of a session as it is told. */
function timeNow(session: Session, clock: Clock): JsonReply {
  const next = session.next();
  const text = (time: number) => new Date(time).toISOString();
  return json({
    now: text(session.now()),
    next: next === undefined ? null : text(next),
    speed: clock.speed() === 0 ? "step" : String(clock.speed()),
  });
}

/** What a request comes to: `GET` and `POST /seatrial/time`, `GET /seatrial/scenario`, `POST /seatrial/actions`. */
export function control(session: Session, clock: Clock, { method, path, body }: Controlled): JsonReply {
  const isPost = method === "POST";
  if (!isPost && method !== "GET") return refusal(methodNotAllowed());
  switch (path.slice(root.length)) {
    case "/time": {
      const bad = isPost ? passTime(session, clock, body) : undefined;
      return bad ? refusal(bad) : timeNow(session, clock);
    }
    case "/scenario":
      return isPost ? refusal(methodNotAllowed()) : json(session.scenario());
    case "/actions": {
      const action = objectIn(body);
      if (!isPost) return refusal(methodNotAllowed());
      if (action === undefined) return refusal(badRequest("the body is no action"));
      const performed = session.perform(action as unknown as Action);
      if ("problems" in performed) {
        return refusal(badRequest(performed.problems.map((one) => `${one.path}: ${one.code}`).join(", ")));
      }
      return json("step" in performed ? performed.step : performed.response);
    }
    default:
      return refusal(noSuchResource());
  }
}

function objectIn(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = JSON.parse(body) as unknown;
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** `{"advance": "30s"}`, `{"next": true}`, `{"speed": "10"}` or `{"speed": "step"}`; gives what cannot be understood. */
function passTime(session: Session, clock: Clock, body: string): Status | undefined {
  const { advance, next, speed } = objectIn(body) ?? {};
  if (speed !== undefined) {
    const rate = speedOf(String(speed));
    if (rate === undefined) return badRequest(`speed: ${String(speed)}`);
    clock.setSpeed(rate);
  }
  if (advance !== undefined) {
    const length = timeOf(String(advance));
    if (length === undefined) return badRequest(`advance: ${String(advance)}`);
    clock.advanceTo(session.now() + length);
  }
  if (next === true) clock.advanceTo(session.next() ?? session.now());
  if (advance === undefined && next !== true && speed === undefined) {
    return badRequest('the body is {"advance": "30s"}, {"next": true} or {"speed": "10"}');
  }
  return undefined;
}
