/** Discovery of everything at once. Models APIGroupDiscoveryList of apidiscovery.k8s.io/v2. */
import type { KindTable } from "../api/kind.ts";
import { type ApiResource, coreVersions, groupList, resourceList } from "./discovery.ts";

/** Subresources beside what they belong to, as aggregated discovery tells of them. */
interface SubresourceDiscovery {
  readonly subresource: string;
  readonly responseKind: Gvk;
  readonly verbs: readonly string[];
}

interface Gvk {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

interface ResourceDiscovery {
  readonly resource: string;
  readonly responseKind: Gvk;
  readonly scope: "Namespaced" | "Cluster";
  readonly singularResource: string;
  readonly verbs: readonly string[];
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly subresources?: readonly SubresourceDiscovery[];
}

interface VersionDiscovery {
  readonly version: string;
  readonly resources: readonly ResourceDiscovery[];
  readonly freshness: "Current";
}

export interface GroupDiscovery {
  readonly metadata: { readonly name?: string; readonly creationTimestamp: null };
  readonly versions: readonly VersionDiscovery[];
}

/** The groups with their resources: the core group, or all others. */
export function groupDiscoveries(table: KindTable, core: boolean): readonly GroupDiscovery[] {
  const groups = core
    ? [{ name: "", versions: coreVersions(table) }]
    : groupList(table).groups.map(({ name, versions }) => ({ name, versions: versions.map((one) => one.version) }));
  return groups.map(({ name, versions }) => ({
    metadata: { ...(name === "" ? {} : { name }), creationTimestamp: null },
    versions: versions.map((version) => versionDiscovery(table, name, version)),
  }));
}

function versionDiscovery(table: KindTable, group: string, version: string): VersionDiscovery {
  const all = resourceList(table, group, version)?.resources ?? [];
  const gvk = (one: ApiResource): Gvk => ({
    group: one.group ?? group,
    version: one.version ?? version,
    kind: one.kind,
  });
  const resources = all
    .filter(({ name }) => !name.includes("/"))
    .map((one): ResourceDiscovery => {
      const { name, namespaced, singularName, verbs, shortNames, categories } = one;
      const subresources = all
        .filter((part) => part.name.startsWith(`${name}/`))
        .map((part) => ({
          subresource: part.name.slice(name.length + 1),
          responseKind: gvk(part),
          verbs: part.verbs,
        }));
      return {
        resource: name,
        responseKind: gvk(one),
        scope: namespaced ? "Namespaced" : "Cluster",
        singularResource: singularName,
        verbs,
        ...(shortNames ? { shortNames } : {}),
        ...(categories ? { categories } : {}),
        ...(subresources.length > 0 ? { subresources } : {}),
      };
    });
  return { version, resources, freshness: "Current" };
}
