/** Roles and their bindings as `kubectl describe` shows them. Models RoleDescriber of kubectl/pkg/describe/describe.go and kubectl/pkg/util/rbac. */
import { asObject, type JsonObject, listAt, stringAt } from "../../api/json.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import { annotationLines, labelLines, line, listText, row, tableLines } from "./writer.ts";

const head = ({ metadata }: ApiObject): string =>
  row("Name", metadata.name) +
  labelLines("Labels", metadata.labels) +
  annotationLines("Annotations", metadata.annotations ?? {});

interface Rule {
  readonly verbs: readonly string[];
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  readonly names: readonly string[];
  readonly urls: readonly string[];
}

/** Rules of one resource, one name and one verb each. */
function broken(rule: JsonObject): readonly Rule[] {
  const texts = (key: string) => listAt(rule, key).map(String);
  const verbs = texts("verbs");
  const names = texts("resourceNames");
  const places = texts("apiGroups").flatMap((group) => texts("resources").map((resource) => ({ group, resource })));
  const ofResources = places.flatMap(({ group, resource }) =>
    verbs.flatMap((verb) =>
      (names.length > 0 ? names.map((one) => [one]) : [[]]).map((some): Rule => {
        return { verbs: [verb], groups: [group], resources: [resource], names: some, urls: [] };
      }),
    ),
  );
  const ofUrls = texts("nonResourceURLs").flatMap((url) =>
    verbs.map((verb): Rule => ({ verbs: [verb], groups: [], resources: [], names: [], urls: [url] })),
  );
  return [...ofResources, ...ofUrls];
}

/** What differs only by its verbs is put together. */
function compact(rules: readonly Rule[]): readonly Rule[] {
  const byPlace = new Map<string, Rule>();
  for (const rule of rules) {
    const { groups, resources, names, urls, verbs } = rule;
    const key = JSON.stringify([groups, resources, names, urls, urls.length > 0 ? verbs : []]);
    const before = byPlace.get(key);
    byPlace.set(key, before ? { ...before, verbs: [...new Set([...before.verbs, ...verbs])] } : rule);
  }
  return [...byPlace.values()];
}

/** By which rules are sorted: as Go writes them. */
function orderText({ verbs, groups, resources, names, urls }: Rule): string {
  const [v, g, r, n, u] = [verbs, groups, resources, names, urls].map(listText);
  return `&PolicyRule{Verbs:${v},APIGroups:${g},Resources:${r},ResourceNames:${n},NonResourceURLs:${u},}`;
}

function placeText({ resources, groups }: Rule): string {
  const [resource = "", ...below] = (resources[0] ?? "").split("/");
  const group = groups[0] ?? "";
  if (resources.length === 0) return "";
  return resource + (group === "" ? "" : `.${group}`) + (below.length > 0 ? `/${below.join("/")}` : "");
}

export function roleText(role: ApiObject): string {
  const rules = compact(listAt(role, "rules").map(asObject).flatMap(broken)).toSorted((a, b) =>
    orderText(a) < orderText(b) ? -1 : 1,
  );
  const rows = rules.map((rule) =>
    [placeText(rule), listText(rule.urls), listText(rule.names), listText(rule.verbs)].join("\t"),
  );
  return head(role) + tableLines("PolicyRule", ["Resources", "Non-Resource URLs", "Resource Names", "Verbs"], rows);
}

export function bindingText(binding: ApiObject): string {
  const role = asObject(binding["roleRef"]);
  const subjects = listAt(binding, "subjects")
    .map(asObject)
    .map((one) => ["kind", "name", "namespace"].map((key) => stringAt(one, key)).join("\t"));
  return [
    head(binding),
    line(0, "Role:"),
    row("Kind", stringAt(role, "kind"), 1),
    row("Name", stringAt(role, "name"), 1),
    tableLines("Subjects", ["Kind", "Name", "Namespace"], subjects),
  ].join("");
}
