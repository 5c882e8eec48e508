import { openManifest } from "../manifest.ts";
import { documentObjects } from "../objects.ts";
import { type ObjectsParams, type ObjectsResult, objectsRequest } from "../protocol.ts";
import type { Request } from "./request.ts";

const none: ObjectsResult = { version: 0, kubernetes: "", objects: [] };

/** The objects of the newest version of a text, each with what is found of it; or those of an earlier one, of which nothing is told. */
export const objects: Request<ObjectsParams, ObjectsResult> = {
  method: objectsRequest,
  nothing: none,
  async answer(service, { uri, text: earlier }, cancelled) {
    if (earlier !== undefined) {
      const { target: kubernetes } = service.preferences().settings;
      const manifest = openManifest(uri, uri.endsWith(".json") ? "json" : "yaml", earlier, kubernetes);
      return { version: 0, kubernetes, objects: documentObjects(manifest, []) };
    }
    await service.settle(uri, cancelled);
    const text = service.find(uri);
    if (text === undefined) return none;
    const { manifest, version } = text;
    // An object that has no value says why at once, also of the line that is still being typed.
    const found = cancelled() ? [] : service.diagnoses(uri);
    return { version, kubernetes: manifest.target, objects: documentObjects(manifest, found) };
  },
};
