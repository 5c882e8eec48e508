/** Resources that are answered and not kept: reviews of who may do what, and metrics. No row of the table of kinds is theirs. */
import type { JsonObject } from "../../api/json.ts";
import type { LiveObject } from "../../cluster/objects.ts";
import { labelTest } from "../selectors.ts";
import { methodNotAllowed, noSuchResource, notFoundAs } from "../status.ts";
import { type Answer, type ApiList, type ApiObject, type ApiServer, done, refused } from "../types.ts";
import { nodeMetrics, podMetrics } from "./metrics.ts";
import { review } from "./reviews.ts";

/** A resource that is answered and not kept, as discovery tells of it. */
export interface VirtualResource {
  readonly group: string;
  readonly version: string;
  readonly name: string;
  readonly singularName: string;
  readonly namespaced: boolean;
  readonly kind: string;
  readonly verbs: readonly string[];
}

const reviewOf = (group: string, kind: string, namespaced = false): VirtualResource => ({
  group,
  version: "v1",
  name: `${kind.toLowerCase()}s`,
  singularName: kind.toLowerCase(),
  namespaced,
  kind,
  verbs: ["create"],
});

const metricsOf = (name: string, kind: string, namespaced: boolean): VirtualResource => ({
  group: "metrics.k8s.io",
  version: "v1beta1",
  name,
  singularName: "",
  namespaced,
  kind,
  verbs: ["get", "list"],
});

/** All of them. */
export const virtualResources: readonly VirtualResource[] = [
  reviewOf("authentication.k8s.io", "SelfSubjectReview"),
  reviewOf("authorization.k8s.io", "LocalSubjectAccessReview", true),
  reviewOf("authorization.k8s.io", "SelfSubjectAccessReview"),
  reviewOf("authorization.k8s.io", "SelfSubjectRulesReview"),
  reviewOf("authorization.k8s.io", "SubjectAccessReview"),
  metricsOf("nodes", "NodeMetrics", false),
  metricsOf("pods", "PodMetrics", true),
];

/** As much of a request as is looked at. */
export interface VirtualRequest {
  readonly verb: string;
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly body?: unknown;
  readonly options?: { readonly labelSelector?: string };
}

/** The one that a request is for; undefined when it is for none. */
export function virtualFor({ group, version, resource }: VirtualRequest): VirtualResource | undefined {
  return virtualResources.find((one) => one.group === group && one.version === version && one.name === resource);
}

/** What a request for one comes to. */
export function answerVirtual(
  server: ApiServer,
  resource: VirtualResource,
  request: VirtualRequest,
): Answer<ApiObject | ApiList> {
  // A cluster without a metrics server knows no such resources.
  const isThere = resource.verbs.includes("create") || server.cluster.metrics.served;
  if (!isThere) return refused(noSuchResource());
  if (!resource.verbs.includes(request.verb) || request.subresource) return refused(methodNotAllowed());
  const apiVersion = `${resource.group}/${resource.version}`;
  if (resource.verbs.includes("create")) {
    return done(review(resource.kind, apiVersion, request.body) as ApiObject);
  }
  const items = [...measured(server, resource)].filter(
    ({ metadata: { name, namespace = "" } }) =>
      (!request.name || name === request.name) && (!request.namespace || namespace === request.namespace),
  );
  if (request.verb === "get") {
    return items[0] ? done(items[0]) : refused(notFoundAs(resource, request.name ?? ""));
  }
  const { labelSelector = "" } = request.options ?? {};
  const test = labelSelector === "" ? () => true : labelTest(labelSelector);
  if (typeof test !== "function") return refused(test);
  const metadata = { resourceVersion: String(server.store.version()) };
  return done({ kind: `${resource.kind}List`, apiVersion, metadata, items: items.filter(test) });
}

function* measured(server: ApiServer, { name }: VirtualResource): Generator<ApiObject> {
  const { store } = server;
  const all: Iterable<LiveObject> = name === "pods" ? store.all("Pod") : store.all("Node");
  for (const one of all) {
    const metrics: JsonObject | undefined =
      one.kind === "Pod" ? podMetrics(server, one) : one.kind === "Node" ? nodeMetrics(server, one) : undefined;
    if (metrics) yield metrics as ApiObject;
  }
}
