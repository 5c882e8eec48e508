/** `kubectl api-resources` and `api-versions`. Models kubectl/pkg/cmd/apiresources. */
import { apiVersionOf, type KindRow } from "../../api/kind.ts";
import { coreVersions, groupList, resourceList } from "../../apiserver/discovery.ts";
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

function* resources(context: Context, words: Words): Running {
  if (words.args.length > 0) return yield* misused(words, `unexpected arguments: [${words.args.join(" ")}]`);
  const output = flag(words, "output");
  if (output !== "" && output !== "wide" && output !== "name") {
    return yield* misused(words, `--output ${output} is not available`);
  }
  const sortBy = flag(words, "sort-by");
  if (sortBy !== "" && sortBy !== "name" && sortBy !== "kind") {
    return yield* fail("--sort-by accepts only name or kind");
  }
  const rows = context.door.kinds.rows.filter((row) => isWanted(context, row, words));
  const key = (row: KindRow) => (sortBy === "kind" ? row.kind : sortBy === "name" ? row.plural : row.group);
  const sorted = rows.toSorted((a, b) => order(key(a), key(b)) || order(a.plural, b.plural));
  if (output === "name") {
    yield { out: sorted.map((row) => `${row.plural}${row.group === "" ? "" : `.${row.group}`}\n`).join("") };
    return 0;
  }
  const isWide = output === "wide";
  const header = ["NAME", "SHORTNAMES", "APIVERSION", "NAMESPACED", "KIND", ...(isWide ? ["VERBS", "CATEGORIES"] : [])];
  const lines = sorted.map((row) => [
    row.plural,
    row.shortNames.join(","),
    apiVersionOf(row),
    String(row.namespaced),
    row.kind,
    ...(isWide ? [verbsOf(context, row).join(","), row.categories.join(",")] : []),
  ]);
  yield { out: alignedText(isOn(words, "no-headers") ? lines : [header, ...lines]) };
  return 0;
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function verbsOf({ door }: Context, row: KindRow): readonly string[] {
  const found = resourceList(door.kinds, row.group, row.versions[0])?.resources.find(({ name }) => name === row.plural);
  return found?.verbs ?? [];
}

function isWanted(context: Context, row: KindRow, words: Words): boolean {
  if (wasGiven(words, "api-group") && flag(words, "api-group") !== row.group) return false;
  if (wasGiven(words, "namespaced") && isOn(words, "namespaced") !== row.namespaced) return false;
  const has = verbsOf(context, row);
  return (
    values(words, "verbs").every((verb) => has.includes(verb)) &&
    values(words, "categories").every((one) => row.categories.includes(one))
  );
}
