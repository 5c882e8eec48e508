/** Reading and judging of objects that come in: the same decoding, defaults and rules that the diagnostics use. */
import { type Admission, admit } from "../api/admit.ts";
import { typeOf } from "../api/decode.ts";
import { asObject } from "../api/json.ts";
import type { KindRow, KindTable } from "../api/kind.ts";
import type { Problem } from "../api/problem.ts";
import { copy } from "../api/registry/read.ts";
import { inStoredVersion } from "../api/registry/versions.ts";
import { goQuote } from "../api/schedule/error-text.ts";
import type { Target } from "../api/target.ts";
import { unmarshalText } from "../api/unmarshal-text.ts";
import { admitUpdate } from "../api/update.ts";
import { badRequest, invalid } from "./status.ts";
import { type Answer, type ApiObject, type ApiServer, done, type FieldValidation, refused } from "./types.ts";

/** What judging depends on beside the object: which kinds are served, and by which version. */
type Judging = Pick<ApiServer, "kinds" | "target">;

/** Problems of reading that can be passed over. */
const isStrict = (one: Problem) => one.reason === "UnknownField" || one.reason === "DuplicateField";

function strictText(problems: readonly Problem[]): string {
  const texts = problems.map((one) =>
    one.reason === "UnknownField" ? `unknown field ${goQuote(one.path)}` : `duplicate field ${goQuote(one.path)}`,
  );
  return `strict decoding error: ${texts.join(", ")}`;
}

function unreadable(object: ApiObject, problems: readonly Problem[]): Answer<never> {
  const { apiVersion, kind } = object;
  const version = apiVersion.slice(apiVersion.indexOf("/") + 1);
  const first = problems.find((one) => !isStrict(one));
  const why = problems.every(isStrict)
    ? strictText(problems)
    : unmarshalText(object, typeOf(apiVersion, kind) ?? kind, first?.at ?? []);
  return refused(badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: ${why}`), problems);
}

/** The object decoded and with its defaults, its rules not yet judged; the warnings are about fields that were passed over. */
export function decoded(object: ApiObject, mode: FieldValidation, { kinds, target }: Judging): Answer {
  const { object: whole, problems, warnings } = admit(object, target, { kinds, fieldValidation: mode, judged: false });
  if (whole === null) return unreadable(object, problems);
  return done(stored(whole as unknown as ApiObject, kinds, target), warnings.filter(isStrict));
}

/** The object in the version in which its kind is stored; what that one has more gets its defaults too. */
function stored(object: ApiObject, kinds: KindTable, target: Target): ApiObject {
  const next = inStoredVersion(object);
  if (next === object) return object;
  const draft = copy(next);
  kinds.serving(object.apiVersion, object.kind)?.defaults?.(draft, target);
  return draft as ApiObject;
}

function verdict(row: KindRow, object: ApiObject, { problems, warnings, object: admitted }: Admission): Answer {
  if (problems.length > 0) return refused(invalid(row, object.metadata.name ?? "", problems), problems);
  return done((admitted ?? object) as unknown as ApiObject, warnings);
}

/** Whether the object keeps the rules of its kind; it comes back as it is stored. */
export function judgedNew(row: KindRow, object: ApiObject, { kinds, target }: Judging): Answer {
  return verdict(row, object, admit(object, target, { kinds, isRead: true }));
}

/** The same for an object that takes the place of another. */
export function judgedChange(row: KindRow, old: ApiObject, next: ApiObject, { kinds, target }: Judging): Answer {
  return verdict(row, next, admitUpdate(old, next, target, asObject(old["status"]), { kinds, isRead: true }));
}
