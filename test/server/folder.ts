/** A folder of files as the command line sees it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Result, runCommand } from "../../server/cli/run.ts";

/** What a command answers in a folder with these files; `FOLDER` in its words stands for the folder. */
export function inFolder(files: Readonly<Record<string, string>>, ...words: readonly string[]): Result {
  const folder = mkdtempSync(join(tmpdir(), "seatrial-files-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const argv = words.map((word) => word.replace("FOLDER", folder));
    const around = { environment: {}, version: "0", now: Date.UTC(2026, 0, 1), readStandardInput: () => "" };
    const { code, out, err } = runCommand(argv, around);
    return { code, out: out.replaceAll(`${folder}/`, ""), err: err.replaceAll(`${folder}/`, "") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What `check` says of a folder with these files: a line for each document taken for something else, and each finding. */
export function check(files: Readonly<Record<string, string>>, only = ""): readonly string[] {
  return inFolder(files, "check", "--explain-files", "--kubernetes-version", "1.36", `FOLDER/${only}`)
    .out.split("\n")
    .filter((line) => line !== "" && !/ as applied |^No problems|^\d+ findings?:/.test(line));
}

/** The findings alone. */
export function findings(files: Readonly<Record<string, string>>): readonly string[] {
  return check(files).filter((line) => /:\d+:\d+: /.test(line));
}
