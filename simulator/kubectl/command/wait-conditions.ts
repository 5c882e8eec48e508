/** What `kubectl wait --for` asks for. Models conditionFuncsFor of kubectl/pkg/cmd/wait/wait.go. */
import { goQuote } from "../../api/schedule/error-text.ts";
import type { ApiObject } from "../../apiserver/types.ts";
import { pathWait } from "./wait-path.ts";

export type WaitCondition =
  | { readonly is: "create" }
  | { readonly is: "delete" }
  | { readonly is: "condition"; readonly name: string; readonly value: string }
  /** Whether the path leads to the value, or why that cannot be said. */
  | { readonly is: "jsonpath"; readonly holds: (object: ApiObject) => boolean | string };

export type Conditions = { readonly list: readonly WaitCondition[] } | { readonly error: string };

/** The conditions in order, or what is wrong with one. */
export function conditionsOf(given: readonly string[]): Conditions {
  if (given.length === 0) return { error: "unrecognized condition: []" };
  const list: WaitCondition[] = [];
  for (const text of given) {
    const condition = conditionOf(text);
    if ("error" in condition) return condition;
    list.push(condition);
  }
  return { list };
}

function conditionOf(text: string): WaitCondition | { readonly error: string } {
  const lower = text.toLowerCase();
  if (lower === "create" || lower === "delete") return { is: lower };
  if (text.startsWith("condition=")) {
    const [name = "", ...value] = text.slice("condition=".length).split("=");
    return { is: "condition", name, value: value.length === 0 ? "true" : value.join("=") };
  }
  if (!text.startsWith("jsonpath=")) return { error: `unrecognized condition: ${goQuote(text)}` };
  const [path = "", value, ...more] = parted(text.slice("jsonpath=".length));
  if (more.length > 0) {
    return {
      error:
        "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'",
    };
  }
  const wanted = value?.replace(/^['"]+|['"]+$/g, "");
  if (wanted === "") {
    return {
      error: "jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3",
    };
  }
  const holds = pathWait(path, wanted);
  return typeof holds === "function" ? { is: "jsonpath", holds } : holds;
}

/** The text parted at single equals signs; two of them belong to the path. */
function parted(text: string): readonly string[] {
  const parts = [""];
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== "=") parts[parts.length - 1] += text[at]!;
    else if (text[at + 1] === "=") {
      parts[parts.length - 1] += "==";
      at++;
    } else parts.push("");
  }
  return parts;
}
