/** `kubectl get`. Models kubectl/pkg/cmd/get/get.go. */
import { asObject, type JsonObject, stringAt } from "../../api/json.ts";
import { type KindRow, type Printer, resourceName } from "../../api/kind.ts";
import type { Json } from "../../api/objects.ts";
import { age, columns } from "../../api/printers/cells.ts";
import { tableOf } from "../../apiserver/table.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import { columnsOfFile, columnsPrinter } from "../print/columns.ts";
import { sorted } from "../print/json-text.ts";
import { commonFormats, formatOf, printerOf } from "../print/printer.ts";
import type { ObjectPrinter } from "../print/shown.ts";
import { sortedBy } from "../print/sort.ts";
import { createAligner, type TableTextOptions, tableCells, tableText } from "../print/table-text.ts";
import { type Asked, ask, type Group } from "./ask.ts";
import type { Command, Context, Running, Steps } from "./command.ts";
import { ended, type Failure, fail, misused } from "./failure.ts";
import { byFieldSelector, bySelector, count, everyNamespace, fromFiles, list, printing, text, toggle } from "./flag.ts";
import { watchObjects } from "./watch.ts";
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

function* run(context: Context, words: Words): Running {
  if (flag(words, "raw") !== "") return yield* fail("--raw is not available here: name the type of the objects");
  if (words.args.length === 0 && values(words, "filename").length === 0 && flag(words, "kustomize") === "") {
    yield {
      err: 'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n',
    };
    return yield* misused(
      words,
      'Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).',
    );
  }
  const wrong = flagFault(words);
  if (wrong !== undefined) return yield* fail(wrong);
  const { format } = formatOf(words);
  const printer = format === "" || format === "wide" ? undefined : formatPrinter(context, words);
  if (printer && "error" in printer) return yield* fail(printer.error);
  const asked = yield* ask(context, words);
  if ("wrong" in asked) return yield* fail(asked.wrong);
  if (isOn(words, "watch") || isOn(words, "watch-only")) return yield* watch(context, words, asked, printer);
  const failures = isOn(words, "ignore-not-found") ? asked.failures.filter(isOther) : asked.failures;
  const chosen = { ...asked, failures };
  return yield* printer ? objects(words, chosen, printer) : tables(context, words, chosen);
}

/** Flags that do not go together. */
function flagFault(words: Words): string | undefined {
  const output = flag(words, "output");
  if (isOn(words, "show-labels") && output !== "" && output !== "wide") {
    return `--show-labels option cannot be used with ${output} printer`;
  }
  if (isOn(words, "output-watch-events") && !isOn(words, "watch") && !isOn(words, "watch-only")) {
    return "--output-watch-events option can only be used with --watch or --watch-only";
  }
  return undefined;
}

function formatPrinter(context: Context, words: Words): ReturnType<typeof printerOf> {
  const { format, argument = "" } = formatOf(words);
  const noHeaders = isOn(words, "no-headers");
  if (format === "custom-columns") return columnsPrinter(argument, noHeaders);
  if (format === "custom-columns-file") {
    const text = context.files.read(argument);
    if (text !== undefined) return columnsOfFile(text, noHeaders);
    return { error: `error reading template ${argument}, open ${argument}: no such file or directory\n` };
  }
  return printerOf(words, context.files, formats);
}

const isOther = (failure: Failure) => typeof failure === "string" || failure.reason !== "NotFound";

/** Objects in one of the forms of `-o`: a single one that was named, else all of them as a list. */
function* objects(words: Words, asked: Asked, printer: ObjectPrinter): Running {
  const all = asked.groups.flatMap((group) => group.objects);
  const only = asked.isSingle ? all[0] : undefined;
  if (asked.isSingle && !only) return yield* ended(asked.failures);
  if (all.length === 0 && isOn(words, "ignore-not-found")) return yield* ended(asked.failures);
  const path = flag(words, "sort-by");
  const order = path === "" ? { sorted: all } : sortedBy(all, path);
  if ("error" in order) return yield* fail(order.error);
  const inOrder = /^(?:json|kyaml)$/.test(flag(words, "output")) ? sorted : (one: ApiObject) => one;
  const shown = printer(only ? (inOrder(only) as JsonObject) : listOf(order.sorted.map(inOrder)));
  if ("error" in shown) return yield* fail(shown.error);
  yield { out: shown.text };
  return yield* ended(asked.failures);
}

