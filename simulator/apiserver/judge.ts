/** Reading and judging of objects that come in: the same decoding, defaults and rules that the diagnostics use. */
import { type Admission, admit } from "../api/admit.ts";
import { asObject, isObject, type JsonObject } from "../api/json.ts";
import type { KindRow } from "../api/kind.ts";
import type { Json } from "../api/objects.ts";
import type { Path, Problem } from "../api/problem.ts";
import { admitUpdate } from "../api/update.ts";
import { badRequest, invalid } from "./status.ts";
import { type Answer, type ApiObject, type ApiServer, done, type FieldValidation, refused } from "./types.ts";

/** What judging depends on beside the object: which kinds are served, and by which version. */
type Judging = Pick<ApiServer, "kinds" | "cluster">;

const judge = (object: ApiObject, { kinds, cluster }: Judging): Admission => admit(object, cluster.target, { kinds });

/** The value without what stands at the path. */
function removed(value: Json, [step, ...rest]: Path): Json {
  if (step === undefined) return value;
  if (Array.isArray(value)) return value.map((one, index) => (index === step ? removed(one, rest) : one));
  if (!isObject(value)) return value;
  if (rest.length > 0) return { ...value, [step]: removed(value[step] ?? null, rest) };
  const { [String(step)]: _, ...others } = value;
  return others;
}

/** Problems of reading: unknown fields first, as they can be passed over. */
const isStrict = (one: Problem) => one.reason === "UnknownField" || one.reason === "DuplicateField";

function strictText(problems: readonly Problem[]): string {
  const texts = problems.map((one) =>
    one.reason === "UnknownField" ? `unknown field "${one.path}"` : `duplicate field "${one.path}"`,
  );
  return `strict decoding error: ${texts.join(", ")}`;
}

function unreadable({ apiVersion, kind }: ApiObject, problems: readonly Problem[]): Answer<never> {
  const version = apiVersion.slice(apiVersion.indexOf("/") + 1);
  const [first] = problems;
  const why = problems.every(isStrict)
    ? strictText(problems)
    : `json: cannot unmarshal ${String(first?.params["value"])} into Go struct field ${kind}.${first?.path} of type ${String(first?.params["expected"])}`;
  const text = `${kind} in version "${version}" cannot be handled as a ${kind}: ${why}`;
  return refused(badRequest(text), problems);
}

/** The object without the fields that its kind does not know, and what was passed over; or why it cannot be read. */
function readable(object: ApiObject, mode: FieldValidation, judging: Judging): Answer<ApiObject> {
  const { problems } = judge(object, judging);
  const unknown = problems.filter(isStrict);
  const broken = problems.filter((one) => one.reason === "Malformed" || one.reason === "Unserved");
  if (broken.length > 0 || (unknown.length > 0 && mode === "Strict")) {
    return unreadable(object, [...broken, ...unknown]);
  }
  if (unknown.length === 0) return done(object);
  const left = unknown.reduceRight<Json>((value, one) => removed(value, one.at), object as Json);
  const again = readable(left as ApiObject, mode, judging);
  return again.ok && mode === "Warn" ? { ...again, warnings: [...unknown, ...again.warnings] } : again;
}

/** The object decoded and with its defaults, its rules not yet judged. */
export function decoded(row: KindRow, object: ApiObject, mode: FieldValidation, judging: Judging): Answer {
  const found = readable(object, mode, judging);
  if (!found.ok) return found;
  const whole = judge(found.object, judging).object;
  return whole ? done(whole as unknown as ApiObject, found.warnings) : refused(badRequest(`not a ${row.kind}`));
}

function verdict(row: KindRow, object: ApiObject, { problems, warnings, object: admitted }: Admission): Answer {
  if (problems.length > 0) return refused(invalid(row, object.metadata.name ?? "", problems), problems);
  return done((admitted ?? object) as unknown as ApiObject, warnings);
}

/** Whether the object keeps the rules of its kind; it comes back as it is stored. */
export function judgedNew(row: KindRow, object: ApiObject, judging: Judging): Answer {
  return verdict(row, object, judge(object, judging));
}

/** The same for an object that takes the place of another. */
export function judgedChange(row: KindRow, old: ApiObject, next: ApiObject, { kinds, cluster }: Judging): Answer {
  return verdict(row, next, admitUpdate(asManifest(old), next, cluster.target, asObject(old["status"]), { kinds }));
}

function asManifest(object: ApiObject): JsonObject {
  return object;
}
