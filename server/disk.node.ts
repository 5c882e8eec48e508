/** The manifests below a folder of the workspace, as Node's file system has them. Bounded in every direction. */
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Disk } from "./disk.ts";
import { decodeBytes } from "./yaml/encoding.ts";

const skippedFolders = new Set(["node_modules", "vendor", "dist"]);
const manifestName = /\.(ya?ml|json)$/i;
/** Folders that are looked into; a home folder opened as a workspace has more than anyone waits for. */
const mostFolders = 5000;
const largestFile = 1024 * 1024;

export const disk: Disk = {
  keyOf(uri) {
    if (!uri.startsWith("file:")) return null;
    try {
      const path = fileURLToPath(uri);
      // One file has one name, however the client writes the letter of the drive.
      return /^[A-Z]:/.test(path) ? path.charAt(0).toLowerCase() + path.slice(1) : path;
    } catch {
      return null;
    }
  },

  concerns(key, folders) {
    const folder = folders.find((one) => key.startsWith(join(one, "/")));
    if (folder === undefined || !manifestName.test(key)) return false;
    return key.slice(folder.length).split(/[\\/]/).slice(1, -1).every(isLookedInto);
  },

  async *list(folder) {
    const waiting = [folder];
    for (let looked = 0; looked < mostFolders; looked++) {
      const next = waiting.shift();
      if (next === undefined) return;
      const found = await readdir(next, { withFileTypes: true }).catch(() => []);
      for (const entry of found.sort((a, b) => (a.name < b.name ? -1 : 1))) {
        // What is linked is met where it is, if it is in the workspace at all.
        if (entry.isDirectory() && isLookedInto(entry.name)) waiting.push(join(next, entry.name));
        else if (entry.isFile() && manifestName.test(entry.name)) yield join(next, entry.name);
      }
    }
  },

  async read(key) {
    try {
      const { size } = await stat(key);
      return size > largestFile ? null : { uri: pathToFileURL(key).href, text: decodeBytes(await readFile(key)) };
    } catch {
      return null;
    }
  },
};

function isLookedInto(name: string): boolean {
  return !name.startsWith(".") && !skippedFolders.has(name);
}
