/** What kubectl prints, command by command, each on the state that was recorded just before it. */
import { isDeepStrictEqual } from "node:util";
import { isScalable, type KindRow } from "../../../simulator/api/kind.ts";
import { servedKinds } from "../../../simulator/api/kind-rules.ts";
import { recordedTarget } from "../../../simulator/api/target.ts";
import { bodyAt } from "../../../simulator/apiserver/create.ts";
import { decoded, judgedChange, judgedNew } from "../../../simulator/apiserver/judge.ts";
import { type PatchType, patchedObject } from "../../../simulator/apiserver/patch.ts";
import type { Request } from "../../../simulator/apiserver/request.ts";
import { alreadyExists, noSuchResource, notFound, type Status, success } from "../../../simulator/apiserver/status.ts";
import { type Answer, type ApiList, type ApiObject, done, refused } from "../../../simulator/apiserver/types.ts";
import type { Door, Environment } from "../../../simulator/kubectl/command/command.ts";
import { type Printed, runKubectl, runToEnd } from "../../../simulator/kubectl/command/run.ts";
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

/** A door to a state: requests are judged and answered, and nothing is kept but that what is deleted is gone. */
function doorTo(row: Row, now: () => number): Door {
  const gone = new Set<ApiObject["metadata"]>();
  return {
    kinds: servedKinds,
    target: recordedTarget,
    now,
    request(request) {
      const kind = servedKinds.rows.find((one) => one.plural === request.resource && one.group === request.group);
      const found = kind ? answerTo(row, kind, request, gone) : refused(noSuchResource());
      if (!found.ok) return { code: found.status.code, body: found.status, warnings: [] };
      return { code: 200, body: found.object, warnings: [] };
    },
  };
}

function answerTo(row: Row, kind: KindRow, request: Request, gone: Set<unknown>): Answer<ApiObject | ApiList | Status> {
  const { verb, body, name = "", subresource = "", patchType } = request;
  const objects = objectsOf(row, kind).filter(({ metadata }) => !gone.has(metadata));
  const there = objects.find((one) => one.metadata.name === name);
  if (verb === "list") {
    return done({ apiVersion: "v1", kind: `${kind.kind}List`, metadata: { resourceVersion: "" }, items: objects });
  }
  if (verb === "create") return created(row, kind, body);
  if (!there) return refused(notFound(kind, name));
  if (verb === "get") return done(there);
  if (verb === "delete") {
    gone.add(there.metadata);
    return done(success(200));
  }
  if (subresource === "scale") return isScalable(kind) ? done(there) : refused(noSuchResource());
  const place = { row: kind, namespace: row.namespace, name };
  const next = patchedObject(place, there, body, patchType as PatchType);
  const read = next.ok ? decoded(next.object, "Strict", judging) : next;
  return read.ok ? judgedChange(kind, there, read.object, judging) : read;
}

function created(row: Row, kind: KindRow, body: unknown): Answer {
  const given = bodyAt({ row: kind, namespace: row.namespace, name: "" }, body);
  const read = given.ok ? decoded(given.object, "Strict", judging) : given;
  const judged: Answer = read.ok ? judgedNew(kind, read.object, judging) : read;
  if (!judged.ok) return judged;
  const { name } = judged.object.metadata;
  const isThere = objectsOf(row, kind).some((one) => one.metadata.name === name);
  return isThere ? refused(alreadyExists(kind, name)) : judged;
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

/** The commands were given with `-n NAMESPACE`, which is left out of the lines. Time passes, but nothing changes. */
function answer(row: Row, later = 0): Printed {
  let now = Date.parse(row.now) + later;
  const environment: Environment = {
    door: doorTo(row, () => now),
    files: { read: () => undefined, list: () => undefined },
    readDocuments: () => [],
    config: {},
    variables: {},
  };
  const running = runKubectl(environment, [`--namespace=${row.namespace}`, ...wordsOf(row.command)]);
  return runToEnd(running, {
    pass(most) {
      now += most;
      return Number.isFinite(most);
    },
  });
}

/** A command takes a moment, so ages may be a second larger than the recorded time says. */
function expected(out: Printed, row: Row): unknown {
  return isDeepStrictEqual(answer(row, 1000), out) ? answer(row) : out;
}

export const suite = tableSuite<Row, Printed>("kubectl-text", (row) => answer(row), expected);
