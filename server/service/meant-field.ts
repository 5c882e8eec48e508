/** What an unknown field was surely meant to be: another name, or the same at another level. */
import { type Path, type Problem, pathText } from "../../simulator/api/problem.ts";
import type { Target } from "../../simulator/api/target.ts";
import { fieldNamesAt } from "./fields.ts";
import { levelOf } from "./levels.ts";
import { valueAt } from "./parse.ts";
import { nearest } from "./suggest.ts";

interface Kind {
  readonly apiVersion?: string;
  readonly kind?: string;
}
interface Meant {
  readonly nearest: string | null;
  /** The object that it belongs in. */
  readonly level: Path | null;
}

function meantBy({ apiVersion = "", kind = "" }: Kind, target: Target, value: unknown, at: Path): Meant {
  const name = String(at.at(-1));
  const near = nearest(name, fieldNamesAt(apiVersion, kind, at.slice(0, -1), target));
  if (near?.toLowerCase() === name.toLowerCase()) return { nearest: near, level: null };
  const level = levelOf({ apiVersion, kind, value, target }, at);
  return { nearest: level === null ? near : null, level };
}

/** Unknown fields of which it is looked up where they belong: a hand slips less often. */
const mostSlips = 50;

/** Says where an unknown field of an object was meant to stand; null: nothing suggests itself, or it is there already. */
export function meaning(kind: Kind, target: Target): (value: unknown, problem: Problem) => Path | null {
  return (value, { at }) => {
    const { nearest: near, level } = meantBy(kind, target, value, at);
    const to = level !== null ? [...level, String(at.at(-1))] : near !== null ? [...at.slice(0, -1), near] : null;
    return to === null || valueAt(value, to) !== undefined ? null : to;
  };
}

/** Problems with what unknown fields were meant to be. Fields that slid to a wrong level together are told once. */
export function suggested(
  problems: readonly Problem[],
  kind: Kind,
  value: unknown,
  target: Target,
): readonly Problem[] {
  const slid = new Map<string, { index: number; names: string[] }>();
  const told: Problem[] = [];
  if (problems.filter(({ code }) => code === "unknown-field").length > mostSlips) return problems;
  for (const one of problems) {
    if (one.code !== "unknown-field") {
      told.push(one);
      continue;
    }
    const { nearest: near, level } = meantBy(kind, target, value, one.at);
    if (level === null) {
      told.push(near === null ? one : { ...one, params: { ...one.params, nearest: near } });
      continue;
    }
    const name = String(one.at.at(-1));
    const [place, belongs] = [one.at.slice(0, -1), level].map((path) => pathText(path) || String(kind.kind));
    const key = `${place} ${belongs}`;
    const known = slid.get(key);
    if (known === undefined) {
      slid.set(key, { index: told.length, names: [name] });
      told.push({ ...one, params: { ...one.params, name, place: place ?? "", belongs: belongs ?? "" } });
    } else {
      known.names.push(name);
      const first = told[known.index] as Problem;
      told[known.index] = { ...first, params: { ...first.params, fields: [...known.names] } };
    }
  }
  return told;
}
