/** Paths of the shell: `/` is the workspace, and nothing lies beyond it. */

/** The absolute path of one that was typed in a folder. */
export function resolvePath(folder: string, path: string): string {
  const parts: string[] = [];
  const whole = path.startsWith("/")
    ? path
    : path === "~" || path.startsWith("~/")
      ? path.slice(1)
      : `${folder}/${path}`;
  for (const part of whole.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** The folder part of a path as typed, with its `/`, and the rest. */
export function splitPath(path: string): { readonly folder: string; readonly name: string } {
  const slash = path.lastIndexOf("/");
  return { folder: path.slice(0, slash + 1), name: path.slice(slash + 1) };
}
