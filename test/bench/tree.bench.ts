/** How fast `seatrial check` is over a tree of 20,000 files, on one core and on all, beside kubeconform where it is on the PATH. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fieldTable } from "#field-table";
import { line } from "./side.ts";
import { fileOf } from "./tree.ts";

const short = process.argv.includes("--short");
const cli = fileURLToPath(new URL("../../dist/cli.mjs", import.meta.url));

export async function bench(): Promise<void> {
  const files = short ? 600 : 20_000;
  const place = mkdtempSync(join(tmpdir(), "seatrial-bench-"));
  try {
    const tree = join(place, "tree");
    for (let index = 0; index < files; index++) {
      const { name, text } = fileOf(index);
      mkdirSync(dirname(join(tree, name)), { recursive: true });
      writeFileSync(join(tree, name), text);
    }
    const cores = availableParallelism();
    const one = seatrial(tree, 1);
    const all = cores === 1 ? one : seatrial(tree, cores);
    console.log(`  ${files.toLocaleString("en")} files, ${one.documents.toLocaleString("en")} documents looked at`);
    line("on one core", one.documents / one.seconds, "documents/s");
    line("  the whole tree", one.seconds, "s");
    line(`on all (${cores})`, all.documents / all.seconds, "documents/s");
    line("  the whole tree", all.seconds, "s");
    if (!short) beside(tree, place, one.seconds, all.seconds);
  } finally {
    rmSync(place, { recursive: true });
  }
}

function seatrial(tree: string, threads: number): { readonly seconds: number; readonly documents: number } {
  const argv = [cli, "check", "--threads", String(threads), tree];
  const begin = performance.now();
  const { stdout } = spawnSync(process.execPath, argv, { encoding: "utf8", maxBuffer: 1 << 28 });
  const seconds = (performance.now() - begin) / 1000;
  return { seconds, documents: Number(/(\d+) objects? in/.exec(stdout)?.[1] ?? 0) };
}

/** kubeconform with schemas of the same fields, as its own cannot be fetched everywhere. */
function beside(tree: string, place: string, one: number, all: number): void {
  const schemas = join(place, "schemas");
  mkdirSync(schemas);
  for (const [name, type] of Object.entries(fieldTable.kinds)) {
    const [version = "", group = ""] = name.split("/").slice(0, -1).reverse();
    const kind = name.slice(name.lastIndexOf("/") + 1).toLowerCase();
    const file = `${kind}${group === "" ? "" : `-${group.split(".")[0]}`}-${version}.json`;
    writeFileSync(join(schemas, file), JSON.stringify({ ...schemaOf({ kind: "object", type }, 0), type: "object" }));
  }
  const location = join(schemas, "{{ .ResourceKind }}{{ .KindSuffix }}.json");
  for (const threads of [1, availableParallelism()]) {
    const argv = ["-n", String(threads), "-strict", "-ignore-missing-schemas", "-schema-location", location, tree];
    const begin = performance.now();
    const { error } = spawnSync("kubeconform", argv, { stdio: "ignore" });
    if (error) {
      console.log("  kubeconform: not on the PATH");
      return;
    }
    const seconds = (performance.now() - begin) / 1000;
    line(`kubeconform, ${threads === 1 ? "one worker" : "as many workers"}`, seconds, "s");
    line("  faster", seconds / (threads === 1 ? one : all), "times", ["at least", 1]);
  }
}

type Field = Parameters<typeof schemaOf>[0];

function schemaOf(
  field: { readonly kind: string; readonly of?: unknown; readonly type?: string },
  depth: number,
): object {
  const inner = () => (field.of === undefined ? {} : schemaOf(field.of as Field, depth + 1));
  if (depth > 12) return {};
  switch (field.kind) {
    case "list":
      return { type: ["array", "null"], items: inner() };
    case "map":
      return { type: ["object", "null"], additionalProperties: inner() };
    case "object": {
      const shape = fieldTable.types[field.type ?? ""];
      if (shape === undefined) return { type: ["object", "null"] };
      const properties = Object.fromEntries(
        Object.entries(shape.fields).map(([key, one]) => [key, schemaOf(one, depth + 1)]),
      );
      const required = shape.required.length === 0 ? {} : { required: shape.required };
      return { type: ["object", "null"], properties, ...required, additionalProperties: false };
    }
    case "string":
    case "boolean":
      return { type: [field.kind, "null"] };
    case "int32":
    case "int64":
      return { type: ["integer", "null"] };
    default:
      return {};
  }
}
