/** Bodies of requests as values, by their media types. Models apiserver/pkg/endpoints/handlers/negotiation and rest.go. */
import type { Request } from "../../simulator/apiserver/request.ts";
import { badRequest, type Status, unsupportedMediaType } from "../../simulator/apiserver/status.ts";
import { plain } from "../yaml/numbers.ts";
import { parseDocument } from "../yaml/parse.ts";
import { decodeProtobuf } from "./protobuf/decode.ts";

export interface Body {
  readonly value: unknown;
  readonly patchType?: NonNullable<Request["patchType"]>;
}

const patchTypes: Readonly<Record<string, NonNullable<Request["patchType"]>>> = {
  "application/json-patch+json": "json",
  "application/merge-patch+json": "merge",
  "application/strategic-merge-patch+json": "strategic",
  "application/apply-patch+yaml": "apply",
};

const protobuf = "application/vnd.kubernetes.protobuf";
const readable = `accepted media types include: application/json, application/yaml, ${protobuf}`;

/** What the body of a request holds, or why it cannot be read. `isPatch`: then its media type says how it is laid over. */
export function readBody(
  bytes: Buffer,
  contentType: string | undefined,
  isPatch: boolean,
): Body | { readonly status: Status } {
  const type = (contentType ?? "application/json").split(";")[0]!.trim().toLowerCase();
  const text = type === protobuf ? "" : bytes.toString("utf8");
  if (isPatch) {
    const patchType = Object.hasOwn(patchTypes, type) ? patchTypes[type] : undefined;
    if (!patchType) {
      const accepted = Object.keys(patchTypes).sort().join(", ");
      const message = `the body of the request was in an unknown format - accepted media types include: ${accepted}`;
      return { status: unsupportedMediaType(message) };
    }
    const read = patchType === "apply" ? fromYaml(text) : fromJson(text);
    return "status" in read ? read : { ...read, patchType };
  }
  if (bytes.length === 0) return { value: undefined };
  if (type === protobuf) {
    const value = decodeProtobuf(bytes);
    return value ? { value } : { status: badRequest("the body of the request is no message of Kubernetes") };
  }
  if (type === "application/json") return fromJson(text);
  if (type === "application/yaml") return fromYaml(text);
  return { status: unsupportedMediaType(`the body of the request was in an unknown format - ${readable}`) };
}

function fromJson(text: string): Body | { readonly status: Status } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { status: badRequest(`error decoding: ${error instanceof Error ? error.message : ""}`) };
  }
}

function fromYaml(text: string): Body | { readonly status: Status } {
  const { value, problems } = parseDocument(text);
  const [problem] = problems;
  if (problem) return { status: badRequest(`error decoding YAML: ${problem.code}`) };
  return { value: plain(value) };
}
