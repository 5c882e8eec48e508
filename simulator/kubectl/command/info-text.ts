/** An object as kubectl describes it in its errors. Models Info of cli-runtime/pkg/resource. */
import type { ApiObject } from "../../apiserver/types.ts";
import type { Info } from "./info.ts";

/** `Resource: "apps/v1, Resource=deployments", …`, in two lines. */
export function infoText({ place, object }: Info): string {
  const { row, namespace, name } = place;
  const version = object.apiVersion.includes("/") ? object.apiVersion : `/${object.apiVersion}`;
  return (
    `Resource: "${version}, Resource=${row.plural}", GroupVersionKind: "${version}, Kind=${row.kind}"\n` +
    `Name: "${name}", Namespace: "${namespace}"`
  );
}

/** Why an object of a file cannot be looked for; undefined when it can. */
export function nameFault({ metadata }: ApiObject): string | undefined {
  const { name, generateName } = metadata as { readonly name?: string; readonly generateName?: string };
  if (!name && generateName) return `from ${generateName}: cannot use generate name with apply`;
  return undefined;
}
