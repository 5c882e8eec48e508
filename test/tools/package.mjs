/** `npm run package`: a VSIX with nothing in it but what runs. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "./build.mjs";
import { installPackages, installVsCode } from "./install.mjs";
import { root, run, toolchainNode } from "./lib/run.mjs";
import { Explained, main, say } from "./lib/say.mjs";

/** Makes the package file and resolves to its path. */
export async function makePackage(file = join(root, "seatrial.vsix")) {
  const { code, output } = await run(toolchainNode(), [
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

/** Unpacks a package into a folder by VS Code's own installer; resolves to where the extension is then. */
export async function unpackPackage(file, folder) {
  const extensions = join(folder, "extensions");
  const { code, output } = await run(toolchainNode(), [
    join(await installVsCode(), "out/server-main.js"),
    ...["--accept-server-license-terms", "--server-data-dir", join(folder, "server")],
    ...["--extensions-dir", extensions, "--install-extension", file],
  ]);
  const name = existsSync(extensions) && readdirSync(extensions).find((one) => one.startsWith("seatrial.seatrial-"));
  if (code !== 0 || !name) throw new Explained(`VS Code could not unpack the package:\n${output}`);
  return join(extensions, name);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    await installPackages();
    await build();
    const file = await makePackage();
    say(`${(statSync(file).size / 1024).toFixed(0)} kB  ${file}`);
  });
}
