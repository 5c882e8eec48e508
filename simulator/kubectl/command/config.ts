/** `kubectl config`: what the kubeconfig says. Models kubectl/pkg/cmd/config. */
import { asObject, type JsonObject, listAt, stringAt, without } from "../../api/json.ts";
import { sorted } from "../print/json-text.ts";
import { printerOf } from "../print/printer.ts";
import { alignedText } from "../print/table-text.ts";
import type { Command, Context, Running } from "./command.ts";
import { ended, fail, misused } from "./failure.ts";
import { printing, text, toggle } from "./flag.ts";
import { flag, isOn, type Words, wasGiven } from "./words.ts";

const noSuch = (name: string, why: string): Command => ({
  name,
  says: why,
  anyFlags: true,
  run: () => fail(`config ${name} is not available here: the simulated kubectl has one cluster and one user`),
});

export const config: Command = {
  name: "config",
  says: "Show and change the kubeconfig",
  commands: [
    { name: "current-context", says: "Show which context is used", run: currentContext },
    noSuch("delete-cluster", "Delete a cluster"),
    { name: "delete-context", says: "Delete a context", usage: "NAME", run: deleteContext },
    noSuch("delete-user", "Delete a user"),
    { name: "get-clusters", says: "Show the clusters", run: (context) => names(context, "clusters") },
    {
      name: "get-contexts",
      says: "Show the contexts",
      usage: "[NAME...]",
      flags: [toggle("no-headers", "leave the headings out"), text("output", "name: print names only", { short: "o" })],
      run: getContexts,
    },
    { name: "get-users", says: "Show the users", run: (context) => names(context, "users") },
    { name: "rename-context", says: "Rename a context", usage: "NAME NEW-NAME", run: renameContext },
    noSuch("set", "Set one value"),
    noSuch("set-cluster", "Set a cluster"),
    {
      name: "set-context",
      says: "Set a context, or its namespace",
      usage: "[NAME | --current] [--cluster=CLUSTER] [--user=USER] [--namespace=NAMESPACE]",
      flags: [
        text("cluster", "the cluster of the context"),
        toggle("current", "change the context that is used"),
        text("namespace", "the namespace of the context", { short: "n" }),
        text("user", "the user of the context"),
      ],
      run: setContext,
    },
    noSuch("set-credentials", "Set a user"),
    noSuch("unset", "Take one value away"),
    { name: "use-context", aliases: ["use"], says: "Choose the context that is used", usage: "NAME", run: useContext },
    {
      name: "view",
      says: "Show the kubeconfig",
      flags: [
        ...printing("yaml"),
        toggle("flatten", "one file that holds everything"),
        toggle("merge", "all kubeconfigs together", { value: "true" }),
        toggle("minify", "only what the context that is used needs"),
        toggle("raw", "with everything that is secret"),
      ],
      run: view,
    },
  ],
};

const contextsOf = ({ config: kept }: Context): readonly JsonObject[] => listAt(kept, "contexts").map(asObject);
const current = ({ config: kept }: Context): string => stringAt(kept, "current-context");

function* currentContext(context: Context): Running {
  if (current(context) === "") return yield* fail("current-context is not set");
  yield { out: `${current(context)}\n` };
  return 0;
}

function* names({ config: kept }: Context, list: string): Running {
  yield {
    out: [
      "NAME",
      ...listAt(kept, list)
        .map((one) => stringAt(asObject(one), "name"))
        .sort(),
    ]
      .join("\n")
      .concat("\n"),
  };
  return 0;
}

function* getContexts(context: Context, words: Words): Running {
  const output = flag(words, "output");
  if (output !== "" && output !== "name") return yield* fail(`output must be one of '' or 'name': ${output}`);
  const all = contextsOf(context);
  const missing = words.args.filter((name) => !all.some((one) => one["name"] === name));
  const chosen = (
    words.args.length === 0 ? all : all.filter((one) => words.args.includes(stringAt(one, "name")))
  ).toSorted((a, b) => (stringAt(a, "name") < stringAt(b, "name") ? -1 : 1));
  if (output === "name") yield { out: chosen.map((one) => `${stringAt(one, "name")}\n`).join("") };
  else {
    const rows = chosen.map((one) => {
      const { cluster, user, namespace } = asObject(one["context"]);
      const name = stringAt(one, "name");
      return [
        name === current(context) ? "*" : "",
        name,
        ...[cluster, user, namespace].map((part) => String(part ?? "")),
      ];
    });
    const header = ["CURRENT", "NAME", "CLUSTER", "AUTHINFO", "NAMESPACE"];
    yield { out: alignedText(isOn(words, "no-headers") ? rows : [header, ...rows]) };
  }
  return yield* ended(missing.map((name) => `context ${name} not found`));
}

