/** What a conformance suite is, and the two ways most suites read their facts. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";

export interface Outcome {
  readonly id: string;
  readonly pass: boolean;
  /** What differs, for a person. */
  readonly detail?: string;
}

export interface Suite {
  readonly name: string;
  /** The outcome of every case found below `dir`; none when the folder has no such data. */
  run(dir: string): readonly Outcome[];
}

/** The JSON objects of a file with one per line; none when there is no such file. */
export function readLines<T>(dir: string, file: string): T[] {
  const path = join(dir, file);
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as T);
}

/** A table of `{in, out}` rows: passes when `compute(in)` deeply equals `out` (or what `expected` picks of it). */
export function tableSuite<In, Out>(
  name: string,
  compute: (input: In) => unknown,
  expected: (out: Out, input: In) => unknown = (out) => out,
): Suite {
  return {
    name,
    run: (dir) =>
      readLines<{ in: In; out: Out }>(dir, `tables/${name}.jsonl`).map((row, index) => {
        const id = `${name}:${index + 1}`;
        const want = plain(expected(row.out, row.in));
        try {
          const got = plain(compute(row.in));
          if (isDeepStrictEqual(got, want)) return { id, pass: true };
          return { id, pass: false, detail: describe(row.in, got, want) };
        } catch (error) {
          return { id, pass: false, detail: describe(row.in, String((error as Error).stack ?? error), want) };
        }
      }),
  };
}

/** The value as JSON would carry it: no undefined, no prototypes, no bigint surprises. */
export function plain(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}

function describe(input: unknown, got: unknown, want: unknown): string {
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  return `in   ${text(input)}\n  got  ${text(got)}\n  want ${text(want)}`;
}
