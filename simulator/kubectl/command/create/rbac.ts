/** `kubectl create role`, `clusterrole` and their bindings. Models kubectl/pkg/cmd/create/create_role.go and its neighbours. */
import type { JsonObject } from "../../../api/json.ts";
import type { Context } from "../command.ts";
import { array, list, text } from "../flag.ts";
import { flag, values, type Words } from "../words.ts";
import type { Made, Maker } from "./maker.ts";

const api = "rbac.authorization.k8s.io";
const knownVerbs = new Set(
  "* get delete list create update patch watch proxy deletecollection use bind escalate impersonate".split(" "),
);

interface Resource {
  readonly group: string;
  readonly name: string;
}

/** The rules that verbs and resources make: one for each group. */
function rulesOf({ door }: Context, words: Words): readonly JsonObject[] | string {
  const verbs = [...new Set(values(words, "verb"))];
  const allVerbs = verbs.includes("*") ? ["*"] : verbs;
  const names = values(words, "resource-name");
  const found: Resource[] = [];
  for (const given of values(words, "resource")) {
    const [type = "", ...parts] = given.split("/");
    const subresource = parts.join("/");
    if (type === "*" && parts.length === 0) {
      found.push({ group: "*", name: "*" });
      continue;
    }
    const row = door.kinds.resource(type);
    if (!row) return `the server doesn't have a resource type "${type.split(".")[0]}"\n`;
    found.push({ group: row.group, name: subresource === "" ? row.plural : `${row.plural}/${subresource}` });
  }
  const groups = new Map<string, string[]>();
  for (const { group, name } of found) groups.set(group, [...new Set([...(groups.get(group) ?? []), name])]);
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, resources]) => ({
      verbs: allVerbs,
      apiGroups: [group],
      resources,
      ...(names.length > 0 ? { resourceNames: names } : {}),
    }));
}

/** Verbs are checked before anything is asked. */
function verbFault(words: Words): string | undefined {
  return values(words, "verb").length === 0 ? "at least one verb must be specified" : undefined;
}

const ruleFlags = [
  list("resource", "resources that the rule is about"),
  array("resource-name", "names that the rule is about"),
  list("verb", "what the rule allows"),
];

export const role: Maker = {
  name: "role",
  kind: "Role",
  says: "Create a Role with one rule",
  usage: "NAME --verb=VERB --resource=RESOURCE.GROUP/SUBRESOURCE [--resource-name=NAME]",
  flags: ruleFlags,
  *make(context, _, words) {
    const fault = verbFault(words);
    if (fault !== undefined) return { failure: fault };
    if (values(words, "resource").length === 0) return { failure: "at least one resource must be specified" };
    for (const verb of values(words, "verb")) {
      if (!knownVerbs.has(verb)) yield { err: `Warning: '${verb}' is not a standard resource verb\n` };
    }
    const rules = rulesOf(context, words);
    if (typeof rules !== "string") return { object: { metadata: {}, rules } };
    yield { err: rules };
    return { ended: 1 };
  },
};

export const clusterRole: Maker = {
  name: "clusterrole",
  kind: "ClusterRole",
  says: "Create a ClusterRole with one rule",
  usage: "NAME --verb=VERB --resource=RESOURCE.GROUP [--resource-name=NAME]",
  flags: [
    ...ruleFlags,
    list("aggregation-rule", "labels of ClusterRoles whose rules this one has"),
    list("non-resource-url", "paths that the rule is about"),
  ],
  *make(context, _, words) {
    const aggregation = values(words, "aggregation-rule");
    if (aggregation.length > 0) {
      const labels = Object.fromEntries(aggregation.map((one) => one.split("=")));
      const aggregationRule = { clusterRoleSelectors: [{ matchLabels: labels }] };
      return { object: { metadata: {}, rules: null, aggregationRule } };
    }
    const fault = verbFault(words);
    if (fault !== undefined) return { failure: fault };
    const urls = values(words, "non-resource-url");
    const resources = values(words, "resource");
    if (resources.length === 0 && urls.length === 0) {
      return { failure: "one of resource or nonResourceURL must be specified" };
    }
    for (const verb of values(words, "verb")) {
      if (!knownVerbs.has(verb)) yield { err: `Warning: '${verb}' is not a standard resource verb\n` };
    }
    const rules = rulesOf(context, words);
    if (typeof rules === "string") {
      yield { err: rules };
      return { ended: 1 };
    }
    const ofUrls = urls.length > 0 ? [{ verbs: values(words, "verb"), nonResourceURLs: urls }] : [];
    return { object: { metadata: {}, rules: [...rules, ...ofUrls] } };
  },
};

function binding(words: Words, kind: string, name: string): Made {
  const subjects: JsonObject[] = [
    ...values(words, "user").map((user) => ({ kind: "User", apiGroup: api, name: user })),
    ...values(words, "group").map((group) => ({ kind: "Group", apiGroup: api, name: group })),
  ];
  for (const account of values(words, "serviceaccount")) {
    const [namespace, own, ...more] = account.split(":");
    if (!namespace || !own || more.length > 0) return { failure: "serviceaccount must be <namespace>:<name>" };
    subjects.push({ kind: "ServiceAccount", name: own, namespace });
  }
  return {
    object: {
      metadata: {},
      ...(subjects.length > 0 ? { subjects } : {}),
      roleRef: { apiGroup: api, kind, name },
    },
  };
}

const subjectFlags = [
  array("group", "groups that have the role"),
  array("serviceaccount", "NAMESPACE:NAME of service accounts that have the role"),
  array("user", "users that have the role"),
];

export const roleBinding: Maker = {
  name: "rolebinding",
  kind: "RoleBinding",
  says: "Give a role to somebody in a namespace",
  usage: "NAME --clusterrole=NAME|--role=NAME [--user=USER] [--group=GROUP] [--serviceaccount=NAMESPACE:NAME]",
  flags: [text("clusterrole", "the ClusterRole"), text("role", "the Role"), ...subjectFlags],
  refused: "failed to create rolebinding:",
  make(_, __, words) {
    const [clusterRoleName, roleName] = [flag(words, "clusterrole"), flag(words, "role")];
    if ((clusterRoleName === "") === (roleName === "")) {
      return { failure: "exactly one of clusterrole or role must be specified" };
    }
    return roleName === "" ? binding(words, "ClusterRole", clusterRoleName) : binding(words, "Role", roleName);
  },
};

export const clusterRoleBinding: Maker = {
  name: "clusterrolebinding",
  kind: "ClusterRoleBinding",
  says: "Give a ClusterRole to somebody in the whole cluster",
  usage: "NAME --clusterrole=NAME [--user=USER] [--group=GROUP] [--serviceaccount=NAMESPACE:NAME]",
  flags: [text("clusterrole", "the ClusterRole", { required: true }), ...subjectFlags],
  refused: "failed to create clusterrolebinding:",
  make: (_, __, words) => binding(words, "ClusterRole", flag(words, "clusterrole")),
};
