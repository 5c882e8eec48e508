/** `kubectl get`. Models kubectl/pkg/cmd/get/get.go. */
import type { JsonObject } from "../../api/json.ts";
import { type KindRow, resourceName } from "../../api/kind.ts";
import { tableOf } from "../../apiserver/table.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import { sorted } from "../print/json-text.ts";
import { commonFormats, formatOf, printerOf } from "../print/printer.ts";
import { tableText } from "../print/table-text.ts";
import type { Command, Context, Running, Steps } from "./command.ts";
import { ended, type Failure, fail, misused } from "./failure.ts";
import { objectsOfFiles } from "./files.ts";
import { byFieldSelector, bySelector, count, everyNamespace, fromFiles, list, printing, text, toggle } from "./flag.ts";
import { placeIn } from "./pick.ts";
import { getObject, listObjects } from "./requests.ts";
import { meantBy } from "./resolve.ts";
import { flag, isOn, values, type Words } from "./words.ts";

export const get: Command = {
  name: "get",
  says: "Show objects",
  usage: "[-o FORMAT] (TYPE [NAME | -l LABEL] | TYPE/NAME ...)",
  flags: [
    ...fromFiles,
    ...printing(),
    bySelector,
    byFieldSelector,
    everyNamespace,
    count("chunk-size", "how many objects to ask for at once; 0: all", { value: "500" }),
    toggle("ignore-not-found", "what is not there is no error"),
    list("label-columns", "labels that have columns of their own", { short: "L" }),
    toggle("no-headers", "leave the headings out"),
    toggle("output-watch-events", "print what happened with each object of a watch"),
    text("raw", "a path to ask for"),
    toggle("server-print", "let the server make the columns", { value: "true" }),
    toggle("show-kind", "print the kind before each name"),
    toggle("show-labels", "print the labels in a last column"),
    text("sort-by", "a jsonpath by which to sort"),
    text("subresource", "status, scale or resize: show that part"),
    toggle("watch", "print the objects, then their changes", { short: "w" }),
    toggle("watch-only", "print changes only"),
  ],
  printsItself: true,
  run,
};

const formats = [...commonFormats, "custom-columns", "custom-columns-file", "wide"].sort();

/** Objects of one kind that were asked for together. */
interface Group {
  readonly row: KindRow;
  readonly objects: readonly ApiObject[];
}

interface Asked {
  readonly groups: readonly Group[];
  readonly failures: readonly Failure[];
  /** One object was named. */
  readonly single: boolean;
}

function* run(context: Context, words: Words): Running {
  if (words.args.length === 0 && values(words, "filename").length === 0 && flag(words, "kustomize") === "") {
    yield {
      err: 'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n',
    };
    return yield* misused(
      words,
      'Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).',
    );
  }
  const { format } = formatOf(words);
  const isTable = format === "" || format === "wide";
  const printer = isTable ? undefined : printerOf(words, context.files, formats);
  if (printer && "error" in printer) return yield* fail(printer.error);
  const asked = yield* ask(context, words);
  if (asked.wrong !== undefined) return yield* fail(asked.wrong);
  const failures = isOn(words, "ignore-not-found") ? asked.failures.filter(isOther) : asked.failures;
  if (!printer) return yield* tables(context, words, { ...asked, failures });
  const objects = asked.groups.flatMap(({ objects: some }) => some);
  const only = asked.single ? objects[0] : undefined;
  if (asked.single && !only) return yield* ended(failures);
  const shown = printer(only ? (sorted(only) as JsonObject) : listOf(objects));
  if ("error" in shown) return yield* fail(shown.error);
  yield { out: shown.text };
  return yield* ended(failures);
}

const isOther = (failure: Failure) => typeof failure === "string" || failure.reason !== "NotFound";

function listOf(objects: readonly ApiObject[]): JsonObject {
  const items = objects.map(sorted);
  return { apiVersion: "v1", items, kind: "List", metadata: { resourceVersion: "" } };
}

function* ask(context: Context, words: Words): Steps<Asked & { readonly wrong?: string }> {
  const meant = meantBy(context, words, { everyOf: true });
  const failures: Failure[] = [];
  const groups: Group[] = [];
  switch (meant.is) {
    case "wrong":
      return { groups, failures, single: false, wrong: meant.why };
    case "kinds":
      for (const row of meant.rows) {
        const answer = yield* listObjects(context, row, meant.namespace, meant.options);
        if (answer.ok) groups.push({ row, objects: answer.object.items });
        else failures.push(answer.status);
      }
      return { groups, failures, single: false };
    default: {
      const files = meant.is === "files" ? objectsOfFiles(context, words) : { infos: [], failures: [] };
      failures.push(...files.failures);
      const places =
        meant.is === "names"
          ? meant.names.map(({ row, name }) => placeIn(context, row, name))
          : files.infos.map(({ place }) => place);
      for (const place of places) {
        const answer = yield* getObject(context, place, flag(words, "subresource"));
        if (answer.ok) groups.push({ row: place.row, objects: [answer.object] });
        else failures.push(answer.status);
      }
      return { groups, failures, single: places.length === 1 };
    }
  }
}

/** Tables, one for each run of objects of the same kind. */
function* tables(context: Context, words: Words, { groups, failures }: Asked): Running {
  const runs: Group[] = [];
  for (const { row, objects } of groups) {
    const last = runs.at(-1);
    if (last?.row === row) runs[runs.length - 1] = { row, objects: [...last.objects, ...objects] };
    else runs.push({ row, objects });
  }
  const withKind = isOn(words, "show-kind") || new Set(groups.map(({ row }) => row)).size > 1;
  const wide = formatOf(words).format === "wide";
  const noHeaders = isOn(words, "no-headers");
  let isFirst = true;
  for (const { row, objects } of runs) {
    if (objects.length === 0) continue;
    if (!isFirst && !noHeaders) yield { out: "\n" };
    isFirst = false;
    const table = tableOf(row, objects, context.door.now());
    const columns = {
      withNamespace: isOn(words, "all-namespaces") && row.namespaced,
      labelColumns: values(words, "label-columns"),
      showLabels: isOn(words, "show-labels"),
    };
    yield { out: tableText(table, { wide, noHeaders, prefix: withKind ? `${resourceName(row)}/` : "", ...columns }) };
  }
  if (isFirst && failures.length === 0 && !isOn(words, "ignore-not-found")) {
    const isNamespaced = !isOn(words, "all-namespaces") && groups.every(({ row }) => row.namespaced);
    yield { err: isNamespaced ? `No resources found in ${context.namespace} namespace.\n` : "No resources found\n" };
  }
  return yield* ended(failures);
}
