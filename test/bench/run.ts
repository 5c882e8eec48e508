/** Runs the benchmarks: `node test/bench/run.ts [--only NAME] [--short]`. Each `*.bench.ts` exports `bench()` and prints its lines. */
import { readdirSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { only: { type: "string" }, short: { type: "boolean", default: false } } });
const here = fileURLToPath(new URL(".", import.meta.url));

// Wall-clock figures of a busy machine say little.
console.log(`load of the machine before: ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`);
for (const file of readdirSync(here).sort()) {
  if (!file.endsWith(".bench.ts")) continue;
  const name = file.slice(0, -".bench.ts".length);
  if (values.only !== undefined && values.only !== name) continue;
  console.log(`${name}:`);
  const { bench } = (await import(`./${file}`)) as { bench: () => Promise<void> };
  await bench();
}
