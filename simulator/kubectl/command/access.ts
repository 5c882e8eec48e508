/** Who may do what by the roles and bindings of the cluster. Models plugin/pkg/auth/authorizer/rbac. */
import { asObject, type JsonObject, listAt, stringAt } from "../../api/json.ts";
import { isStatus } from "../../apiserver/types.ts";
import { userInfo } from "../../apiserver/virtual/reviews.ts";
import { found, type Lookup, listed } from "../describe/lookup.ts";
import type { Context } from "./command.ts";

export interface Subject {
  readonly user: string;
  readonly groups: readonly string[];
}

const admins = "system:masters";

/** Who asks: the administrator of the simulated cluster, unless the command line says somebody else. */
export function subjectOf(user: string, groups: readonly string[]): Subject {
  if (user === "") return { user: stringAt(userInfo, "username"), groups: listAt(userInfo, "groups").map(String) };
  const [, namespace] = /^system:serviceaccount:([^:]+):[^:]+$/.exec(user) ?? [];
  const own = namespace === undefined ? [] : ["system:serviceaccounts", `system:serviceaccounts:${namespace}`];
  return { user, groups: [...groups, ...own, "system:authenticated"] };
}

export interface Attributes {
  readonly verb: string;
  /** Empty: in all namespaces, or of the cluster. */
  readonly namespace: string;
  readonly group: string;
  /** With its subresource: `pods/log`. */
  readonly resource: string;
  readonly name: string;
  /** What is asked for that is no resource. */
  readonly url: string;
}

/** Whether the roles that are bound to somebody allow it. */
export function allowed({ door }: Context, subject: Subject, wanted: Attributes): boolean {
  if (subject.groups.includes(admins)) return true;
  const look: Lookup = { kinds: door.kinds, now: door.now(), request: door.request.bind(door) };
  const everywhere = listed(look, "ClusterRoleBinding", "");
  const here = wanted.namespace === "" ? [] : listed(look, "RoleBinding", wanted.namespace);
  return [...everywhere, ...here].some((binding) => {
    const namespace = binding.metadata.namespace ?? "";
    const isBound = listAt(binding, "subjects").some((one) => isSubject(asObject(one), subject, namespace));
    if (!isBound) return false;
    const ref = asObject(binding["roleRef"]);
    const kind = stringAt(ref, "kind");
    const role = found(look, kind, kind === "Role" ? namespace : "", stringAt(ref, "name"));
    return !isStatus(role) && listAt(role, "rules").some((rule) => allows(asObject(rule), wanted));
  });
}

function isSubject(given: JsonObject, { user, groups }: Subject, namespace: string): boolean {
  const name = stringAt(given, "name");
  switch (stringAt(given, "kind")) {
    case "User":
      return name === user;
    case "Group":
      return groups.includes(name);
    default:
      return user === `system:serviceaccount:${stringAt(given, "namespace") || namespace}:${name}`;
  }
}

function allows(rule: JsonObject, { verb, group, resource, name, url }: Attributes): boolean {
  const has = (key: string, value: string) => listAt(rule, key).some((one) => one === "*" || one === value);
  if (!has("verbs", verb)) return false;
  if (url !== "") {
    return listAt(rule, "nonResourceURLs").some((one) => {
      const text = String(one);
      return text === "*" || text === url || (text.endsWith("*") && url.startsWith(text.slice(0, -1)));
    });
  }
  const names = listAt(rule, "resourceNames");
  const [, part] = resource.split("/");
  const isNamed = has("resources", resource) || (part !== undefined && has("resources", `*/${part}`));
  return has("apiGroups", group) && isNamed && (names.length === 0 || names.includes(name));
}