function listOf(items: readonly Json[]): JsonObject {
  return { apiVersion: "v1", items, kind: "List", metadata: { resourceVersion: "" } };
}

/** Tables, one for each run of objects of the same kind. */
function* tables(context: Context, words: Words, { groups, failures }: Asked): Running {
  const options = tableOptions(words);
  const withKind = isOn(words, "show-kind") || new Set(groups.map(({ row }) => row)).size > 1;
  let isFirst = true;
  for (const { row, objects: some } of runsOf(groups)) {
    if (some.length === 0) continue;
    const path = flag(words, "sort-by");
    const order = path === "" ? { sorted: some } : sortedBy(some, path);
    // Rows by a path that no object has are none.
    if ("error" in order && order.isMissing) continue;
    if ("error" in order) return yield* fail(order.error);
    if (!isFirst && !options.noHeaders) yield { out: "\n" };
    isFirst = false;
    const table = tableOf(isOn(words, "server-print") ? row : byItself(row), order.sorted, context.door.now());
    yield { out: tableText(table, { ...options, ...ofKind(words, row, withKind) }) };
  }
  if (isFirst && failures.length === 0 && !isOn(words, "ignore-not-found")) {
    const isNamespaced = !isOn(words, "all-namespaces") && groups.every(({ row }) => row.namespaced);
    yield { err: isNamespaced ? `No resources found in ${context.namespace} namespace.\n` : "No resources found\n" };
  }
  return yield* ended(failures);
}

/** The columns that kubectl makes without the server. */
function byItself(row: KindRow): KindRow {
  const printer: Printer = {
    columns: columns("Age"),
    cells: (object, now) => [stringAt(asObject(object["metadata"]), "name"), age(object, now)],
  };
  return { ...row, printer };
}

function runsOf(groups: readonly Group[]): readonly Group[] {
  const runs: Group[] = [];
  for (const { row, objects: some } of groups) {
    const last = runs.at(-1);
    if (last?.row === row) runs[runs.length - 1] = { row, objects: [...last.objects, ...some] };
    else runs.push({ row, objects: some });
  }
  return runs;
}

function tableOptions(words: Words): TableTextOptions {
  return {
    wide: formatOf(words).format === "wide",
    noHeaders: isOn(words, "no-headers"),
    labelColumns: values(words, "label-columns"),
    showLabels: isOn(words, "show-labels"),
  };
}

function ofKind(words: Words, row: KindRow, withKind: boolean): TableTextOptions {
  return {
    prefix: withKind ? `${resourceName(row)}/` : "",
    withNamespace: isOn(words, "all-namespaces") && row.namespaced,
  };
}

/** The objects, then each change of them, for as long as time is given. */
function* watch(context: Context, words: Words, asked: Asked, printer: ObjectPrinter | undefined): Running {
  const [group, ...others] = asked.groups;
  if (asked.failures.length > 0) return yield* ended(asked.failures.slice(0, 1));
  if (others.length > 0) {
    return yield* fail(
      "watch is only supported on individual resources and resource collections - more than 1 resource was found",
    );
  }
  if (!group || !asked.place) return 0;
  const { row, objects: some } = group;
  const withEvents = isOn(words, "output-watch-events");
  const align = createAligner();
  let options: TableTextOptions = { ...tableOptions(words), ...ofKind(words, row, isOn(words, "show-kind")) };
  function* tell(object: ApiObject, type: string): Steps<void> {
    if (printer) {
      const shown = printer(sorted(withEvents ? { type, object } : object) as JsonObject);
      yield "error" in shown ? { err: `error: ${shown.error}\n` } : { out: shown.text };
      return;
    }
    const event = withEvents ? { event: type } : {};
    yield { out: align(tableCells(tableOf(row, [object], context.door.now()), { ...options, ...event })) };
    options = { ...options, noHeaders: true };
  }
  if (!isOn(words, "watch-only")) {
    if (printer || some.length === 0) for (const object of some) yield* tell(object, "ADDED");
    else {
      const event = withEvents ? { event: "ADDED" } : {};
      yield { out: align(tableCells(tableOf(row, some, context.door.now()), { ...options, ...event })) };
      options = { ...options, noHeaders: true };
    }
  }
  const seen = { version: asked.version, objects: some };
  yield* watchObjects(context, asked.place, seen, ({ type, object }) => tell(object, type), { options: asked.options });
  return 0;
}
