import { type WriteParams, writeRequest } from "../protocol.ts";
import type { TextEdit } from "../text.ts";
import { writeValue } from "../write-value.ts";
import type { Request } from "./request.ts";

/** The edits that put a value into an object of a text, for what a person tried elsewhere and wants to keep. */
export const write: Request<WriteParams, readonly TextEdit[]> = {
  method: writeRequest,
  nothing: [],
  answer(service, { uri, object, path, value }) {
    const text = service.find(uri);
    return text ? writeValue(text.manifest, object, path, value) : [];
  },
};
