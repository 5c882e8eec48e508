/** A problem of an object that nothing serves, with what was meant and a mark on the word that is the mistake. */
import type { Problem } from "../../simulator/api/problem.ts";
import { kindsUnder, servedAs } from "./recognise.ts";
import { nearest } from "./suggest.ts";

/** Adds the kind and the version that were meant, as far as they are other than what is written. */
export function withServed(problem: Problem): Problem {
  const { kind, apiVersion } = problem.params;
  if (typeof kind !== "string" || typeof apiVersion !== "string" || kind === "" || apiVersion === "") return problem;
  const served = servedAs(kind);
  const here = kindsUnder(apiVersion);
  const params: Record<string, Problem["params"][string]> = { ...problem.params };
  if (served !== null && served.kind !== kind) params["meantKind"] = served.kind;
  if (served !== null && served.apiVersion !== apiVersion) {
    params["meantVersion"] = served.apiVersion;
    // A version that is served is no slip of the pen: the kind is in another one.
    params["misspelt"] = here.length === 0 && nearest(apiVersion, [served.apiVersion]) !== null;
  }
  if (served === null && here.length > 0) params["kinds"] = here;
  const kindIsWrong = served === null ? here.length > 0 : params["meantVersion"] === undefined;
  return kindIsWrong ? { ...problem, path: "kind", at: ["kind"], params } : { ...problem, params };
}
