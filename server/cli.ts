/** The `seatrial` command. */
import { readFileSync } from "node:fs";
import { runCommand } from "./cli/run.ts";

function version(): string {
  try {
    const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
    return (JSON.parse(text) as { version: string }).version;
  } catch {
    return "unknown";
  }
}

const { code, out, err } = runCommand(process.argv.slice(2), {
  environment: process.env,
  version: version(),
  now: Date.now(),
  readStandardInput: () => readFileSync(0, "utf8"),
});
process.stderr.write(err);
process.stdout.write(out);
process.exitCode = code;
