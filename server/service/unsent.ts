/** What kubectl refuses before it asks the server, as problems of a document. */
import { decode } from "../../simulator/api/decode.ts";
import type { Problem } from "../../simulator/api/problem.ts";
import type { Target } from "../../simulator/api/target.ts";
import { type Fault, readDocument } from "../../simulator/kubectl/read-document.ts";
import { valueAt } from "./parse.ts";

/** The problems of a document for which kubectl does not send it; none that the server would find, too. */
export function unsentProblems(value: unknown, target: Target): readonly Problem[] {
  return readDocument(value, target).faults.flatMap((fault) => problemsOf(fault, value, target));
}

function problemsOf({ is, at }: Fault, value: unknown, target: Target): readonly Problem[] {
  switch (is) {
    case "not-an-object":
      return [problem("not-an-object", "Malformed", at)];
    case "not-a-list":
      return [problem("list-in-list", "Malformed", at)];
    case "api-version-missing":
      return [missing(value, at, "apiVersion")];
    case "kind-missing":
      return [missing(value, at, "kind")];
    case "api-version-not-a-text":
    case "kind-not-a-text":
      return [problem("wrong-type", "Malformed", at, { value: String(valueAt(value, at)), expected: "string" })];
    case "bad-api-version":
      return [problem("unserved-kind", "Unserved", at, namesIn(value, at.slice(0, -1)))];
    case "bad-namespace":
      return [problem("namespace-with-slash", "Malformed", at, { value: String(valueAt(value, at)) })];
    case "undecodable":
      return undecodable(value, at, target);
    default:
      // Whether there is such a kind only the cluster knows; the rest is said by the rules of the kind.
      return [];
  }
}

/** Of what kubectl decodes itself: the metadata of any kind, and `items`. */
function undecodable(value: unknown, at: Fault["at"], target: Target): readonly Problem[] {
  if (at[0] !== "metadata") return [problem("not-an-object", "Malformed", at)];
  const { problems } = decode(valueAt(value, ["metadata"]), "ObjectMeta", target);
  return problems
    .filter(({ reason }) => reason === "Malformed")
    .map((one) => ({
      ...one,
      path: one.path === "" ? "metadata" : `metadata.${one.path}`,
      at: ["metadata", ...one.at],
    }));
}

function missing(value: unknown, at: Fault["at"], key: "apiVersion" | "kind"): Problem {
  return problem("unserved-kind", "Unserved", [...at, key], { ...namesIn(value, at), [key]: "" });
}

function namesIn(value: unknown, at: Fault["at"]): { readonly apiVersion: string; readonly kind: string } {
  const text = (key: string) => {
    const found = valueAt(value, [...at, key]);
    return typeof found === "string" ? found : "";
  };
  return { apiVersion: text("apiVersion"), kind: text("kind") };
}

function problem(code: string, reason: Problem["reason"], at: Problem["at"], params: Problem["params"] = {}): Problem {
  return { code, reason, path: at.join("."), at, severity: "error", params };
}
