/** Objects from the files that a command names. Models cli-runtime/pkg/resource/visitor.go. */
import type { JsonObject } from "../../api/json.ts";
import { badRequest, noSuchResource } from "../../apiserver/status.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import { sorted } from "../print/json-text.ts";
import { type ReadOptions, readDocument, type SentObject, type Validate } from "../read-document.ts";
import type { Context, ReadDocument } from "./command.ts";
import type { Failure } from "./failure.ts";
import { faultsText } from "./fault-text.ts";
import type { Info } from "./info.ts";
import { at } from "./refused.ts";
import { flag, isOn, values, type Words } from "./words.ts";

/** What a file holds, in order: objects, and what is wrong with others. */
export type FileEntry = { readonly info: Info } | { readonly failure: Failure };

interface File {
  /** As errors name it. */
  readonly name: string;
  readonly text: string;
}

/** The objects of the files in order, and what is wrong between them. */
export function entriesOfFiles(context: Context, words: Words, asInFile = true): readonly FileEntry[] {
  const entries: FileEntry[] = [];
  if (flag(words, "kustomize") !== "") {
    return [
      {
        failure:
          "a kustomization cannot be built here; 'seatrial check --render' and 'kubectl kustomize DIR' of your own kubectl do it",
      },
    ];
  }
  for (const path of values(words, "filename")) {
    const files = filesAt(context, path, isOn(words, "recursive"));
    if (typeof files === "string") return [...entries, { failure: files }];
    for (const file of files) entries.push(...entriesOf(context, file, { validate: validateOf(words), asInFile }));
  }
  return entries;
}

/** The same without regard to the order. */
export function objectsOfFiles(
  context: Context,
  words: Words,
): { readonly infos: readonly Info[]; readonly failures: readonly Failure[] } {
  const entries = entriesOfFiles(context, words);
  return {
    infos: entries.flatMap((one) => ("info" in one ? [one.info] : [])),
    failures: entries.flatMap((one) => ("failure" in one ? [one.failure] : [])),
  };
}

/** What `--validate` asks of kubectl. */
export function validateOf(words: Words): Validate {
  const value = flag(words, "validate");
  if (value === "ignore" || value === "false") return "ignore";
  return value === "warn" ? "warn" : "strict";
}

const manifest = /\.(?:json|yaml|yml)$/;

/** The files that a path stands for, or why there are none. */
function filesAt({ files }: Context, path: string, isDeep: boolean): readonly File[] | string {
  if (path === "-") return [{ name: "STDIN", text: files.read("-") ?? "" }];
  if (/^https?:\/\//.test(path)) return `unable to read URL "${path}": files of the web are not read here`;
  const names = files.list(path);
  if (names === undefined) {
    const text = files.read(path);
    return text === undefined ? `the path "${path}" does not exist` : [{ name: path, text }];
  }
  const found = inFolder(files, path.replace(/\/+$/, ""), isDeep);
  if (found.length > 0) return found;
  return `error reading [${path}]: recognized file extensions are [.json .yaml .yml]`;
}

function inFolder(files: Context["files"], folder: string, isDeep: boolean): readonly File[] {
  return (files.list(folder) ?? []).toSorted().flatMap((name): readonly File[] => {
    if (name.endsWith("/")) return isDeep ? inFolder(files, `${folder}/${name.slice(0, -1)}`, true) : [];
    if (!manifest.test(name)) return [];
    const text = files.read(`${folder}/${name}`);
    return text === undefined ? [] : [{ name: `${folder}/${name}`, text }];
  });
}

function entriesOf(context: Context, { name, text }: File, options: ReadOptions): readonly FileEntry[] {
  const entries: FileEntry[] = [];
  for (const document of context.readDocuments(text)) {
    const read = entriesOfDocument(context, name, document, options);
    entries.push(...read.entries);
    if (read.ends) break;
  }
  return entries;
}

function entriesOfDocument(
  context: Context,
  file: string,
  document: ReadDocument,
  options: ReadOptions,
): { readonly entries: readonly FileEntry[]; readonly ends: boolean } {
  if ("error" in document) return { entries: [{ failure: `error parsing ${file}: ${document.error}` }], ends: true };
  const { door, namespace } = context;
  const reading = readDocument(document.value, door.target, { ...options, table: door.kinds, namespace });
  const sent = reading.sent.map((one) => entryOf(context, file, one));
  const failures = faultsText(reading.faults, document.value, file, options.validate !== "ignore").map((failure) => ({
    failure,
  }));
  return { entries: [...sent, ...failures], ends: reading.ends };
}

function entryOf(context: Context, source: string, { object, row, refusal }: SentObject): FileEntry {
  if (row === undefined || refusal !== null) {
    const status = refusal?.params?.["status"];
    return { failure: status === 404 ? notServed(source) : unserved(context, object, source) };
  }
  const metadata = (object["metadata"] ?? {}) as JsonObject;
  const namespace = row.namespaced ? String(metadata["namespace"] ?? context.namespace) : "";
  if (context.isNamespaceGiven && row.namespaced && namespace !== context.namespace) {
    const why = `the namespace from the provided object "${namespace}" does not match the namespace "${context.namespace}". You must pass '--namespace=${namespace}' to perform this operation.`;
    return { failure: why };
  }
  const name = typeof metadata["name"] === "string" ? metadata["name"] : "";
  const text = { ...object, apiVersion: String(object["apiVersion"]).replace(/^\//, "") };
  // kubectl sends keys in their order.
  return { info: { place: { row, namespace, name }, object: sorted(text) as ApiObject, source } };
}

function notServed(source: string): Failure {
  return at(noSuchResource(), "creating", source);
}

function unserved({ door }: Context, { apiVersion, kind }: JsonObject, source: string): Failure {
  const [named, version] = [String(kind), String(apiVersion)];
  const inScheme = `no kind "${named}" is registered for version "${version}" in scheme "pkg/runtime/scheme.go:111"`;
  const served = door.kinds.resource(named)?.kind ?? named;
  const why = `${named} in version "${version.split("/").at(-1)}" cannot be handled as a ${served}: ${inScheme}`;
  return { ...badRequest(`error when creating "${source}": ${why}`) };
}
