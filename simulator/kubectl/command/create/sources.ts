/** The data of ConfigMaps and Secrets from flags and files. Models kubectl/pkg/cmd/create/create_configmap.go and pkg/generate. */
import type { Context, Files } from "../command.ts";
import { array, type Flag, toggle } from "../flag.ts";
import { isOn, values, type Words } from "../words.ts";

export const sourceFlags: readonly Flag[] = [
  toggle("append-hash", "put a hash of the content behind the name"),
  array("from-env-file", "files with a line KEY=VALUE for each key"),
  array("from-file", "files or folders, with or without a key before them"),
  array("from-literal", "KEY=VALUE"),
];

type Data = Readonly<Record<string, string>>;
type Entry = readonly [key: string, value: string];

/** The entries by their keys; undefined when there are none. */
export function entriesOf(
  { files }: Context,
  words: Words,
  target: { readonly kind: string; readonly name: string },
): { readonly data: Data | undefined } | { readonly failure: string } {
  const [env, paths, literals] = ["from-env-file", "from-file", "from-literal"].map((name) => values(words, name));
  if (isOn(words, "append-hash"))
    return { failure: "--append-hash is not available here: names have no hashes of their content" };
  if (env!.length > 0 && paths!.length + literals!.length > 0) {
    return { failure: "from-env-file cannot be combined with from-file or from-literal" };
  }
  const data = new Map<string, string>();
  const read = [
    ...literals!.map((one) => () => literal(one)),
    ...paths!.map((one) => () => fromFile(files, one)),
    ...env!.map((one) => () => fromEnvFile(files, one)),
  ];
  for (const source of read) {
    const entries = source();
    if (typeof entries === "string") return { failure: entries };
    for (const [key, value] of entries) {
      const fault = keyFault(key, target.kind);
      if (fault !== undefined) return { failure: fault };
      if (data.has(key)) {
        const { kind, name } = target;
        const where = kind === "Secret" ? `${kind} "${name}"` : `Data for ${kind} "${name}"`;
        return { failure: `cannot add key "${key}", another key by that name already exists in ${where}` };
      }
      data.set(key, value);
    }
  }
  return { data: data.size === 0 ? undefined : Object.fromEntries([...data].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

function keyFault(key: string, kind: string): string | undefined {
  if (/^[-._a-zA-Z0-9]+$/.test(key) && key !== "." && !key.startsWith("..")) return undefined;
  const rule =
    "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
  return kind === "Secret"
    ? `"${key}" is not valid key name for a Secret ${rule}`
    : `"${key}" is not a valid key name for a ${kind}: ${rule}`;
}

function literal(source: string): readonly Entry[] | string {
  const equals = source.indexOf("=");
  if (equals <= 0) return `invalid literal source ${source}, expected key=value`;
  return [[source.slice(0, equals), source.slice(equals + 1)]];
}

function fromFile(files: Files, source: string): readonly Entry[] | string {
  const parts = source.split("=");
  if (parts.length > 2) return "key names or file paths cannot contain '='";
  if (parts.length === 2) {
    const [key = "", path = ""] = parts;
    if (key === "") return `key name for file path ${path} missing`;
    if (path === "") return `file path for key name ${key} missing`;
    const text = files.read(path);
    return text === undefined ? `error reading ${path}: no such file or directory` : [[key, text]];
  }
  const names = files.list(source);
  if (names === undefined) {
    const text = files.read(source);
    const key = source.split("/").at(-1) ?? source;
    return text === undefined ? `error reading ${source}: no such file or directory` : [[key, text]];
  }
  const folder = source.replace(/\/+$/, "");
  return names
    .filter((name) => !name.endsWith("/"))
    .map((name): Entry => [name, files.read(`${folder}/${name}`) ?? ""]);
}

function fromEnvFile(files: Files, path: string): readonly Entry[] | string {
  const text = files.read(path);
  if (text === undefined) return `error reading ${path}: no such file or directory`;
  const entries: Entry[] = [];
  for (const line of text.split(/\r?\n/)) {
    const trimmed = line.trimStart();
    if (trimmed === "" || trimmed.startsWith("#")) continue;
    const equals = trimmed.indexOf("=");
    const key = equals < 0 ? trimmed : trimmed.slice(0, equals);
    if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(key)) {
      return `"${key}" is not a valid key name: a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')`;
    }
    entries.push([key, equals < 0 ? "" : trimmed.slice(equals + 1)]);
  }
  return entries;
}
