#!/usr/bin/env node
/** The `seatrial` command. */
import { readFileSync } from "node:fs";
import { runCommand } from "./cli/run.ts";
import { decodeBytes } from "./yaml/encoding.ts";

function version(): string {
  try {
    const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
    return (JSON.parse(text) as { version: string }).version;
  } catch {
    return "unknown";
  }
}

// Whoever reads may have read enough, as `head` has: that is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

const { code, out, err } = runCommand(process.argv.slice(2), {
  environment: process.env,
  version: version(),
  now: Date.now(),
  readStandardInput: () => decodeBytes(readFileSync(0)),
});
process.stderr.write(err);
process.stdout.write(out);
process.exitCode = code;
