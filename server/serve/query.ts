/** The options of a request as its URL spells them. Models ListOptions, PatchOptions and the like of meta/v1. */
import type { Request } from "../../simulator/apiserver/request.ts";
import { deleteOptionsOf } from "../../simulator/apiserver/request.ts";

type Options = NonNullable<Request["options"]>;

/** What is not for the object but for how it is given. */
export interface Delivery {
  readonly watch: boolean;
  readonly follow: boolean;
  /** The version from which a list or watch is to be; undefined: the present one. */
  readonly resourceVersion?: string;
  readonly match?: string;
  readonly bookmarks: boolean;
  /** A watch begins with what there is, and says when that is over. */
  readonly initialEvents?: boolean;
  readonly timeoutSeconds?: number;
  /** Bytes of a log at most. */
  readonly limitBytes?: number;
  readonly pretty: boolean;
  /** How much of the objects the rows of a table have. */
  readonly includeObject: "None" | "Metadata" | "Object";
}

export interface Query {
  readonly options: Options;
  readonly delivery: Delivery;
}

/** An option that cannot be understood, in the server's words. */
export interface BadQuery {
  readonly bad: string;
}

const validations: ReadonlySet<string> = new Set(["Strict", "Warn", "Ignore"]);
const truths: Readonly<Record<string, boolean>> = { "": true, true: true, "1": true, false: false, "0": false };

/** Reads the options of a request. `body` is that of a deletion, which may hold some of them. */
export function readQuery(parameters: URLSearchParams, body: unknown): Query | BadQuery {
  const text = (name: string) => parameters.get(name) || undefined;
  const bad = (name: string, value: string, why: string): BadQuery => ({
    bad: `${name}: Invalid value: ${JSON.stringify(value)}: ${why}`,
  });
  const numbers: Record<string, number> = {};
  for (const name of ["limit", "timeoutSeconds", "gracePeriodSeconds", "tailLines", "sinceSeconds", "limitBytes"]) {
    const value = text(name);
    if (value === undefined) continue;
    if (!/^-?\d{1,15}$/.test(value)) return bad(name, value, "must be an integer");
    numbers[name] = Number(value);
  }
  const flags: Record<string, boolean> = {};
  const flagNames = ["watch", "follow", "allowWatchBookmarks", "sendInitialEvents", "previous", "timestamps", "force"];
  for (const name of [...flagNames, "pretty", "orphanDependents"]) {
    const value = parameters.get(name);
    if (value !== null && Object.hasOwn(truths, value)) flags[name] = truths[value]!;
  }
  const dryRun = parameters.getAll("dryRun").filter((one) => one !== "");
  const wrong = dryRun.find((one) => one !== "All");
  if (wrong !== undefined) return bad("dryRun", wrong, 'supported values: "All"');
  const fieldValidation = text("fieldValidation");
  if (fieldValidation !== undefined && !validations.has(fieldValidation)) {
    return bad("fieldValidation", fieldValidation, 'supported values: "Ignore", "Strict", "Warn"');
  }
  const named = (names: readonly string[], from: (name: string) => unknown) =>
    Object.fromEntries(names.map((name) => [name, from(name)]).filter(([, value]) => value !== undefined));
  const { gracePeriodSeconds, timeoutSeconds, limitBytes } = numbers;
  const deletion = {
    ...named(["propagationPolicy"], text),
    ...named(["orphanDependents"], (name) => flags[name]),
    ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
    ...(typeof body === "object" && body !== null && !Array.isArray(body) ? body : {}),
  };
  const options = {
    ...named(["labelSelector", "fieldSelector", "continue", "container", "sinceTime"], text),
    ...named(["previous", "timestamps", "force"], (name) => flags[name]),
    ...named(["limit", "tailLines", "sinceSeconds", "limitBytes"], (name) => numbers[name]),
    ...(fieldValidation === undefined ? {} : { fieldValidation }),
    ...deleteOptionsOf(deletion as never),
    ...(dryRun.length > 0 ? { dryRun: true } : {}),
    ...named(["fieldManager"], text),
  } as Options;
  const resourceVersion = text("resourceVersion");
  const match = text("resourceVersionMatch");
  const include = text("includeObject") ?? "Metadata";
  if (include !== "None" && include !== "Metadata" && include !== "Object") {
    return bad("includeObject", include, 'supported values: "Metadata", "None", "Object"');
  }
  const delivery: Delivery = {
    includeObject: include,
    watch: flags["watch"] === true,
    follow: flags["follow"] === true,
    bookmarks: flags["allowWatchBookmarks"] === true,
    pretty: flags["pretty"] === true,
    ...(flags["sendInitialEvents"] === undefined ? {} : { initialEvents: flags["sendInitialEvents"] }),
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
    ...(match === undefined ? {} : { match }),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
    ...(limitBytes === undefined ? {} : { limitBytes }),
  };
  return { options, delivery };
}
