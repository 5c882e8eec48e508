/** `kubectl events`. Models kubectl/pkg/cmd/events. */
import { asObject, type JsonObject, stringAt } from "../../api/json.ts";
import { apiVersionOf } from "../../api/kind.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import { intervalText, timeOf } from "../describe/events.ts";
import { escaped } from "../describe/tabwriter.ts";
import { goSorted } from "../go-sort.ts";
import { sorted } from "../print/json-text.ts";
import { printerOf } from "../print/printer.ts";
import { alignedText } from "../print/table-text.ts";
import type { Command, Context, Running } from "./command.ts";
import { ended, fail } from "./failure.ts";
import { count, everyNamespace, list, printing, text, toggle } from "./flag.ts";
import { listObjects } from "./requests.ts";
import { flag, isOn, values, type Words } from "./words.ts";

export const events: Command = {
  name: "events",
  says: "Show what has happened",
  usage: "[--for TYPE/NAME] [--watch] [--types=Normal,Warning]",
  flags: [
    ...printing(),
    everyNamespace,
    count("chunk-size", "how many objects to ask for at once; 0: all", { value: "500" }),
    text("for", "TYPE/NAME: only what is about this object"),
    toggle("no-headers", "leave the headings out"),
    list("types", "Normal or Warning: only events of this type"),
    toggle("watch", "go on with what happens from now on", { short: "w" }),
  ],
  run,
};

const inOrder = (found: readonly ApiObject[]) => goSorted(found, (a, b) => timeOf(a) < timeOf(b));

type Selected =
  | { readonly fieldSelector: string }
  | { readonly error: string }
  /** A word that is no kind: kubectl says so without its usual beginning. */
  | { readonly unknown: string };

/** Which events are about the object of `--for`. */
function selectorOf({ door }: Context, target: string): Selected {
  if (target === "") return { fieldSelector: "" };
  const [type = "", name = "", ...more] = target.split("/");
  if (!target.includes("/")) return { error: "--for must be in resource/name form" };
  if (more.length > 0) return { error: "arguments in resource/name form may not have more than one slash" };
  const row = door.kinds.resource(type);
  if (!row) return { unknown: type.toLowerCase() };
  const terms = { kind: row.kind, apiVersion: apiVersionOf(row), name };
  return {
    fieldSelector: Object.entries(terms)
      .map(([key, value]) => `involvedObject.${key}=${value}`)
      .join(),
  };
}

function* run(context: Context, words: Words): Running {
  const selected = selectorOf(context, flag(words, "for"));
  if ("error" in selected) return yield* fail(selected.error);
  if ("unknown" in selected) {
    yield { err: `the server doesn't have a resource type "${selected.unknown}"\n` };
    return 1;
  }
  const types = values(words, "types").map((one) => one.toLowerCase());
  if (types.some((one) => one !== "normal" && one !== "warning")) {
    return yield* fail("valid --types are Normal or Warning");
  }
  const isShown = (event: JsonObject) => types.length === 0 || types.includes(stringAt(event, "type").toLowerCase());
  const namespace = isOn(words, "all-namespaces") ? "" : context.namespace;
  const row = context.door.kinds.named("Event")!;
  const answer = yield* listObjects(context, row, namespace, selected);
  if (!answer.ok) return yield* ended([answer.status]);
  const found = inOrder(answer.object.items.filter(isShown));
  if (isOn(words, "watch")) return yield* watch(context, words, found, { namespace, ...selected, isShown });
  if (found.length === 0) {
    yield { err: namespace === "" ? "No events found.\n" : `No events found in ${namespace} namespace.\n` };
    return 0;
  }
  const printer = printerOf(words, context.files);
  if (!printer) {
    yield { out: table(words, found, context.door.now(), !isOn(words, "no-headers")) };
    return 0;
  }
  if ("error" in printer) return yield* fail(printer.error);
  // Names of a list as kubectl has it here cannot be printed, and it does not say so.
  if (flag(words, "output") === "name") return 0;
  const shown = printer({ apiVersion: "v1", items: found.map(sorted), kind: "EventList", metadata: {} });
  if ("error" in shown) return yield* fail(shown.error);
  yield { out: shown.text };
  return 0;
}

function table(words: Words, found: readonly ApiObject[], now: number, hasTitles: boolean): string {
  const withNamespace = isOn(words, "all-namespaces");
  const titles = [...(withNamespace ? ["NAMESPACE"] : []), "LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"];
  const rows = found.map((event) => {
    const about = asObject(event["involvedObject"]);
    const cells = [
      intervalText(event, now),
      stringAt(event, "type"),
      stringAt(event, "reason"),
      `${stringAt(about, "kind")}/${stringAt(about, "name")}`,
      stringAt(event, "message").trim(),
    ];
    return [...(withNamespace ? [event.metadata.namespace ?? ""] : []), ...cells].map(escaped);
  });
  return alignedText(hasTitles ? [titles, ...rows] : rows);
}

interface Watched {
  readonly namespace: string;
  readonly fieldSelector: string;
  readonly isShown: (event: JsonObject) => boolean;
}

/** What there is, then what comes; it goes on until it is interrupted. */
function* watch(context: Context, words: Words, begun: readonly ApiObject[], watched: Watched): Running {
  const { door } = context;
  const row = door.kinds.named("Event")!;
  const printer = printerOf(words, context.files);
  if (printer && "error" in printer) return yield* fail(printer.error);
  const seen = new Map<string, string | undefined>();
  let hasTitles = !isOn(words, "no-headers");
  let next = begun;
  for (;;) {
    for (const event of next) {
      const { uid = "", resourceVersion } = event.metadata;
      if (seen.get(uid) === resourceVersion) continue;
      seen.set(uid, resourceVersion);
      if (printer) {
        const shown = printer(sorted(event) as JsonObject);
        if ("error" in shown) return yield* fail(shown.error);
        yield { out: shown.text };
      } else yield { out: table(words, [event], door.now(), hasTitles) };
      hasTitles = false;
    }
    yield { pass: Number.POSITIVE_INFINITY };
    const answer = yield* listObjects(context, row, watched.namespace, { fieldSelector: watched.fieldSelector });
    if (!answer.ok) return yield* ended([answer.status]);
    next = inOrder(answer.object.items.filter(watched.isShown));
  }
}
