/** Objects of files that `-l` chooses. */

import { matchesRequirements, parseSelector } from "../../api/selector-text.ts";
import type { ApiObject } from "../../apiserver/types.ts";

/** A test of an object's labels; a text says why the selector is none. */
export function selectedBy(selector: string): ((object: ApiObject) => boolean) | string {
  if (selector.trim() === "") return () => true;
  const parsed = parseSelector(selector);
  if (!parsed.ok) return `unable to parse requirement: found '${parsed.found}'`;
  return ({ metadata }) => matchesRequirements(parsed.requirements, metadata.labels ?? {});
}
