/** Which files beside a test of a test tool are not applied as they stand. Models the test files of kuttl, Chainsaw and Kyverno's command line. */
import { isObject } from "../../../simulator/api/json.ts";
import { parseManifest } from "../../yaml/parse.ts";
import { folderOf, joined } from "./paths.ts";
import type { TestTool } from "./place.ts";

/** A folder that holds a test. */
export interface TestFolder {
  readonly folder: string;
  readonly tool: TestTool;
  /** Files that it asserts, or expects to be refused. */
  readonly files: readonly string[];
}

const testName = /(?:^|\/)(chainsaw|kuttl|kyverno)-test\.ya?ml$/;

/** Whether a file is named as such a tool wants it. */
export function isTest(path: string): boolean {
  return testName.test(path);
}

/** What a test says of the files beside it. */
export function readTest(path: string, text: string): TestFolder {
  const folder = folderOf(path);
  const tool = (testName.exec(path)?.[1] ?? "kuttl") as TestTool;
  if (tool !== "chainsaw") return { folder, tool, files: [] };
  const files = parseManifest(text).flatMap(({ value }) => filesIn(value, 0));
  return { folder, tool, files: files.map((name) => joined(folder, name)) };
}

/** Steps that do not simply apply a file. */
const asserting = ["assert", "error", "patch"];

function filesIn(value: unknown, depth: number): readonly string[] {
  if (typeof value !== "object" || value === null || depth > 30) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const file = isObject(item) && typeof item["file"] === "string" ? item["file"] : null;
    const isNotApplied = asserting.includes(key) || JSON.stringify(item ?? null).includes("$error");
    return file !== null && isNotApplied ? [file] : filesIn(item, depth + 1);
  });
}