function* setContext(context: Context, words: Words): Running {
  const [given, ...more] = words.args;
  if (more.length > 0) return yield* misused(words, `Unexpected args: [${words.args.join(" ")}]`);
  const isCurrent = isOn(words, "current");
  if (given !== undefined && isCurrent) return yield* fail("you cannot specify both a context name and --current");
  if (given === undefined && !isCurrent) return yield* fail("you must specify a non-empty context name or --current");
  const name = given ?? current(context);
  if (name === "") return yield* fail("no current context is set");
  const old = contextsOf(context).find((one) => one["name"] === name);
  const changes = ["cluster", "user", "namespace"]
    .filter((part) => wasGiven(words, part))
    .map((part) => [part, flag(words, part)]);
  const next: JsonObject = { name, context: { ...asObject(old?.["context"]), ...Object.fromEntries(changes) } };
  const others = contextsOf(context).filter((one) => one["name"] !== name);
  yield { config: { ...context.config, contexts: [...others, next] } };
  yield { out: `Context "${name}" ${old ? "modified" : "created"}.\n` };
  return 0;
}

function* useContext(context: Context, words: Words): Running {
  const [name] = words.args;
  if (name === undefined || words.args.length > 1)
    return yield* misused(words, `Unexpected args: [${words.args.join(" ")}]`);
  if (!contextsOf(context).some((one) => one["name"] === name)) {
    return yield* fail(`no context exists with the name: "${name}"`);
  }
  yield { config: { ...context.config, "current-context": name } };
  yield { out: `Switched to context "${name}".\n` };
  return 0;
}

const file = "the kubeconfig";

function* renameContext(context: Context, words: Words): Running {
  const [from, to] = words.args;
  if (from === undefined || to === undefined || words.args.length > 2) {
    return yield* misused(words, `Unexpected args: [${words.args.join(" ")}]`);
  }
  const all = contextsOf(context);
  if (!all.some((one) => one["name"] === from))
    return yield* fail(`cannot rename the context "${from}", it's not in ${file}`);
  if (all.some((one) => one["name"] === to)) {
    return yield* fail(`cannot rename the context "${from}", the context "${to}" already exists in ${file}`);
  }
  const contexts = all.map((one) => (one["name"] === from ? { ...one, name: to } : one));
  const used = current(context) === from ? to : current(context);
  yield { config: { ...context.config, contexts, "current-context": used } };
  yield { out: `Context "${from}" renamed to "${to}".\n` };
  return 0;
}

function* deleteContext(context: Context, words: Words): Running {
  const [name] = words.args;
  if (name === undefined || words.args.length > 1)
    return yield* misused(words, `Unexpected args: [${words.args.join(" ")}]`);
  const all = contextsOf(context);
  if (!all.some((one) => one["name"] === name)) return yield* fail(`cannot delete context ${name}, not in ${file}`);
  if (name === current(context)) {
    yield {
      err: 'warning: this removed your active context, use "kubectl config use-context" to select a different one\n',
    };
  }
  yield { config: { ...context.config, contexts: all.filter((one) => one["name"] !== name) } };
  yield { out: `deleted context ${name} from ${file}\n` };
  return 0;
}

/** What only its user is to see. */
const secrets = ["token", "password", "client-key-data", "client-certificate-data"];

function* view(context: Context, words: Words): Running {
  if (words.args.length > 0) return yield* misused(words, `unexpected arguments: [${words.args.join(" ")}]`);
  const shown = isOn(words, "raw") ? context.config : hidden(context.config);
  const printer = printerOf(words, context.files);
  if (!printer || "error" in printer) return yield* fail(printer?.error ?? "");
  const whole = isOn(words, "minify") ? minified(shown) : shown;
  const { kind = "Config", apiVersion = "v1", clusters = [], users = [], contexts = [], ...rest } = whole;
  const inOrder = listAt({ contexts }, "contexts")
    .map(asObject)
    .map((one) => {
      const { cluster = "", user = "", ...more } = asObject(one["context"]);
      return { name: one["name"] ?? "", context: { cluster, user, ...more } };
    });
  const isYaml = flag(words, "output") === "yaml";
  const ordered: JsonObject = { kind, apiVersion, clusters, users, contexts: inOrder, ...rest };
  const text = printer(isYaml ? (sorted(ordered) as JsonObject) : ordered);
  if ("error" in text) return yield* fail(text.error);
  yield { out: text.text };
  return 0;
}

function hidden(kept: JsonObject): JsonObject {
  const users = listAt(kept, "users")
    .map(asObject)
    .map((one) => {
      const user = asObject(one["user"]);
      const said = Object.keys(user).map((key) => [
        key,
        secrets.includes(key) ? (key.endsWith("-data") ? "DATA+OMITTED" : "REDACTED") : user[key]!,
      ]);
      return { ...one, user: Object.fromEntries(said) };
    });
  const clusters = listAt(kept, "clusters")
    .map(asObject)
    .map((one) => {
      const cluster = asObject(one["cluster"]);
      const data = "certificate-authority-data";
      return data in cluster ? { ...one, cluster: { ...without(cluster, [data]), [data]: "DATA+OMITTED" } } : one;
    });
  return { ...kept, clusters, users };
}

function minified(kept: JsonObject): JsonObject {
  const used = listAt(kept, "contexts")
    .map(asObject)
    .find((one) => one["name"] === kept["current-context"]);
  const { cluster, user } = asObject(used?.["context"]);
  const only = (list: string, name: unknown) =>
    listAt(kept, list)
      .map(asObject)
      .filter((one) => one["name"] === name);
  return { ...kept, contexts: used ? [used] : [], clusters: only("clusters", cluster), users: only("users", user) };
}
