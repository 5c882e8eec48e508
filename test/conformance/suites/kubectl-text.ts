/** What kubectl prints, command by command, each on the state that was recorded just before it. */
import { isDeepStrictEqual } from "node:util";
import { isScalable, type KindRow } from "../../../simulator/api/kind.ts";
import { servedKinds } from "../../../simulator/api/kind-rules.ts";
import { recordedTarget } from "../../../simulator/api/target.ts";
import { bodyAt } from "../../../simulator/apiserver/create.ts";
import { decoded, judgedChange, judgedNew } from "../../../simulator/apiserver/judge.ts";
import { patchedObject } from "../../../simulator/apiserver/patch.ts";
import { alreadyExists, noSuchResource, notFound } from "../../../simulator/apiserver/status.ts";
import { type Answer, type ApiObject, done, refused } from "../../../simulator/apiserver/types.ts";
import type { Door } from "../../../simulator/kubectl/command/door.ts";
import { runKubectl } from "../../../simulator/kubectl/command/run.ts";
import type { Printed } from "../../../simulator/kubectl/get.ts";
import { tableSuite } from "../suite.ts";

interface Row {
  readonly command: string;
  readonly namespace: string;
  readonly now: string;
  readonly state: Readonly<Record<string, readonly ApiObject[]>>;
}

const judging = { kinds: servedKinds, target: recordedTarget };

/** The recorded objects say neither kind nor version. */
function objectsOf({ state }: Row, row: KindRow): readonly ApiObject[] {
  const version = row.group === "" ? row.versions[0] : `${row.group}/${row.versions[0]}`;
  return (state[row.plural] ?? []).map((one) => ({ ...one, apiVersion: version, kind: row.kind }));
}

/** A door to a state that stays as it is: requests are judged and answered, and nothing is kept. */
function doorTo(row: Row, now: number): Door {
  const list = (kind: KindRow) => objectsOf(row, kind);
  const at = (kind: KindRow, name: string) => list(kind).find((one) => one.metadata.name === name);
  return {
    kinds: servedKinds,
    namespace: row.namespace,
    now,
    list,
    create(kind, body) {
      const given = bodyAt({ row: kind, namespace: row.namespace, name: "" }, body);
      const read = given.ok ? decoded(given.object, "Strict", judging) : given;
      const judged: Answer = read.ok ? judgedNew(kind, read.object, judging) : read;
      if (!judged.ok) return judged;
      const { name } = judged.object.metadata;
      return at(kind, name) ? refused(alreadyExists(kind, name)) : judged;
    },
    patch(place, body, type) {
      const before = at(place.row, place.name);
      if (!before) return refused(notFound(place.row, place.name));
      const next = patchedObject(place, before, body, type);
      const read = next.ok ? decoded(next.object, "Strict", judging) : next;
      return read.ok ? judgedChange(place.row, before, read.object, judging) : read;
    },
    scale: ({ row: kind, name }) => (isScalable(kind) ? done(at(kind, name)!) : refused(noSuchResource())),
    remove: ({ row: kind, name }) => (at(kind, name) ? done(null) : refused(notFound(kind, name))),
  };
}

/** The words of a recorded line, which has lost its quotes: a schedule and the text of an annotation are one word each. */
function wordsOf(command: string): readonly string[] {
  const words: string[] = [];
  for (const word of command.split(" ").slice(1)) {
    const before = words.at(-1) ?? "";
    const isInside = before.startsWith("--schedule=") || (words[0] === "annotate" && /^[^-].*=/.test(before));
    if (isInside && !word.startsWith("--")) words[words.length - 1] = `${before} ${word}`;
    else words.push(word);
  }
  return words;
}

function answer(row: Row, later = 0): Printed | string {
  return runKubectl(doorTo(row, Date.parse(row.now) + later), wordsOf(row.command)) ?? "not answered";
}

/** A command takes a moment, so ages may be a second larger than the recorded time says. */
function expected(out: Printed, row: Row): unknown {
  return isDeepStrictEqual(answer(row, 1000), out) ? answer(row) : out;
}

export const suite = tableSuite<Row, Printed>("kubectl-text", (row) => answer(row), expected);
