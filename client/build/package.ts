/** `npm run package`: a VSIX with nothing in it but what runs. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { root, runScript } from "./run.mjs";
import { Explained, main, say } from "./say.mjs";

/** Makes the package file and resolves to its path. */
export async function makePackage(file = join(root, "seatrial.vsix")): Promise<string> {
  const { code, output } = await runScript([
    join(root, "node_modules/@vscode/vsce/vsce"),
    ...[
      "package",
      "--no-dependencies",
      "--no-rewrite-relative-links",
      "--allow-missing-repository",
      "--skip-license",
      "--out",
      file,
    ],
  ]);
  if (code !== 0) throw new Explained(`vsce could not package the extension:\n${output}`);
  return file;
}

if (import.meta.main) {
  await main(async () => {
    const file = await makePackage();
    say(`${(statSync(file).size / 1024).toFixed(0)} kB  ${file}`);
  });
}
