/** What tools for agents are run with on a computer. Files are read below the working folder only, and none is written but for a moment. */
import { mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve, sep } from "node:path";
import { runCommand } from "../cli/run.ts";
import { readDocs } from "../docs.node.ts";
import { decodeBytes } from "../yaml/encoding.ts";
import type { ToolSurroundings } from "./tools.ts";

const largestFile = 16 * 1024 * 1024;

/** The surroundings of tools that work in a folder. */
export function toolSurroundings(
  folder: string,
  { version, environment }: { readonly version: string; readonly environment: NodeJS.ProcessEnv },
): ToolSurroundings {
  return {
    run: (argv, standardInput) =>
      runCommand(argv, { environment, version, now: Date.now(), readStandardInput: () => standardInput }),
    withFile(text, use) {
      const temporary = mkdtempSync(join(tmpdir(), "seatrial-"));
      try {
        const path = join(temporary, "before.yaml");
        writeFileSync(path, text);
        return use(path);
      } finally {
        rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
      }
    },
    read(path) {
      try {
        const real = realpathSync(resolve(folder, path));
        const isBelow = real.startsWith(realpathSync(folder) + sep);
        return isBelow && statSync(real).size <= largestFile ? decodeBytes(readFileSync(real)) : null;
      } catch {
        return null;
      }
    },
    docs: readDocs,
  };
}
