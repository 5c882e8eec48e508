/** Refusals and successes that carry no object. Models apimachinery/pkg/api/errors and Status of meta/v1. */

import type { JsonObject } from "../api/json.ts";
import { groupKind, type KindRow, resourcePlural } from "../api/kind.ts";
import type { Problem } from "../api/problem.ts";
import { causeMessages } from "./wording.ts";

export interface StatusCause {
  readonly reason?: string;
  readonly message?: string;
  readonly field?: string;
}

export interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly StatusCause[];
  readonly retryAfterSeconds?: number;
}

/** What the server answers when it gives no object. */
export interface Status {
  readonly apiVersion: "v1";
  readonly kind: "Status";
  readonly metadata: JsonObject;
  readonly status: "Success" | "Failure";
  readonly message?: string;
  readonly reason?: string;
  readonly details?: StatusDetails;
  /** As in HTTP. */
  readonly code: number;
}

function failure(code: number, reason: string, message: string, details?: StatusDetails): Status {
  return {
    apiVersion: "v1",
    kind: "Status",
    metadata: {},
    status: "Failure",
    message,
    reason,
    ...(details ? { details } : {}),
    code,
  };
}

/** How a refusal names the resource: by its plural, but what is invalid by its kind. */
function named(row: KindRow, name: string, kind = row.plural): StatusDetails {
  return { name, ...(row.group === "" ? {} : { group: row.group }), kind };
}

/** It was done, and there is nothing to give back but which object it was. */
export function success(code: number, details?: StatusDetails): Status {
  return {
    apiVersion: "v1",
    kind: "Status",
    metadata: {},
    status: "Success",
    ...(details ? { details } : {}),
    code,
  };
}

export function deletedStatus(row: KindRow, name: string, uid: string): Status {
  return success(200, { ...named(row, name), uid });
}

export function notFound(row: KindRow, name: string): Status {
  return failure(404, "NotFound", `${resourcePlural(row)} "${name}" not found`, named(row, name));
}

/** The same of a resource that has no row in the table of kinds. */
export function notFoundAs(resource: { readonly group: string; readonly name: string }, name: string): Status {
  const { group, name: kind } = resource;
  return failure(404, "NotFound", `${kind}.${group} "${name}" not found`, { name, group, kind });
}

/** There is no such resource or subresource. */
export function noSuchResource(): Status {
  return failure(404, "NotFound", "the server could not find the requested resource", {});
}

export function methodNotAllowed(): Status {
  return failure(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", {});
}

export function alreadyExists(row: KindRow, name: string): Status {
  return failure(409, "AlreadyExists", `${resourcePlural(row)} "${name}" already exists`, named(row, name));
}

/** Somebody else was faster, or a condition of the request does not hold. */
export function conflict(row: KindRow, name: string, why: string, causes?: readonly StatusCause[]): Status {
  const message = `Operation cannot be fulfilled on ${resourcePlural(row)} "${name}": ${why}`;
  return failure(409, "Conflict", message, { ...named(row, name), ...(causes ? { causes } : {}) });
}

export const wasModified =
  "the object has been modified; please apply your changes to the latest version and try again";

export function forbidden(row: KindRow, name: string, why: string, causes?: readonly StatusCause[]): Status {
  const message =
    name === ""
      ? `${resourcePlural(row)} is forbidden: ${why}`
      : `${resourcePlural(row)} "${name}" is forbidden: ${why}`;
  return failure(403, "Forbidden", message, { ...named(row, name), ...(causes ? { causes } : {}) });
}

/** The same of what concerns no object. */
export function forbiddenBecause(why: string): Status {
  return failure(403, "Forbidden", `forbidden: ${why}`);
}

export function badRequest(message: string): Status {
  return failure(400, "BadRequest", message);
}

export function unsupportedMediaType(message: string): Status {
  return failure(415, "UnsupportedMediaType", message);
}

/** The answer cannot be given in a form that the client takes. */
export function notAcceptable(): Status {
  const message = "only the following media types are accepted: application/json";
  return failure(406, "NotAcceptable", message);
}

/** Nothing of the kind is there to be asked. */
export function notImplemented(message: string): Status {
  return failure(501, "NotImplemented", message);
}

/** A version that is not there yet was asked for. */
export function gatewayTimeout(message: string): Status {
  return failure(504, "Timeout", message, {
    causes: [{ reason: "ResourceVersionTooLarge", message }],
    retryAfterSeconds: 1,
  });
}

/** Without a token, or with the wrong one. */
export function unauthorized(): Status {
  return failure(401, "Unauthorized", "Unauthorized");
}

/** The body of a request is larger than the server reads. */
export function tooLarge(limit: number): Status {
  return failure(413, "RequestEntityTooLarge", `Request entity too large: limit is ${limit}`);
}

/** The version from which a watch is to start, or the rest of a list, is no longer kept. */
export function expired(message: string): Status {
  return failure(410, "Expired", message);
}

export function tooManyRequests(
  message: string,
  causes: readonly StatusCause[] = [],
  retryAfterSeconds?: number,
): Status {
  return failure(429, "TooManyRequests", message, {
    ...(causes.length > 0 ? { causes } : {}),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

export function internalError(message: string): Status {
  return failure(500, "InternalError", `Internal error occurred: ${message}`, { causes: [{ message }] });
}

/** The server answers no longer. */
export function serviceUnavailable(message: string): Status {
  return failure(503, "ServiceUnavailable", message);
}

/** What the server could not do and has no sort of its own for. */
export function unknownError(message: string): Status {
  return failure(500, "", message);
}

/** Broken rules, in the order in which they were found; each field as the server spells it. */
export function invalid(row: KindRow, name: string, problems: readonly Problem[]): Status {
  const causes = problems.flatMap((one) =>
    causeMessages(one).map((message) => ({
      reason: one.reason,
      message,
      field: one.path === "" ? "<nil>" : one.path,
    })),
  );
  return invalidBecause(row, name, causes);
}

/** The same for causes that no rule of the table found. */
export function invalidBecause(row: KindRow, name: string, causes: readonly Required<StatusCause>[]): Status {
  const texts = causes.map((one) => `${one.field}: ${one.message}`);
  const why = texts.length === 1 ? texts[0] : `[${[...new Set(texts)].join(", ")}]`;
  return failure(422, "Invalid", `${groupKind(row)} "${name}" is invalid: ${why}`, {
    ...named(row, name, row.kind),
    causes,
  });
}

/** Server-side apply would change what others manage; one cause for each field. */
export function applyConflict(row: KindRow, name: string, causes: readonly Required<StatusCause>[]): Status {
  const managers = [...new Set(causes.map((one) => one.message))];
  const texts = managers.map((manager) => {
    const fields = causes.filter((one) => one.message === manager).map((one) => one.field);
    return fields.length === 1 ? `${manager}: ${fields[0]}` : `${manager}:\n- ${fields.join("\n- ")}`;
  });
  const count = causes.length === 1 ? "1 conflict" : `${causes.length} conflicts`;
  return failure(409, "Conflict", `Apply failed with ${count}: ${texts.join("\n")}`, { ...named(row, name), causes });
}
