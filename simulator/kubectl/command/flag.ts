/** Flags of commands: names, types and defaults as kubectl has them. Models what cobra and pflag know of a flag. */

/** What a flag takes. A `list` splits its values at commas, an `array` takes them as they are. */
export type FlagType = "text" | "switch" | "count" | "list" | "array" | "duration";

export interface Flag {
  readonly name: string;
  readonly short?: string;
  readonly type: FlagType;
  /** What holds without it; empty for an empty list. */
  readonly value: string;
  /** What it says without a value. Models NoOptDefVal. */
  readonly bare?: string;
  readonly required?: true;
  /** A few words for the help. */
  readonly says: string;
}

type More = Partial<Pick<Flag, "short" | "value" | "bare" | "required">>;

const flag =
  (type: FlagType, value: string, always: More = {}) =>
  (name: string, says: string, more: More = {}): Flag => ({ name, type, value, ...always, says, ...more });

export const text = flag("text", "");
export const toggle = flag("switch", "false", { bare: "true" });
export const count = flag("count", "0");
export const list = flag("list", "");
export const array = flag("array", "");
export const duration = flag("duration", "0s");

/** How objects are printed. Models genericclioptions.PrintFlags. */
export function printing(value = ""): readonly Flag[] {
  return [
    toggle("allow-missing-template-keys", "leave out what a template names and the object has not", { value: "true" }),
    text("output", "in what form to print", { short: "o", value }),
    toggle("show-managed-fields", "print metadata.managedFields too"),
    text("template", "a Go template, or the file of one"),
  ];
}

/** Objects from files. Models genericclioptions.FileNameFlags. */
export const fromFiles: readonly Flag[] = [
  list("filename", "files or folders that name the objects", { short: "f" }),
  text("kustomize", "a folder with a kustomization", { short: "k" }),
  toggle("recursive", "look in the folders of a folder too", { short: "R" }),
];

export const bySelector = text("selector", "only objects with these labels", { short: "l" });
export const byFieldSelector = text("field-selector", "only objects with these fields");
export const everyObject = toggle("all", "all objects of the kinds in the namespace");
export const everyNamespace = toggle("all-namespaces", "in all namespaces", { short: "A" });
export const dryRun = text("dry-run", "none, client or server: say what would be done", {
  value: "none",
  bare: "unchanged",
});
export const validation = text("validate", "strict, warn or ignore fields that the server does not know", {
  value: "strict",
  bare: "strict",
});
export const saveConfig = toggle("save-config", "keep the text in an annotation, as apply does");

/** Who is noted to have written. */
export function fieldManager(value: string): Flag {
  return text("field-manager", "the name under which the fields are managed", { value });
}

/** What deletes, or replaces by deleting. Models cmd/delete/delete_flags.go. */
export const deleting: readonly Flag[] = [
  text("cascade", "background, orphan or foreground: what becomes of dependents", {
    value: "background",
    bare: "background",
  }),
  toggle("force", "remove at once, without waiting for what runs to end"),
  count("grace-period", "seconds to end in; negative: as the object says", { value: "-1" }),
  duration("timeout", "how long to wait; zero: as the object says"),
];

/** What every command takes. */
export const globalFlags: readonly Flag[] = [
  text("as", "act as this user"),
  array("as-group", "act as a member of this group"),
  text("as-uid", "act as the user with this uid"),
  array("as-user-extra", "more about the user to act as"),
  text("cache-dir", "where answers are kept", { value: "$HOME/.kube/cache" }),
  text("certificate-authority", "file of the authority that signed the server's certificate"),
  text("client-certificate", "file of the client's certificate"),
  text("client-key", "file of the client's key"),
  text("cluster", "the cluster of the kubeconfig to use"),
  text("context", "the context of the kubeconfig to use"),
  toggle("disable-compression", "ask for answers that are not compressed"),
  toggle("insecure-skip-tls-verify", "trust any certificate of the server"),
  text("kubeconfig", "the kubeconfig to use"),
  text("kuberc", "the kuberc to use"),
  duration("log-flush-frequency", "how often logs are written", { value: "5s" }),
  toggle("match-server-version", "only work with a server of the same version"),
  text("namespace", "the namespace to work in", { short: "n" }),
  text("password", "password for the server"),
  text("profile", "what to measure", { value: "none" }),
  text("profile-output", "where to write what is measured", { value: "profile.pprof" }),
  text("request-timeout", "how long to wait for one answer; 0: for ever", { value: "0" }),
  text("server", "address of the server", { short: "s" }),
  text("tls-server-name", "name to look for in the server's certificate"),
  text("token", "token for the server"),
  text("user", "the user of the kubeconfig to use"),
  text("username", "user name for the server"),
  count("v", "how much to log", { short: "v" }),
  text("vmodule", "how much to log by file"),
  toggle("warnings-as-errors", "end with exit code 1 when there was a warning"),
];
