/**
 * `npm run fuzz [-- TIMES [WORD …]]`: the property tests with new cases, TIMES (20) as many as in `npm test`; with words
 * only the files whose paths have one of them. Says the seed, which SEED repeats.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root, runScript } from "../../client/build/run.mjs";
import { main, say } from "../../client/build/say.mjs";

await main(async () => {
  const [times = "20", ...words] = process.argv.slice(2);
  const seed = process.env["SEED"] ?? String(Math.floor(Math.random() * 0x7fffffff));
  const files = readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
    .map((file) => join("test", file))
    .filter((file) => file.endsWith(".test.ts") && readFileSync(join(root, file), "utf8").includes('"fast-check"'))
    .filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
  let failed = 0;
  for (const file of files) {
    say(`SEED=${seed}, ${times} times as many cases: ${file} …`);
    const chance = pathToFileURL(join(root, "test/tools/lib/chance.mjs")).href;
    const { code } = await runScript(["--import", chance, "--test", "--test-reporter=dot", file], {
      env: { SEED: seed, FUZZ: times },
      show: true,
      minutes: 60,
    });
    if (code !== 0) failed++;
  }
  console.log(`${files.length - failed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
});
