/** Other people's tools that the figures stand beside. They are installed for the benchmark only, into an ignored folder. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../.vscode-test/bench/", import.meta.url));
const versions = { "@ngrok/webernetes": "0.3.5", "yaml-language-server": "2.0.0" } as const;

/** The folder of an installed package, or `null` when it cannot be had (no network). */
export function foreignPackage(name: keyof typeof versions): string | null {
  const place = `${folder}node_modules/${name}`;
  if (existsSync(place)) return place;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}package.json`, JSON.stringify({ private: true, dependencies: versions }));
  try {
    execFileSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: folder, stdio: "ignore" });
  } catch {
    return null;
  }
  return existsSync(place) ? place : null;
}

/** A package as one module that Node can load, whatever its imports look like. */
export async function bundled(name: keyof typeof versions): Promise<string | null> {
  const place = foreignPackage(name);
  if (place === null) return null;
  const outfile = `${folder}${name.replaceAll(/\W/g, "-")}.mjs`;
  if (!existsSync(outfile)) {
    const { build } = await import("esbuild");
    await build({
      entryPoints: [`${place}/dist/index.js`],
      outfile,
      bundle: true,
      format: "esm",
      platform: "node",
      logLevel: "error",
    });
  }
  return outfile;
}
