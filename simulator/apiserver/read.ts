/** get and list. Models apiserver/pkg/registry/generic/registry/store.go and endpoints/handlers/get.go. */
import { apiVersionOf } from "../api/kind.ts";
import { inVersion } from "../api/registry/versions.ts";
import type { LiveObject } from "../cluster/objects.ts";
import { candidates, liveAt } from "./find.ts";
import { objectOut } from "./out/object.ts";
import { fieldTest, labelTest, type Test } from "./selectors.ts";
import { badRequest, expired, notFound } from "./status.ts";
import {
  type Answer,
  type ApiList,
  type ApiObject,
  done,
  type Parts,
  type Place,
  refused,
  type Surroundings,
} from "./types.ts";

/** The object in the version that the request speaks. */
export function spoken(object: ApiObject, { apiVersion }: Pick<Place, "apiVersion">): ApiObject {
  return apiVersion === undefined ? object : (inVersion(object, apiVersion) as ApiObject);
}

/** The object at a place. */
export function get(server: Surroundings, place: Place, parts: Parts = "all"): Answer {
  const live = liveAt(place, server);
  return live ? done(spoken(objectOut(live, server, parts), place)) : refused(notFound(place.row, place.name));
}

export interface ListOptions {
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** Most objects to give at once; the rest can be asked for with `continue`. */
  readonly limit?: number;
  readonly continue?: string;
  /** What of each object is wanted. Default: all. */
  readonly answer?: Parts;
}

type Named = Pick<LiveObject, "namespace" | "name">;
const byPlace = (a: Named, b: Named): number =>
  a.namespace < b.namespace ? -1 : a.namespace > b.namespace ? 1 : a.name < b.name ? -1 : a.name > b.name ? 1 : 0;

/** The tests of a list or watch, or why a selector cannot be used. */
export function testsOf(
  { row }: Place,
  { labelSelector = "", fieldSelector = "" }: ListOptions,
): Answer<readonly Test[]> {
  const tests: Test[] = [];
  if (labelSelector !== "") {
    const test = labelTest(labelSelector);
    if (typeof test !== "function") return refused(test);
    tests.push(test);
  }
  if (fieldSelector !== "") {
    const test = fieldTest(row, fieldSelector);
    if (typeof test !== "function") return refused(test);
    tests.push(test);
  }
  return done(tests);
}

/** The objects of a kind in a namespace, or in all of them when it is empty. */
export function list(server: Surroundings, place: Place, options: ListOptions = {}): Answer<ApiList> {
  const tests = testsOf(place, options);
  if (!tests.ok) return tests;
  const { row, namespace, name } = place;
  const after = options.continue ? startOf(options.continue) : null;
  if (after === undefined) return refused(badRequest(`continue key is not valid: ${options.continue}`));
  const live = [...candidates(row, options.fieldSelector ?? "", server)].filter(
    (one) =>
      (namespace === "" || one.namespace === namespace) &&
      (name === "" || one.name === name) &&
      (!after || byPlace(one, after) > 0),
  );
  live.sort(byPlace);
  const limit = options.limit !== undefined && options.limit > 0 ? options.limit : Number.POSITIVE_INFINITY;
  const items: ApiObject[] = [];
  let next = 0;
  for (; next < live.length && items.length < limit; next++) {
    const object = objectOut(live[next]!, server, options.answer);
    if (tests.object.every((test) => test(object))) items.push(object);
  }
  const rest = live.length - next;
  const last = live[next - 1];
  return done({
    apiVersion: apiVersionOf(row),
    kind: `${row.kind}List`,
    metadata: {
      resourceVersion: String(server.store.version()),
      ...(rest > 0 && last ? { continue: `${last.namespace}/${last.name}` } : {}),
      ...(rest > 0 && tests.object.length === 0 ? { remainingItemCount: rest } : {}),
    },
    items,
  });
}

/** After which object the rest of a list begins; undefined for a token that is none. */
function startOf(token: string): Named | undefined {
  const [namespace, name, more] = token.split("/");
  return namespace === undefined || name === undefined || more !== undefined ? undefined : { namespace, name };
}

/** What a watch says that starts before the oldest change which is kept. */
export function tooOld(version: number, oldest: number) {
  return expired(`too old resource version: ${version} (${oldest})`);
}
