/** An object that a command is about. */
import type { ApiObject, Place } from "../../apiserver/types.ts";

export interface Info {
  readonly place: Place;
  readonly object: ApiObject;
  /** The file that it comes from, as errors name it. */
  readonly source?: string;
}
