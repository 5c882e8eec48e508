/** `kubectl` in the shell: the files that it is going to read are read before it begins. */
import type { Call, ShellCommand } from "../command.ts";
import { listFolder, type ReadFiles, type Running, readFile, type Steps } from "../effects.ts";
import { resolvePath } from "../paths.ts";
import { readAll } from "../streams.ts";

export const kubectl: ShellCommand = { name: "kubectl", usage: "kubectl …, k …", says: "kubectl", run };

/** Flags whose values are paths. */
const pathFlags = new Set([
  "filename",
  "kustomize",
  "from-file",
  "from-env-file",
  "patch-file",
  "template",
  "cert",
  "key",
]);
const shortPathFlags = "fk";
/** Files that one command reads from folders. */
const mostFiles = 500;

function* run(call: Call): Running {
  const { args, state, world } = call;
  const files = yield* readAhead(call);
  const variables = Object.fromEntries([...state.exported].map((name) => [name, state.variables.get(name) ?? ""]));
  return yield* world.kubectl(args, files, {
    variables,
    config: state.config,
    keep: (config) => {
      state.config = config;
    },
  });
}

function* readAhead(call: Call): Steps<ReadFiles> {
  const texts = new Map<string, string>();
  const folders = new Map<string, readonly string[]>();
  const { folder } = call.state;

  function* take(path: string): Steps<void> {
    if (path === "" || texts.has(path) || folders.has(path) || texts.size > mostFiles) return;
    const absolute = resolvePath(folder, path);
    const names = yield* listFolder(absolute);
    if (names === undefined) {
      const text = yield* readFile(absolute);
      if (text !== undefined) texts.set(path, text);
      return;
    }
    const bare = path.replace(/(?<=.)\/+$/, "");
    folders.set(path, names);
    folders.set(bare, names);
    for (const name of names) {
      const inner = `${bare === "/" ? "" : bare}/${name}`;
      if (name.endsWith("/")) {
        if (!name.startsWith(".") && name !== "node_modules/") yield* take(inner.slice(0, -1));
      } else yield* take(inner);
    }
  }

  const paths = pathsIn(call.args);
  if (paths.includes("-")) texts.set("-", yield* readAll(call.input));
  for (const path of paths) if (path !== "-" && !/^https?:/.test(path)) yield* take(path);
  return { read: (path) => texts.get(path), list: (path) => folders.get(path) };
}

/** The values of flags that are paths, as they were typed. */
export function pathsIn(args: readonly string[]): readonly string[] {
  const paths: string[] = [];
  for (const [at, arg] of args.entries()) {
    if (arg === "--") break;
    const next = args[at + 1] ?? "";
    const long = /^--([a-z-]+)(?:=([\s\S]*))?$/.exec(arg);
    if (long?.[1] !== undefined) {
      if (pathFlags.has(long[1])) paths.push(...valuesOf(long[1], long[2] ?? next));
      continue;
    }
    const short = /^-([A-Za-z]+)(=?)([\s\S]*)$/.exec(arg);
    const place = short?.[1] === undefined ? -1 : [...short[1]].findIndex((letter) => shortPathFlags.includes(letter));
    if (place >= 0) {
      const behind = arg.slice(place + 2).replace(/^=/, "");
      paths.push(...valuesOf("filename", behind === "" ? next : behind));
    }
    const template = /(?:jsonpath-file|go-template-file|custom-columns-file|templatefile)=([\s\S]+)$/.exec(arg)?.[1];
    if (template !== undefined) paths.push(template);
  }
  return paths;
}

/** What is typed of a path behind a flag that takes one; undefined where the word is something else. */
export function pathFlagBefore(args: readonly string[], last: string): string | undefined {
  const mark = "\0";
  return pathsIn([...args, last + mark])
    .find((path) => path.endsWith(mark))
    ?.slice(0, -mark.length);
}

/** `--from-file` may give a file another name before an `=`; the others take several between commas. */
function valuesOf(flag: string, value: string): readonly string[] {
  if (flag === "from-file" || flag === "from-env-file") return [value.slice(value.indexOf("=") + 1)];
  return value.split(",");
}
