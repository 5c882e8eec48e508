/** What the arguments of a command mean, before anything is asked of the server. Models cli-runtime/pkg/resource/builder.go. */
import type { KindRow, KindTable } from "../../api/kind.ts";
import { inDiscoveryOrder } from "../../apiserver/discovery.ts";
import type { Context } from "./command.ts";
import { flag, isOn, values, type Words } from "./words.ts";

export interface Named {
  readonly row: KindRow;
  readonly name: string;
}

export type Meant =
  | { readonly is: "files" }
  | { readonly is: "names"; readonly names: readonly Named[] }
  | {
      readonly is: "kinds";
      readonly rows: readonly KindRow[];
      /** Empty: all of them. */
      readonly namespace: string;
      readonly options: { readonly labelSelector?: string; readonly fieldSelector?: string };
    }
  | { readonly is: "wrong"; readonly why: string };

export interface Meaning {
  /** Default: those of the command. */
  readonly args?: readonly string[];
  /** A kind alone means all of its objects. */
  readonly everyOf?: boolean;
  /** Nothing is asked of the server. */
  readonly local?: boolean;
}

const noResources = [
  "You must provide one or more resources by argument or filename.",
  "Example resource specifications include:",
  "   '-f rsrc.yaml'",
  "   '--filename=rsrc.json'",
  "   '<resource> <name>'",
  "   '<resource>'",
].join("\n");

const localOnly = [
  "you must specify resources by --filename when --local is set.",
  "Example resource specifications include:",
  "   '-f rsrc.yaml'",
  "   '--filename=rsrc.json'",
].join("\n");

const mixed =
  "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form " +
  "(e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'";
const notOne = "arguments in resource/name form must have a single resource and name";
const nameless = "resource(s) were provided, but no name was specified";

const pairsAndSelector = "selectors and the all flag cannot be used when passing resource/name arguments";
const namesAndSelector = "name cannot be provided when a selector is specified";
const nothingToSelect = "at least one resource must be specified to use a selector";
const nameEverywhere = "a resource cannot be retrieved by name across all namespaces";
const filesAndArguments =
  "when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well";

const wrong = (why: string): Meant => ({ is: "wrong", why });
const unknown = (type: string): Meant => wrong(`the server doesn't have a resource type "${type.split(".")[0]}"`);

/** The rows that a list of resources names, a category among them; or the name that is none. */
export function namedRows(kinds: KindTable, resources: string): readonly KindRow[] | string {
  const rows: KindRow[] = [];
  for (const name of resources.split(",")) {
    const row = kinds.resource(name) ?? kinds.resource(name.replace(/^([^.]+)\.v[^.]*\.(.+)$/, "$1.$2"));
    const group = row ? [row] : inDiscoveryOrder(kinds).filter(({ categories }) => categories.includes(name));
    if (group.length === 0) return name;
    rows.push(...group);
  }
  return rows;
}

/** What `-f FILES`, `TYPE`, `TYPE NAME…` or `TYPE/NAME…` stands for, with the selectors of the command. */
export function meantBy(context: Context, words: Words, { args = words.args, everyOf = false, local }: Meaning): Meant {
  if (values(words, "filename").length > 0 || flag(words, "kustomize") !== "") {
    return args.length > 0 ? wrong(filesAndArguments) : { is: "files" };
  }
  if (local) return wrong(localOnly);
  const labelSelector = flag(words, "selector").trim();
  const fieldSelector = flag(words, "field-selector");
  const isSelecting = labelSelector !== "" || fieldSelector !== "";
  if (args.length === 0) return wrong(isSelecting ? nothingToSelect : noResources);
  const isEverywhere = isOn(words, "all-namespaces");
  const names = args.some((arg) => arg.includes("/")) ? pairs(context, args) : typeAndNames(context, args);
  if (names.is === "names") {
    const isPairs = args.some((arg) => arg.includes("/"));
    if (isPairs && (isSelecting || isOn(words, "all"))) return wrong(pairsAndSelector);
    if (isSelecting) return wrong(namesAndSelector);
    return isEverywhere ? wrong(nameEverywhere) : names;
  }
  if (names.is !== "kinds") return names;
  if (isOn(words, "all") && labelSelector !== "")
    return wrong("setting 'all' parameter but found a non empty selector. ");
  if (!everyOf && !isSelecting && !isOn(words, "all")) return wrong(nameless);
  const options = {
    ...(labelSelector === "" ? {} : { labelSelector }),
    ...(fieldSelector === "" ? {} : { fieldSelector }),
  };
  return { ...names, namespace: isEverywhere ? "" : context.namespace, options };
}

function pairs({ door }: Context, args: readonly string[]): Meant {
  if (args.some((arg) => !arg.includes("/"))) return wrong(mixed);
  const names: Named[] = [];
  for (const arg of args) {
    const [type = "", name = "", ...more] = arg.split("/");
    if (more.length > 0) return wrong("arguments in resource/name form may not have more than one slash");
    if (type === "" || name === "") return wrong(notOne);
    const rows = namedRows(door.kinds, type);
    if (typeof rows === "string") return unknown(rows);
    names.push(...rows.map((row) => ({ row, name })));
  }
  return { is: "names", names };
}

function typeAndNames({ door }: Context, [types = "", ...names]: readonly string[]): Meant {
  const rows = namedRows(door.kinds, types);
  if (typeof rows === "string") return unknown(rows);
  if (names.length === 0) return { is: "kinds", rows, namespace: "", options: {} };
  return { is: "names", names: rows.flatMap((row) => names.map((name) => ({ row, name }))) };
}
