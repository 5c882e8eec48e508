/** The arrows between the folders, and the purity of the simulator, hold in every source file. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes("node_modules"))
    .map((name) => join(folder, name));
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  const pattern = /(?:from\s+|import\s*\(\s*|^import\s+)["']([^"']+)["']/gm;
  return [...text.matchAll(pattern)].map((match) => match[1]!);
}

/** The path from the root for a relative import, the package name for any other. */
function target(file: string, specifier: string): string {
  return specifier.startsWith(".") ? relative(root, resolve(root, dirname(file), specifier)) : specifier;
}

/** May a file of `folder` import `to`? The first rule whose folder matches the file decides. */
const rules: readonly { readonly folder: string; readonly may: (to: string) => boolean }[] = [
  {
    folder: "simulator/api/",
    may: (to) => within(to, "simulator/api/") || ["#field-table", "cron-parser"].includes(to),
  },
  { folder: "simulator/engine/", may: (to) => within(to, "simulator/engine/") },
  {
    folder: "simulator/cluster/",
    may: (to) =>
      ["simulator/cluster/", "simulator/engine/", "simulator/api/"].some((one) => within(to, one)) ||
      to === "simulator/trace.ts",
  },
  {
    folder: "simulator/controllers/",
    may: (to) =>
      within(to, "simulator/") &&
      !within(to, "simulator/nodes/") &&
      !within(to, "simulator/kubectl/") &&
      !within(to, "simulator/insight/"),
  },
  { folder: "simulator/nodes/", may: (to) => within(to, "simulator/") && !within(to, "simulator/controllers/") },
  { folder: "simulator/", may: (to) => within(to, "simulator/") },
  {
    folder: "server/service/",
    may: (to) =>
      ["simulator/", "server/service/", "server/yaml/", "server/rules/", "server/messages/"].some((one) =>
        within(to, one),
      ) || ["cronstrue", "cronstrue/i18n", "cronstrue/i18n.js", "#field-table"].includes(to),
  },
  {
    folder: "server/rules/",
    may: (to) =>
      ["simulator/", "server/rules/", "server/service/", "server/yaml/", "server/messages/"].some((one) =>
        within(to, one),
      ),
  },
  { folder: "server/", may: (to) => !within(to, "client/") && to !== "vscode" && !within(to, "test/") },
  {
    folder: "client/webview/",
    may: (to) =>
      ["simulator/", "client/webview/", "client/protocol"].some((one) => within(to, one)) ||
      /^(preact|@preact|d3-)/.test(to),
  },
  {
    folder: "client/",
    may: (to) =>
      (within(to, "client/") && !within(to, "client/webview/")) ||
      to === "vscode" ||
      /^(node:|vscode-languageclient)/.test(to),
  },
];

function within(path: string, folder: string): boolean {
  return path.startsWith(folder);
}

for (const folder of ["simulator", "server", "client"]) {
  test(`imports of ${folder} follow the arrows`, () => {
    const wrong: string[] = [];
    for (const file of sources(folder)) {
      const rule = rules.find((one) => within(file, one.folder));
      for (const specifier of importsOf(file)) {
        const to = target(file, specifier);
        if (rule && !rule.may(to)) wrong.push(`${file} imports ${to}`);
      }
    }
    assert.deepEqual(wrong, []);
  });
}

test("controllers do not know each other", () => {
  const shared = new Set(["registry.ts", "history.ts"]);
  const wrong: string[] = [];
  for (const file of sources("simulator/controllers")) {
    const [, , own, rest] = file.split("/");
    if (rest === undefined) continue;
    for (const specifier of importsOf(file)) {
      const [, group, other, inner] = target(file, specifier).split("/");
      if (group === "controllers" && other !== own && inner !== undefined && !shared.has(other ?? "")) {
        wrong.push(`${file} imports ${specifier}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
});

test("the simulator is pure: no clock, no chance, no timers, no platform", () => {
  const impure =
    /\b(Date\.now|new Date\(\)|Math\.random|setTimeout|setInterval|process\.|globalThis|console\.|performance\.)/;
  const wrong = sources("simulator").flatMap((file) =>
    readFileSync(join(root, file), "utf8")
      .split("\n")
      .flatMap((line, index) => {
        const code = line.replace(/^\s*(\*|\/\/|\/\*).*$/, "").replace(/\/\/.*$/, "");
        return impure.test(code) ? [`${file}:${index + 1}: ${line.trim()}`] : [];
      }),
  );
  assert.deepEqual(wrong, []);
});
