/** The arrows between the folders, and the purity of the simulator, hold in every source file. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(tsx?|mjs)$/.test(name) && !name.includes("node_modules"))
    .map((name) => join(folder, name));
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  const pattern = /(?:from\s+|import\s*\(\s*|^import\s+)["']([\w.#@][^"']*)["']/gm;
  return [...text.matchAll(pattern)].map((match) => match[1]!);
}

/** The path from the root for a relative import, the package name for any other. */
function target(file: string, specifier: string): string {
  return specifier.startsWith(".") ? relative(root, resolve(root, dirname(file), specifier)) : specifier;
}

/** What the folders of the simulator, and the files beside them, may import of each other. */
const simulatorArrows: Readonly<Record<string, readonly string[]>> = {
  api: [],
  engine: [],
  cluster: ["api", "engine"],
  // A step may hold a request as the API server takes it.
  scenario: ["api", "cluster", "engine", "apiserver"],
  controllers: ["api", "cluster", "engine"],
  apiserver: ["api", "cluster", "engine"],
  nodes: ["api", "cluster", "engine", "scenario"],
  kubectl: ["api", "cluster", "apiserver", "controllers", "scenario"],
  repetition: ["api", "cluster", "engine", "controllers", "nodes", "scenario", "trace.ts"],
  "trace.ts": ["api", "cluster", "scenario"],
  "view.ts": ["trace.ts"],
  insight: ["api", "scenario", "trace.ts", "view.ts"],
  record: ["api", "cluster", "apiserver", "nodes", "trace.ts"],
};

/** May a file of `folder` import `to`? The first rule whose folder matches the file decides. */
const rules: readonly { readonly folder: string; readonly may: (to: string) => boolean }[] = [
  ...Object.entries(simulatorArrows).map(([own, others]) => ({
    folder: own.endsWith(".ts") ? `simulator/${own}` : `simulator/${own}/`,
    may: (to: string) =>
      [own, ...others].some((one) => within(to, one.endsWith(".ts") ? `simulator/${one}` : `simulator/${one}/`)) ||
      (own === "api" && ["#field-table", "cron-parser"].includes(to)),
  })),
  { folder: "simulator/", may: (to) => within(to, "simulator/") },
  {
    folder: "server/service/",
    may: (to) =>
      ["simulator/", "server/service/", "server/scenario/", "server/yaml/", "server/rules/", "server/messages/"].some(
        (one) => within(to, one),
      ) || ["cronstrue", "cronstrue/locales/ko.js", "#field-table"].includes(to),
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
    folder: "client/build/",
    may: (to) =>
      within(to, "client/build/") || within(to, "simulator/api/") || /^(node:|esbuild$|#field-table$)/.test(to),
  },
  {
    folder: "client/webview/",
    may: (to) =>
      ["simulator/", "client/webview/", "client/protocol"].some((one) => within(to, one)) ||
      /^(preact|@preact|d3-)/.test(to),
  },
  // A message to the panel may hold an action, whose type is spelt in the simulator's table.
  { folder: "client/protocol.ts", may: (to) => to === "simulator/scenario/scenario.ts" },
  {
    folder: "client/",
    may: (to) =>
      (within(to, "client/") && !within(to, "client/webview/") && !within(to, "client/build/")) ||
      to === "vscode" ||
      // Which tool renders what is decided in one place, whoever runs it.
      to === "server/service/rendering.ts" ||
      /^(node:|vscode-languageclient)/.test(to),
  },
];

function within(path: string, folder: string): boolean {
  return path.startsWith(folder);
}

/** The groups of files of which each imports, over whatever detours, each other one. */
function circles(files: readonly string[]): readonly (readonly string[])[] {
  const known = new Set(files);
  const found: string[][] = [];
  const place = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const visit = (file: string): void => {
    place.set(file, place.size);
    lowest.set(file, place.get(file)!);
    open.push(file);
    for (const to of importsOf(file).map((specifier) => target(file, specifier))) {
      if (!known.has(to)) continue;
      if (!place.has(to)) visit(to);
      if (open.includes(to)) lowest.set(file, Math.min(lowest.get(file)!, lowest.get(to)!));
    }
    if (lowest.get(file) !== place.get(file)) return;
    const group = open.splice(open.indexOf(file));
    if (group.length > 1) found.push(group);
  };
  for (const file of files) if (!place.has(file)) visit(file);
  return found;
}

test("no files import each other in a circle, not even for their types", () => {
  const files = ["simulator", "server", "client", "test"].flatMap(sources);
  assert.deepEqual(circles(files), []);
});

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
