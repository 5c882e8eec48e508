/** `kubectl auth can-i` and `whoami`. Models kubectl/pkg/cmd/auth. */
import { alignedText } from "../print/table-text.ts";
import { type Attributes, allowed, subjectOf } from "./access.ts";
import type { Command, Context, Running } from "./command.ts";
import { fail } from "./failure.ts";
import { everyNamespace, printing, text, toggle } from "./flag.ts";
import { flag, isOn, values, type Words } from "./words.ts";

export const auth: Command = {
  name: "auth",
  says: "Ask what one is allowed to do",
  commands: [
    {
      name: "can-i",
      says: "Ask whether something is allowed",
      usage: "VERB [TYPE | TYPE/NAME | NONRESOURCEURL]",
      flags: [
        everyNamespace,
        toggle("list", "print all that is allowed"),
        toggle("no-headers", "leave the headings out"),
        toggle("quiet", "say nothing, and only end with the exit code", { short: "q" }),
        text("subresource", "a part of the resource: log, scale"),
      ],
      run: canI,
    },
    { name: "whoami", says: "Show who one is", flags: printing(), printsItself: true, run: whoami },
  ],
};

const verbs =
  "get list watch create update patch delete deletecollection use bind impersonate * approve sign escalate attest".split(
    " ",
  );

function* canI(context: Context, words: Words): Running {
  if (isOn(words, "list")) return yield* listAll(words);
  const [verb = "", target = ""] = words.args;
  if (words.args.length !== 2) {
    return yield* fail(
      "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
    );
  }
  const { door } = context;
  const [type = "", ...rest] = target.startsWith("/") ? [""] : target.split("/");
  const row = door.kinds.resource(type);
  const warn = (what: string) => ({ err: `Warning: ${what}\n\n` });
  if (type !== "" && type !== "*" && !row && !["users", "groups"].includes(type)) {
    const [resource = "", ...group] = type.toLowerCase().split(".");
    const where = group.length > 0 ? ` in group '${group.join(".")}'` : "";
    yield warn(`the server doesn't have a resource type '${resource}'${where}`);
  }
  if (row && !row.namespaced && !isOn(words, "all-namespaces")) {
    yield warn(`resource '${row.plural}' is not namespace scoped${row.group === "" ? "" : ` in group '${row.group}'`}`);
  }
  if (type !== "" && !verbs.includes(verb)) yield warn(`verb '${verb}' is not a known verb`);
  if (isOn(words, "no-headers")) return yield* fail("--no-headers cannot be set without --list specified");
  const subresource = flag(words, "subresource");
  const attributes: Attributes = {
    verb,
    namespace: isOn(words, "all-namespaces") ? "" : context.namespace,
    group: row?.group ?? "",
    resource: `${row?.plural ?? type}${subresource === "" ? "" : `/${subresource}`}`,
    name: rest.join("/"),
    url: target.startsWith("/") ? target : "",
  };
  const isAllowed = allowed(context, subjectOf(flag(words, "as"), values(words, "as-group")), attributes);
  if (!isOn(words, "quiet")) yield { out: isAllowed ? "yes\n" : "no\n" };
  return isAllowed ? 0 : 1;
}

function* listAll(words: Words): Running {
  if (words.args.length > 0) return yield* fail("list option must be specified with no arguments");
  if (isOn(words, "quiet") || isOn(words, "all-namespaces") || flag(words, "subresource") !== "") {
    return yield* fail("list option can't be specified with neither quiet, all-namespaces nor subresource options");
  }
  const titles = ["Resources", "Non-Resource URLs", "Resource Names", "Verbs"];
  const rows = [
    ["*.*", "[]", "[]", "[*]"],
    ["", "[*]", "[]", "[*]"],
  ];
  yield { out: alignedText(isOn(words, "no-headers") ? rows : [titles, ...rows]) };
  return 0;
}

function* whoami(_: Context, words: Words): Running {
  const { user, groups } = subjectOf(flag(words, "as"), values(words, "as-group"));
  yield {
    out: alignedText([
      ["ATTRIBUTE", "VALUE"],
      ["Username", user],
      ["Groups", `[${groups.join(" ")}]`],
    ]),
  };
  return 0;
}
