/** `kubectl api-resources` and `api-versions`. Models kubectl/pkg/cmd/apiresources. */
import { type ApiResource, coreVersions, groupList, resourceList } from "../../apiserver/discovery.ts";
import { alignedText } from "../print/table-text.ts";
import type { Command, Context, Running } from "./command.ts";
import { fail, misused } from "./failure.ts";
import { list, printing, text, toggle } from "./flag.ts";
import { flag, isOn, values, type Words, wasGiven } from "./words.ts";

export const apiResources: Command = {
  name: "api-resources",
  says: "Show the kinds of objects that the server has",
  flags: [
    ...printing(),
    text("api-group", "only kinds of this group"),
    toggle("cached", "ask nothing that was asked before"),
    list("categories", "only kinds of these categories"),
    toggle("namespaced", "only kinds in namespaces, or only those of the cluster", { value: "true" }),
    toggle("no-headers", "leave the headings out"),
    text("sort-by", "name or kind"),
    list("verbs", "only kinds with these verbs"),
  ],
  printsItself: true,
  run: resources,
};

export const apiVersions: Command = {
  name: "api-versions",
  says: "Show the versions of groups that the server has",
  *run({ door }, words) {
    if (words.args.length > 0) return yield* misused(words, `unexpected arguments: [${words.args.join(" ")}]`);
    const named = groupList(door.kinds).groups.flatMap(({ versions }) => versions.map((one) => one.groupVersion));
    yield {
      out: [...coreVersions(door.kinds), ...named]
        .sort()
        .map((one) => `${one}\n`)
        .join(""),
    };
    return 0;
  },
};

/** A resource with its group and version. */
interface Listed extends ApiResource {
  readonly ofGroup: string;
  readonly apiVersion: string;
}

/** The resources of all groups in the versions that are preferred. */
function listed({ kinds }: Context["door"]): readonly Listed[] {
  const groups = [
    { group: "", version: coreVersions(kinds)[0] ?? "v1" },
    ...groupList(kinds).groups.flatMap(({ name, versions }) =>
      versions.map(({ version }) => ({ group: name, version })),
    ),
  ];
  const seen = new Set<string>();
  return groups.flatMap(({ group, version }) => {
    const all = resourceList(kinds, group, version)?.resources ?? [];
    return all.flatMap((one): readonly Listed[] => {
      if (one.name.includes("/") || seen.has(`${group}/${one.name}`)) return [];
      seen.add(`${group}/${one.name}`);
      return [{ ...one, ofGroup: group, apiVersion: group === "" ? version : `${group}/${version}` }];
    });
  });
}

function* resources({ door }: Context, words: Words): Running {
  if (words.args.length > 0) return yield* misused(words, `unexpected arguments: [${words.args.join(" ")}]`);
  const output = flag(words, "output");
  if (output !== "" && output !== "wide" && output !== "name") {
    return yield* fail(`--output ${output} is not available here: it may be wide or name`);
  }
  const sortBy = flag(words, "sort-by");
  if (sortBy !== "" && sortBy !== "name" && sortBy !== "kind") {
    return yield* fail("--sort-by accepts only name or kind");
  }
  const key = (one: Listed) => (sortBy === "kind" ? one.kind : sortBy === "name" ? one.name : one.ofGroup);
  const sorted = listed(door)
    .filter((one) => isWanted(one, words))
    .toSorted((a, b) => order(key(a), key(b)) || order(a.name, b.name));
  if (output === "name") {
    yield { out: sorted.map(({ name, ofGroup }) => `${name}${ofGroup === "" ? "" : `.${ofGroup}`}\n`).join("") };
    return 0;
  }
  const isWide = output === "wide";
  const header = ["NAME", "SHORTNAMES", "APIVERSION", "NAMESPACED", "KIND", ...(isWide ? ["VERBS", "CATEGORIES"] : [])];
  const lines = sorted.map(({ name, shortNames = [], apiVersion, namespaced, kind, verbs, categories = [] }) => [
    ...[name, shortNames.join(","), apiVersion, String(namespaced), kind],
    ...(isWide ? [verbs.join(","), categories.join(",")] : []),
  ]);
  yield { out: alignedText(isOn(words, "no-headers") ? lines : [header, ...lines]) };
  return 0;
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function isWanted({ ofGroup, namespaced, verbs, categories = [] }: Listed, words: Words): boolean {
  if (wasGiven(words, "api-group") && flag(words, "api-group") !== ofGroup) return false;
  if (wasGiven(words, "namespaced") && isOn(words, "namespaced") !== namespaced) return false;
  return (
    values(words, "verbs").every((verb) => verbs.includes(verb)) &&
    values(words, "categories").every((one) => categories.includes(one))
  );
}
