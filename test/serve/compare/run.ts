/**
 * Compares our kubectl with the real one on the command lines of lines.txt.
 *
 * Usage: node test/serve/compare/run.ts [--state NAME] [--only TEXT] [--show N] [--every N] [--write FILE]
 */
import { writeFileSync } from "node:fs";
import { main, say } from "../../../client/build/say.mjs";
import { withoutTools } from "../help.ts";
import { createStage, type Line, readLines } from "./play.ts";
import { shown } from "./same.ts";

function option(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

const title = ({ state, text }: Line): string => `${state}: kubectl ${text}`;

await main(async () => {
  if (withoutTools !== false) {
    say(withoutTools);
    return;
  }
  const every = Number(option("--every") ?? "1");
  const lines = readLines().filter(
    ({ state, text }, index) =>
      (option("--state") ?? state) === state && text.includes(option("--only") ?? "") && index % every === 0,
  );
  const stage = createStage();
  const report: string[] = [];
  const file = option("--write");
  let played = 0;
  const keep = () => {
    if (file !== undefined) writeFileSync(file, `${report.join("\n")}\n${equal}/${played} equal of ${lines.length}\n`);
  };
  const counts = new Map<string, [number, number]>();
  let equal = 0;
  for (const line of lines) {
    const { ours, real } = await stage.play(line);
    const [one, other] = [shown(ours), shown(real)];
    if (++played % 50 === 0) keep();
    const verb = line.words.slice(0, 1).join(" ");
    const count = counts.get(verb) ?? [0, 0];
    counts.set(verb, [count[0] + (one === other ? 1 : 0), count[1] + 1]);
    if (one === other) equal++;
    else report.push(`=== ${title(line)}\n--- ours: ${one}\n--- real: ${other}\n`);
  }
  await stage.close();
  for (const text of report.slice(0, Number(option("--show") ?? "5"))) say(text);
  keep();
  for (const [verb, [same, all]] of [...counts].sort()) say(`${verb}: ${same}/${all}`);
  say(`${equal}/${lines.length} equal`);
});
