#!/usr/bin/env node
/** The `seatrial` command. */
import { readFileSync, writeSync } from "node:fs";
import { availableParallelism } from "node:os";
import { isMainThread } from "node:worker_threads";
import { runMcp } from "./agent/command.ts";
import { runCommand } from "./cli/run.ts";
import { serveThread } from "./cli/threads.ts";
import { readDocs } from "./docs.node.ts";
import { runKubectlCommand } from "./kubectl/command.ts";
import { runServe } from "./serve/command.ts";
import { decodeBytes } from "./yaml/encoding.ts";

function version(): string {
  try {
    const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
    return (JSON.parse(text) as { version: string }).version;
  } catch {
    return "unknown";
  }
}

/** One line on a terminal that says how far a long check is. */
const showProgress = (done: number, total: number) => {
  const text = done < total ? `${done}/${total}` : "";
  if (performance.now() > patience) writeSync(2, `\r\u001b[K${text}`);
};
/** Milliseconds for which a check goes on without a word. */
const patience = 1000;

const readStandardInput = () => decodeBytes(readFileSync(0));

/** When the person, or whoever started it, ends it. */
function endedByPerson(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
    process.on("disconnect", () => resolve());
  });
}

async function main(): Promise<void> {
  // Whoever reads may have read enough, as `head` has: that is no failure.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
  const [verb, ...words] = process.argv.slice(2);
  if (verb === "mcp" && words.length === 0) {
    await runMcp(version());
    return;
  }
  if (verb === "serve") {
    const code = await runServe(words, {
      environment: process.env,
      now: Date.now(),
      docs: readDocs,
      readStandardInput,
      out: (text) => process.stdout.write(text),
      err: (text) => process.stderr.write(text),
      ended: endedByPerson(),
    });
    process.exit(code);
  }
  if (verb === "kubectl") {
    process.exitCode = await runKubectlCommand(words, { environment: process.env, readStandardInput });
    return;
  }
  const { code, out, err } = runCommand(process.argv.slice(2), {
    environment: process.env,
    version: version(),
    now: Date.now(),
    readStandardInput,
    threads: {
      module: new URL(import.meta.url),
      count: availableParallelism(),
      progress: process.stderr.isTTY ? showProgress : undefined,
    },
  });
  process.stderr.write(err);
  process.stdout.write(out);
  process.exitCode = code;
}

if (isMainThread) await main();
else serveThread();
