/** The form in which an answer is wanted. Models apiserver/pkg/endpoints/handlers/negotiation. */

export type Form = "Table" | "PartialObjectMetadata" | "PartialObjectMetadataList" | "APIGroupDiscoveryList" | "plain";

const forms: Readonly<Record<string, { readonly group: string; readonly versions: readonly string[] }>> = {
  Table: { group: "meta.k8s.io", versions: ["v1"] },
  PartialObjectMetadata: { group: "meta.k8s.io", versions: ["v1"] },
  PartialObjectMetadataList: { group: "meta.k8s.io", versions: ["v1"] },
  APIGroupDiscoveryList: { group: "apidiscovery.k8s.io", versions: ["v2"] },
};

const json: ReadonlySet<string> = new Set(["application/json", "application/*", "*/*"]);

/** The first form of an Accept header that can be given; undefined when none can. Without a header it is plain JSON. */
export function formOf(accept: string | undefined): Form | undefined {
  if (accept === undefined || accept.trim() === "") return "plain";
  for (const range of accept.split(",")) {
    const [type = "", ...parameters] = range.split(";").map((part) => part.trim());
    if (!json.has(type.toLowerCase())) continue;
    const { as, g = "", v = "" } = Object.fromEntries(parameters.map((one) => one.split("=", 2) as [string, string]));
    if (as === undefined) return "plain";
    const form = Object.hasOwn(forms, as) ? forms[as] : undefined;
    if (form?.group === g && form.versions.includes(v)) return as as Form;
  }
  return undefined;
}
