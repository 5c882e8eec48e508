/** `kubectl set subject`. Models kubectl/pkg/cmd/set/set_subject.go. */
import { sameJson } from "../../../api/equality.ts";
import type { JsonObject } from "../../../api/json.ts";
import { listAt } from "../../../api/json.ts";
import type { Command, Context, Running } from "../command.ts";
import { ended, type Failure, fail } from "../failure.ts";
import { array } from "../flag.ts";
import type { Info } from "../info.ts";
import { pick } from "../pick.ts";
import { isOn, values, type Words } from "../words.ts";
import { apart, misuse, put, setting, unfit } from "./change.ts";

export const setSubject: Command = {
  name: "subject",
  says: "Add users, groups or ServiceAccounts to a binding of a role",
  usage:
    "(-f FILENAME | TYPE NAME) [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname]",
  flags: [
    ...setting,
    array("group", "a group to add"),
    array("serviceaccount", "a ServiceAccount to add, as NAMESPACE:NAME"),
    array("user", "a user to add"),
  ],
  run: (context, words) => apart(words, run(context, words)),
};

const group = "rbac.authorization.k8s.io";
const update = { operation: "subjects updated", refused: "failed to patch subjects to rolebinding: " };

function wrongAccount(accounts: readonly string[], infos: readonly Info[]): string | undefined {
  const isForAll = infos.some(({ place }) => place.row.kind === "ClusterRoleBinding");
  for (const account of accounts) {
    const parts = account.split(":");
    if (parts.length !== 2 || parts[1] === "") return "serviceaccount must be <namespace>:<name>";
    if (isForAll && parts[0] === "") return "serviceaccount must be <namespace>:<name>, namespace must be specified";
  }
  return undefined;
}

function* run(context: Context, words: Words): Running {
  const picked = yield* pick(context, words, { local: isOn(words, "local") });
  if (picked.failures.length > 0) return yield* ended(picked.failures);
  const all = (name: string) => [...new Set(values(words, name))].sort();
  const [users, groups, accounts] = [all("user"), all("group"), all("serviceaccount")];
  const none = users.length + groups.length + accounts.length === 0;
  const wrong =
    misuse(words) ??
    (none
      ? "you must specify at least one value of user, group or serviceaccount"
      : wrongAccount(accounts, picked.infos));
  if (wrong !== undefined) return yield* fail(wrong);
  const added: readonly JsonObject[] = [
    ...users.map((name) => ({ kind: "User", apiGroup: group, name })),
    ...groups.map((name) => ({ kind: "Group", apiGroup: group, name })),
    ...accounts.map((one) => {
      const [namespace = "", name = ""] = one.split(":");
      return { kind: "ServiceAccount", name, namespace: namespace || context.namespace };
    }),
  ];
  const met: Failure[] = [];
  for (const info of picked.infos) {
    if (!["RoleBinding", "ClusterRoleBinding"].includes(info.place.row.kind)) {
      met.push(unfit(info, "setting subjects is only supported for RoleBinding/ClusterRoleBinding"));
      continue;
    }
    const before = listAt(info.object, "subjects");
    const fresh = added.filter((one) => !before.some((old) => sameJson(old, one)));
    if (fresh.length === 0) continue;
    met.push(...(yield* put(context, words, info, { ...info.object, subjects: [...before, ...fresh] }, update)));
  }
  return yield* ended(met);
}
