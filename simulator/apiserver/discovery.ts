/** What is served, made of the table of kinds. Models APIGroupList and APIResourceList of meta/v1. */
import type { KindRow, KindTable } from "../api/kind.ts";
import { virtualResources } from "./virtual/virtual.ts";

export interface GroupVersion {
  readonly groupVersion: string;
  readonly version: string;
}

export interface ApiGroup {
  readonly name: string;
  readonly versions: readonly GroupVersion[];
  readonly preferredVersion: GroupVersion;
}

export interface ApiGroupList {
  readonly kind: "APIGroupList";
  readonly apiVersion: "v1";
  readonly groups: readonly ApiGroup[];
}

export interface ApiResource {
  readonly name: string;
  readonly singularName: string;
  readonly namespaced: boolean;
  readonly group?: string;
  readonly version?: string;
  readonly kind: string;
  readonly verbs: readonly string[];
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
}

export interface ApiResourceList {
  readonly kind: "APIResourceList";
  readonly apiVersion: "v1";
  readonly groupVersion: string;
  readonly resources: readonly ApiResource[];
}

const groupVersion = (group: string, version: string): GroupVersion => ({
  groupVersion: group === "" ? version : `${group}/${version}`,
  version,
});

/** The versions of a group in the order of preference: those of its kinds, the first ones first. */
function versionsOf(rows: readonly KindRow[]): readonly string[] {
  const most = Math.max(0, ...rows.map(({ versions }) => versions.length));
  const ranked = Array.from({ length: most }, (_, rank) => rows.flatMap(({ versions }) => versions[rank] ?? []));
  return [...new Set(ranked.flat())];
}

/** The versions of the core group, which has no name and a path of its own. */
export function coreVersions({ rows }: KindTable): readonly string[] {
  return versionsOf(rows.filter(({ group }) => group === ""));
}

/** The order in which the server tells its own groups; all others follow by name. Models pkg/controlplane/apiserver. */
const groupOrder: readonly string[] = [
  ...[
    "apps",
    "events.k8s.io",
    "authentication.k8s.io",
    "authorization.k8s.io",
    "autoscaling",
    "batch",
    "networking.k8s.io",
    "policy",
    "rbac.authorization.k8s.io",
  ],
  ...["storage.k8s.io", "admissionregistration.k8s.io", "apiextensions.k8s.io", "scheduling.k8s.io"],
  ...["coordination.k8s.io", "node.k8s.io", "discovery.k8s.io", "resource.k8s.io"],
];

function byOrder(a: string, b: string): number {
  const [one, other] = [groupOrder.indexOf(a), groupOrder.indexOf(b)];
  if (one >= 0 && other >= 0) return one - other;
  return one >= 0 ? -1 : other >= 0 ? 1 : a < b ? -1 : 1;
}

/** The rows in the order of discovery: by group, then by name. */
export function inDiscoveryOrder({ rows }: KindTable): readonly KindRow[] {
  return [...rows].sort((a, b) => {
    if (a.group === b.group) return a.plural < b.plural ? -1 : 1;
    if (a.group === "" || b.group === "") return a.group === "" ? -1 : 1;
    return byOrder(a.group, b.group);
  });
}

/** The named groups that are served. */
export function groupList({ rows }: KindTable): ApiGroupList {
  const all = [...rows, ...virtualResources].map(({ group }) => group);
  const names = [...new Set(all)].filter((group) => group !== "").sort(byOrder);
  const groups = names.map((name): ApiGroup => {
    const own = versionsOf(rows.filter(({ group }) => group === name));
    const virtual = virtualResources.filter(({ group }) => group === name).map(({ version }) => version);
    const versions = [...new Set([...own, ...virtual])].map((one) => groupVersion(name, one));
    return { name, versions, preferredVersion: versions[0]! };
  });
  return { kind: "APIGroupList", apiVersion: "v1", groups };
}

const allVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
const partVerbs = ["get", "patch", "update"];

/** How subresources are spoken to where they have a kind of their own. */
const subresources: Readonly<Record<string, Partial<ApiResource>>> = {
  scale: { group: "autoscaling", version: "v1", kind: "Scale", verbs: partVerbs },
  eviction: { group: "policy", version: "v1", kind: "Eviction", verbs: ["create"] },
  binding: { kind: "Binding", verbs: ["create"] },
  log: { verbs: ["get"] },
  token: { group: "authentication.k8s.io", version: "v1", kind: "TokenRequest", verbs: ["create"] },
  exec: { kind: "PodExecOptions", verbs: ["create", "get"] },
  attach: { kind: "PodAttachOptions", verbs: ["create", "get"] },
  portforward: { kind: "PodPortForwardOptions", verbs: ["create", "get"] },
};

function resourcesOf(row: KindRow): readonly ApiResource[] {
  const { plural, singular, namespaced, kind, shortNames, categories } = row;
  const main: ApiResource = {
    name: plural,
    singularName: singular,
    namespaced,
    kind,
    verbs: allVerbs,
    ...(shortNames.length > 0 ? { shortNames } : {}),
    ...(categories.length > 0 ? { categories } : {}),
  };
  const parts = row.subresources.map(
    (name): ApiResource => ({
      name: `${plural}/${name}`,
      singularName: "",
      namespaced,
      kind,
      verbs: partVerbs,
      ...subresources[name],
    }),
  );
  return [main, ...parts];
}

/** The resources of a group in a version; undefined when it is not served. */
export function resourceList({ rows }: KindTable, group: string, version: string): ApiResourceList | undefined {
  const served = rows.filter((row) => row.group === group && row.versions.includes(version));
  const virtual = virtualResources
    .filter((one) => one.group === group && one.version === version)
    .map(({ group: _, version: __, ...resource }): ApiResource => resource);
  if (served.length + virtual.length === 0) return undefined;
  const resources = [...served.flatMap(resourcesOf), ...virtual].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    kind: "APIResourceList",
    apiVersion: "v1",
    groupVersion: groupVersion(group, version).groupVersion,
    resources,
  };
}
