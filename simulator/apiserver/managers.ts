/** Who manages which field, as every write notes it. Models the field manager of apimachinery/pkg/util/managedfields. */
import { typeOf } from "../api/decode.ts";
import { asObject } from "../api/json.ts";
import { apiVersionOf, type KindRow } from "../api/kind.ts";
import type { Json } from "../api/objects.ts";
import { entriesOf, type Manager, managersAfterWrite, managersIn, type Writer } from "../api/patch/managers.ts";
import { atomOf } from "../api/patch/schema.ts";
import { serverSideApply } from "../api/patch/server-side.ts";
import type { Kept } from "../cluster/objects.ts";
import { timeText } from "../cluster/time.ts";
import { applyConflict, badRequest, unknownError } from "./status.ts";
import { type Answer, type ApiObject, type ApiServer, done, refused, type WriteOptions } from "./types.ts";

/** The manager of requests that name none: the server takes the name of the program. */
const unnamed = "unknown";

function writerOf(server: ApiServer, row: KindRow, manager: string, subresource: string): Writer {
  const time = timeText(server.cluster.now(), server.start);
  return { manager, apiVersion: apiVersionOf(row), ...(subresource === "" ? {} : { subresource }), time };
}

/** Parts of an object that a request to it, or to its status, does not write. */
function ignoredBy(row: KindRow, subresource: string): readonly string[] {
  if (subresource === "status") return ["metadata", "spec", "data"];
  return row.subresources.includes("status") ? ["status"] : [];
}

type ManagedFields = NonNullable<Kept["managedFields"]>;

const nobody: ManagedFields = () => [];
/** Notes that lead to others nobody has read yet, by how many: a long row of them is worked out on the way. */
const unread = new WeakMap<ManagedFields, number>();
const mostUnread = 20;

/**
 * Who manages which field after a write, worked out when it is read: few read it, and it takes longer than the write.
 * `known`: who did before; `before` and `next`: the object without them, `before` is null on creation.
 */
export function managedAfter(
  server: ApiServer,
  row: KindRow,
  known: ManagedFields = nobody,
  before: ApiObject | null,
  next: ApiObject,
  { fieldManager = unnamed }: WriteOptions,
  subresource: string,
): ManagedFields {
  const writer = writerOf(server, row, fieldManager, subresource);
  const depth = (unread.get(known) ?? 0) + 1;
  let pending: (() => readonly Json[]) | undefined = () => {
    const managers = managersIn(known());
    const atom = atomOf(typeOf(apiVersionOf(row), row.kind));
    return entriesOf(managersAfterWrite(managers, before ?? {}, next, writer, atom, ignoredBy(row, subresource)));
  };
  let entries: readonly Json[] = [];
  const managed: ManagedFields = () => {
    if (pending) entries = pending();
    // What it was worked out of is not held any longer.
    pending = undefined;
    unread.delete(managed);
    return entries;
  };
  unread.set(managed, depth);
  if (depth > mostUnread) managed();
  return managed;
}

const isKubectl = ({ manager, operation }: Manager) => operation === "Update" && manager.startsWith("kubectl");

function managerText({ manager, operation, subresource, apiVersion }: Manager): string {
  const at = isKubectl({ manager, operation } as Manager) ? ` using ${apiVersion}` : "";
  return `"${manager}"${subresource === "" ? "" : ` with subresource "${subresource}"`}${at}`;
}

/** Why a text cannot be applied by the server, in its words. */
const untypedWords = {
  "field-not-declared": "field not declared in schema",
  "wrong-type": "expected another type",
  "duplicate-entry": "duplicate entries for key",
  "entry-without-key": "element is missing its key",
} as const;

/** The object with the text applied by its manager, not written yet; or the fields that others own and that differ. */
export function appliedObject(
  server: ApiServer,
  row: KindRow,
  before: ApiObject | null,
  text: ApiObject,
  options: WriteOptions,
  subresource: string,
): Answer {
  if (options.fieldManager === undefined)
    return refused(
      badRequest('PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch'),
    );
  if (asObject(text.metadata)["managedFields"] !== undefined) {
    return refused(badRequest("metadata.managedFields must be nil"));
  }
  const { apiVersion, kind } = text;
  const applied = serverSideApply({
    live: before ?? { apiVersion, kind },
    text,
    writer: writerOf(server, row, options.fieldManager, subresource),
    force: options.force === true,
    type: typeOf(apiVersionOf(row), row.kind),
    ignored: ignoredBy(row, subresource),
  });
  switch (applied.is) {
    case "merged":
      return done(applied.object as ApiObject);
    case "untyped": {
      const { name, namespace = "" } = text.metadata;
      const [first] = applied.problems;
      const at = (first?.path ?? []).map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");
      const why = untypedWords[first?.code ?? "wrong-type"];
      const what = `${namespace}/${name}; ${apiVersion}, Kind=${kind}`;
      return refused(unknownError(`failed to create typed patch object (${what}): ${at}: ${why}`));
    }
    case "conflict": {
      const causes = applied.conflicts.map(({ manager, path }) => ({
        reason: "FieldManagerConflict",
        message: `conflict with ${managerText(manager)}`,
        field: path,
      }));
      return refused(applyConflict(row, text.metadata.name, causes));
    }
  }
}
