/** The text of a lab's file -> the lab, or what is wrong with it. Nothing is thrown. */
import type { Fault } from "../../simulator/scenario/scenario.ts";
import {
  type FieldProblem,
  type FieldReader,
  fields,
  known,
  list,
  number,
  readFields,
  string,
  strings,
} from "../yaml/fields.ts";
import type { Answer, Condition, Lab, LabStep, LabText } from "./lab.ts";

/** Reads a lab; `file` is the name of its file. */
export function readLab(
  file: string,
  text: string,
): { readonly lab: Lab } | { readonly problems: readonly FieldProblem[] } {
  const reader: FieldReader = { problems: [] };
  const value = readFields(reader, text);
  if (value === undefined) return reader;
  known(reader, value, "", ["title", "about", "files", "faults", "start", "steps"]);
  const lab: Lab = {
    id: file.replace(/^.*[/\\]/, "").replace(/\.lab\.ya?ml$/, ""),
    title: labText(reader, value["title"], "title"),
    about: labText(reader, value["about"], "about"),
    files: filesOf(reader, value["files"]),
    faults: list(reader, value["faults"], "faults", false, (one) => one as Fault),
    start: strings(reader, value["start"] ?? [], "start"),
    steps: list(reader, value["steps"], "steps", true, (one, path) => step(reader, one, path)),
  };
  return reader.problems.length > 0 ? { problems: reader.problems } : { lab };
}

function step(reader: FieldReader, value: unknown, path: string): LabStep {
  const given = fields(reader, value, path);
  const hints = list(reader, given["hints"], `${path}.hints`, false, (one, at) => labText(reader, one, at));
  if (given["question"] !== undefined) {
    known(reader, given, path, ["question", "hints", "answer", "why"]);
    return {
      type: "question",
      text: labText(reader, given["question"], `${path}.question`),
      hints,
      answer: answer(reader, given["answer"], `${path}.answer`),
      ...(given["why"] === undefined ? {} : { why: labText(reader, given["why"], `${path}.why`) }),
    };
  }
  known(reader, given, path, ["task", "hints", "solution", "done"]);
  return {
    type: "task",
    text: labText(reader, given["task"], `${path}.task`),
    hints,
    solution: strings(reader, given["solution"], `${path}.solution`),
    done: list(reader, given["done"], `${path}.done`, true, (one, at) => condition(reader, one, at)),
  };
}

function condition(reader: FieldReader, value: unknown, path: string): Condition {
  const given = fields(reader, value, path);
  known(reader, given, path, ["run", "is", "oneOf", "contains", "lines", "fails"]);
  const { is, oneOf, contains, lines, fails } = given;
  return {
    run: string(reader, given["run"], `${path}.run`),
    ...(is === undefined ? {} : { is: string(reader, is, `${path}.is`) }),
    ...(oneOf === undefined ? {} : { oneOf: strings(reader, oneOf, `${path}.oneOf`) }),
    ...(contains === undefined ? {} : { contains: string(reader, contains, `${path}.contains`) }),
    ...(lines === undefined ? {} : { lines: number(reader, lines, `${path}.lines`) }),
    ...(fails === undefined ? {} : { fails: fails === true }),
  };
}

function answer(reader: FieldReader, value: unknown, path: string): Answer {
  const given = fields(reader, value, path);
  if (given["text"] !== undefined) return { text: string(reader, given["text"], `${path}.text`) };
  known(reader, given, path, ["run", "if", "after", "lines", "words", "oneOf"]);
  const { after, lines, words, oneOf } = given;
  return {
    run: string(reader, given["run"], `${path}.run`),
    ...(given["if"] === undefined ? {} : { if: strings(reader, given["if"], `${path}.if`) }),
    ...(after === undefined ? {} : { after: string(reader, after, `${path}.after`) }),
    ...(lines === true ? { count: "lines" } : words === true ? { count: "words" } : {}),
    ...(oneOf === undefined ? {} : { oneOf: strings(reader, oneOf, `${path}.oneOf`) }),
  };
}

function filesOf(reader: FieldReader, value: unknown): ReadonlyMap<string, string> {
  if (value === undefined) return new Map();
  const given = fields(reader, value, "files");
  return new Map(Object.entries(given).map(([name, text]) => [name, string(reader, text, `files.${name}`)]));
}

/** `title: Text`, or a text for each language. */
function labText(reader: FieldReader, value: unknown, path: string): LabText {
  if (typeof value === "string") return { en: value };
  const given = fields(reader, value, path);
  known(reader, given, path, ["en", "ko"]);
  const ko = given["ko"] === undefined ? {} : { ko: string(reader, given["ko"], `${path}.ko`) };
  return { en: string(reader, given["en"], `${path}.en`), ...ko };
}
