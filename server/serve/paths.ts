/** What a path of the API names. Models RequestInfoFactory of apiserver/pkg/endpoints/request. */

export type ApiPath =
  /** `/api`, or `/apis`: which versions and groups there are. */
  | { readonly is: "versions" }
  | { readonly is: "groups" }
  | { readonly is: "group"; readonly group: string }
  | { readonly is: "group-version"; readonly group: string; readonly version: string }
  | {
      readonly is: "resource";
      readonly group: string;
      readonly version: string;
      readonly resource: string;
      readonly namespace?: string;
      readonly name?: string;
      readonly subresource?: string;
    }
  /** Anything else, such as `/healthz`; without the slash at its end. */
  | { readonly is: "other"; readonly path: string };

/** Subresources of a namespace: any other word after its name is a resource inside. */
const ofNamespaces: ReadonlySet<string> = new Set(["status", "finalize"]);

/** The parts of a path, or undefined where it is spelt wrongly. */
function partsOf(pathname: string): readonly string[] | undefined {
  try {
    return pathname
      .split("/")
      .filter((part) => part !== "")
      .map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

/** Reads the path of a URL; undefined where it is spelt wrongly or goes too deep. */
export function readPath(pathname: string): ApiPath | undefined {
  const parts = partsOf(pathname);
  if (!parts) return undefined;
  const [root, ...rest] = parts;
  if (root === "api") {
    const [version, ...more] = rest;
    if (version === undefined) return { is: "versions" };
    return more.length === 0 ? { is: "group-version", group: "", version } : resourceAt("", version, more);
  }
  if (root === "apis") {
    const [group, version, ...more] = rest;
    if (group === undefined) return { is: "groups" };
    if (version === undefined) return { is: "group", group };
    return more.length === 0 ? { is: "group-version", group, version } : resourceAt(group, version, more);
  }
  return { is: "other", path: `/${parts.join("/")}` };
}

function resourceAt(group: string, version: string, parts: readonly string[]): ApiPath | undefined {
  const [first, second, third] = parts;
  const isInside = first === "namespaces" && second !== undefined && third !== undefined && !ofNamespaces.has(third);
  const [resource = "", name, subresource, ...more] = isInside ? parts.slice(2) : parts;
  if (more.length > 0) return undefined;
  return {
    is: "resource",
    group,
    version,
    resource,
    ...(isInside ? { namespace: second } : {}),
    ...(name === undefined ? {} : { name }),
    ...(subresource === undefined ? {} : { subresource }),
  };
}
