/** The shell's surface on a command line: files of the machine by their real paths, text on standard streams. */
import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { sep } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Surface } from "../shell/drive.ts";
import { visible } from "../shell/visible.ts";
import { decodeBytes } from "../yaml/encoding.ts";

/** Bytes of a file beyond which it is no manifest. */
const largest = 16 * 1024 * 1024;

/** A folder as the shell spells it: absolute, with `/`. */
export function shellPath(path: string): string {
  const slashed = path.split(sep).join("/");
  return slashed.startsWith("/") ? slashed : `/${slashed}`;
}

/** `/C:/x` is `C:/x` for the system. */
const systemPath = (path: string): string => path.replace(/^\/(?=[A-Za-z]:)/, "");

const problems: Readonly<Record<string, string>> = {
  ENOENT: "No such file or directory",
  ENOTDIR: "Not a directory",
  EISDIR: "Is a directory",
  EACCES: "Permission denied",
  EROFS: "Read-only file system",
};

/** A surface that is interrupted by `signal`. */
export function surfaceOf(signal: { readonly aborted: boolean }, attended: boolean): Surface {
  const shown = (text: string, stream: NodeJS.WriteStream) => (stream.isTTY ? visible(text) : text);
  return {
    write(output) {
      if ("out" in output) process.stdout.write(shown(output.out, process.stdout));
      else if ("err" in output) process.stderr.write(shown(output.err, process.stderr));
      else if (process.stdout.isTTY) process.stdout.write("\u001b[2J\u001b[H");
    },
    async read(path) {
      try {
        const { size } = statSync(systemPath(path));
        return size > largest ? null : decodeBytes(readFileSync(systemPath(path)));
      } catch {
        return null;
      }
    },
    async list(path) {
      try {
        const entries = readdirSync(systemPath(path), { withFileTypes: true });
        return entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
      } catch {
        return null;
      }
    },
    async writeFile(path, text, append) {
      try {
        if (append) appendFileSync(systemPath(path), text);
        else writeFileSync(systemPath(path), text);
        return null;
      } catch (error) {
        return problems[(error as NodeJS.ErrnoException).code ?? ""] ?? "Input/output error";
      }
    },
    open: async () => "there is no editor here",
    // There is no editor to hand a text to: the command ends as when nothing was changed.
    edit: async () => null,
    clock: () => performance.now(),
    async rest(milliseconds) {
      const end = performance.now() + milliseconds;
      do await wait(Math.min(50, Math.max(0, end - performance.now())));
      while (performance.now() < end && !signal.aborted);
    },
    signal,
    attended,
  };
}
