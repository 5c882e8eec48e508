/** What `kubectl label` and `kubectl annotate` share: texts of the metadata are set, taken away and listed. */
import type { LabelMap } from "../../api/objects.ts";
import type { Command, Context, Running, Steps } from "./command.ts";
import { ended, type Failure, fail } from "./failure.ts";
import {
  byFieldSelector,
  bySelector,
  dryRun,
  everyNamespace,
  everyObject,
  fieldManager,
  fromFiles,
  printing,
  text,
  toggle,
} from "./flag.ts";
import type { Info } from "./info.ts";
import { print } from "./output.ts";
import { partedAtPairs } from "./pairs.ts";
import { pick } from "./pick.ts";
import { patchObject } from "./requests.ts";
import { dryRunOf, flag, isOn, values, type Words } from "./words.ts";

/** What is set, and what is taken away. */
export interface Marks {
  readonly set: LabelMap;
  readonly removed: readonly string[];
}

/** How the two commands differ. */
export interface Marking {
  readonly name: "label" | "annotate";
  readonly noun: "label" | "annotation";
  readonly field: "labels" | "annotations";
  readonly says: string;
  /** How files are named in what is said of `--local`. */
  readonly file: string;
  readonly read: (pairs: readonly string[]) => Marks | { readonly error: string };
  /** Why values that are there already may not be changed; nothing when they may. */
  readonly kept: (now: LabelMap, marks: Marks) => string | undefined;
  /** What was done, and what is said of texts that were not there. */
  readonly outcome: (now: LabelMap, marks: Marks) => { readonly operation: string; readonly notes: string };
}

export function markCommand(marking: Marking): Command {
  const { name, field, says } = marking;
  return {
    name,
    says,
    usage: "[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N",
    flags: [
      ...fromFiles,
      ...printing(),
      bySelector,
      byFieldSelector,
      everyNamespace,
      everyObject,
      dryRun,
      fieldManager(`kubectl-${name}`),
      toggle("list", `print the ${field}`),
      toggle("local", "ask nothing of the server"),
      toggle("overwrite", `change ${field} that are there`),
      text("resource-version", "change only this version of the object"),
    ],
    run: (context, words) => run(context, words, marking),
  };
}

function misuse(words: Words, resources: readonly string[], marks: Marks, { noun, file }: Marking): string | undefined {
  const hasFiles = values(words, "filename").length > 0 || flag(words, "kustomize") !== "";
  const isEmpty = Object.keys(marks.set).length === 0 && marks.removed.length === 0;
  if (isOn(words, "list") && flag(words, "output") !== "") return "--list and --output may not be specified together";
  if (isOn(words, "all") && flag(words, "selector") !== "") {
    return "cannot set --all and --selector at the same time";
  }
  if (isOn(words, "all") && flag(words, "field-selector") !== "") {
    return "cannot set --all and --field-selector at the same time";
  }
  if (isOn(words, "local")) {
    if (dryRunOf(words) === "server") {
      return "cannot specify --local and --dry-run=server - did you mean --dry-run=client?";
    }
    if (resources.length > 0) {
      return `can only use local files by -f ${file}.yaml or --filename=${file}.json when --local=true is set`;
    }
    if (!hasFiles) return `one or more files must be specified as -f ${file}.yaml or --filename=${file}.json`;
  } else if (resources.length === 0 && !hasFiles) {
    return "one or more resources must be specified as <resource> <name> or <resource>/<name>";
  }
  return isEmpty && !isOn(words, "list") ? `at least one ${noun} update is required` : undefined;
}

function* run(context: Context, words: Words, marking: Marking): Running {
  const { noun } = marking;
  const { resources, pairs, late } = partedAtPairs(words.args);
  if (late !== undefined) return yield* fail(`all resources must be specified before ${noun} changes: ${late}`);
  const marks = marking.read(pairs);
  if ("error" in marks) return yield* fail(marks.error);
  const wrong = misuse(words, resources, marks, marking);
  if (wrong !== undefined) return yield* fail(wrong);
  const picked = yield* pick(context, words, { args: resources, local: isOn(words, "local") });
  if (picked.unasked) return yield* ended(picked.failures);
  if (flag(words, "resource-version") !== "" && !picked.single) {
    return yield* fail("--resource-version may only be used with a single resource");
  }
  const met: Failure[] = [...picked.failures];
  for (const info of picked.infos) {
    met.push(...(yield* mark(context, words, info, { marks, marking, isSingle: picked.single === true })));
  }
  return yield* ended(met);
}

interface Wanted {
  readonly marks: Marks;
  readonly marking: Marking;
  readonly isSingle: boolean;
}

function* mark(context: Context, words: Words, info: Info, wanted: Wanted): Steps<readonly Failure[]> {
  const { marks, marking, isSingle } = wanted;
  const { field, name } = marking;
  const { place, object } = info;
  const now: LabelMap = object.metadata[field] ?? {};
  const kept = isOn(words, "overwrite") ? undefined : marking.kept(now, marks);
  if (kept !== undefined) return [kept];
  const { operation, notes } = marking.outcome(now, marks);
  const left = Object.entries(now).filter(([key]) => !marks.removed.includes(key));
  const next = { ...Object.fromEntries(left), ...marks.set };
  let changed = { ...object, metadata: { ...object.metadata, [field]: next } };
  if (dryRunOf(words) !== "client" && !isOn(words, "local") && !isOn(words, "list")) {
    if (notes !== "") yield { out: notes };
    const version = flag(words, "resource-version");
    const gone = marks.removed.filter((key) => key in now).map((key) => [key, null] as const);
    const set = Object.entries(marks.set).filter(([key, value]) => now[key] !== value);
    const isChange = gone.length + set.length > 0;
    const texts = isChange ? { [field]: Object.fromEntries([...set, ...gone]) } : {};
    const patch = { metadata: { ...texts, ...(version === "" ? {} : { resourceVersion: version }) } };
    if (isChange || name === "annotate") {
      const options = { dryRun: dryRunOf(words) === "server", fieldManager: flag(words, "field-manager") };
      const answer = yield* patchObject(
        context,
        place,
        Object.keys(patch.metadata).length > 0 ? patch : {},
        "merge",
        options,
      );
      if (!answer.ok) return [answer.status];
      // What is printed of a label is the object as kubectl changed it, of an annotation what the server answers.
      if (name === "annotate") changed = answer.object;
    }
  }
  if (!isOn(words, "list")) return yield* print(context, words, place.row, changed, operation);
  const title = `Listing ${field} for ${place.row.kind}.${place.row.group}/${place.name}:\n`;
  const lines = Object.keys(next)
    .sort()
    .map((key) => `${isSingle ? "" : " "}${key}=${next[key]}\n`);
  yield { out: (isSingle ? "" : title) + lines.join("") };
  return [];
}
