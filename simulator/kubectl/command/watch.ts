/** The changes of objects as they come. Models the watch of cli-runtime/pkg/resource/helper.go. */
import type { WatchEvent } from "../../apiserver/change-log.ts";
import type { ListOptions } from "../../apiserver/read.ts";
import type { ApiObject, Place } from "../../apiserver/types.ts";
import type { Context, Steps } from "./command.ts";
import { listObjects } from "./requests.ts";

/** Where a watch is, and what it has seen. */
interface Seen {
  readonly version: number;
  readonly objects: readonly ApiObject[];
}

/**
 * Lets time pass and hands on every change of the objects at a place, until `deadline` (milliseconds since 1970), or until `told`
 * gives something; undefined when the time is over. A door without a watch is asked for all of them after each change.
 */
export function* watchObjects<T>(
  context: Context,
  place: Place,
  seen: Seen,
  told: (event: WatchEvent) => Steps<T | undefined>,
  {
    options = {},
    deadline = Number.POSITIVE_INFINITY,
  }: { readonly options?: ListOptions; readonly deadline?: number } = {},
): Steps<T | undefined> {
  const { door } = context;
  let now = seen;
  for (;;) {
    const watched = door.watch?.(place, now.version, options);
    const next = watched ?? (yield* polled(context, place, now, options));
    for (const event of next.events) {
      const result = yield* told(event);
      if (result !== undefined) return result;
    }
    now = { version: next.version, objects: "objects" in next ? (next.objects as readonly ApiObject[]) : [] };
    const left = deadline - door.now();
    if (left <= 0) return undefined;
    yield { pass: left };
  }
}

function* polled(
  context: Context,
  { row, namespace, name }: Place,
  { version, objects }: Seen,
  options: ListOptions,
): Steps<Seen & { readonly events: readonly WatchEvent[] }> {
  const answer = yield* listObjects(context, row, namespace, options);
  if (!answer.ok) return { version, objects, events: [] };
  const now = answer.object.items.filter((one) => name === "" || one.metadata.name === name);
  const key = ({ metadata }: ApiObject) => metadata.uid ?? `${metadata.namespace}/${metadata.name}`;
  const before = new Map(objects.map((one) => [key(one), one]));
  const events: WatchEvent[] = [];
  for (const object of now) {
    const old = before.get(key(object));
    before.delete(key(object));
    if (!old) events.push({ type: "ADDED", object });
    else if (old.metadata.resourceVersion !== object.metadata.resourceVersion)
      events.push({ type: "MODIFIED", object });
  }
  for (const object of before.values()) events.push({ type: "DELETED", object });
  return { version: Number(answer.object.metadata.resourceVersion) || version, objects: now, events };
}
