/** Tolerations that admission adds. Models plugin/pkg/admission/defaulttolerationseconds and pkg/util/tolerations. */
import { type Draft, draftsAt } from "../defaults-pod.ts";
import { semanticEqual } from "../equality.ts";
import { type JsonObject, numberAt, stringAt } from "../json.ts";

const failures = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

/** A node may be away for five minutes, unless the Pod says otherwise. In place. */
export function addDefaultTolerations(spec: Draft): void {
  const own = draftsAt(spec, "tolerations");
  const isBorne = (key: string) =>
    own.some((one) => {
      const [ownKey, effect] = [stringAt(one, "key"), stringAt(one, "effect")];
      return (ownKey === "" || ownKey === key) && (effect === "" || effect === "NoExecute");
    });
  const missing = failures.filter((key) => !isBorne(key));
  if (missing.length === 0) return;
  const added = missing.map((key) => ({ key, operator: "Exists", effect: "NoExecute", tolerationSeconds: 300 }));
  spec["tolerations"] = [...own, ...added];
}

/** Both lists together without what another toleration bears too; of equals the first stays. */
export function mergedTolerations(first: readonly JsonObject[], second: readonly JsonObject[]): readonly JsonObject[] {
  const all = [...first, ...second];
  const merged: JsonObject[] = [];
  for (const [index, one] of all.entries()) {
    const isNeedless =
      merged.some((kept) => bearsAll(kept, one)) ||
      all.slice(index + 1).some((later) => bearsAll(later, one) && !semanticEqual(later, one));
    if (!isNeedless) merged.push(one);
  }
  return merged;
}

/** Whether one toleration bears everything that the other does. */
function bearsAll(wide: JsonObject, narrow: JsonObject): boolean {
  if (semanticEqual(wide, narrow)) return true;
  const [operator, effect] = [stringAt(wide, "operator"), stringAt(wide, "effect")];
  const isAnyKey = stringAt(wide, "key") === "" && operator === "Exists";
  if (stringAt(wide, "key") !== stringAt(narrow, "key") && !isAnyKey) return false;
  if (effect !== "" && effect !== stringAt(narrow, "effect")) return false;
  const longest = numberAt(wide, "tolerationSeconds");
  if (effect === "NoExecute" && longest !== undefined) {
    const wanted = numberAt(narrow, "tolerationSeconds");
    if (wanted === undefined || wanted > longest) return false;
  }
  if (operator === "Exists") return true;
  const isEqual = operator === "" || operator === "Equal";
  return isEqual && stringAt(narrow, "operator") === "Equal" && stringAt(wide, "value") === stringAt(narrow, "value");
}
