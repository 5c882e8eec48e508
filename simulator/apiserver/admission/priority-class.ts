/** Of the classes of a cluster only one is for pods that name none. Models validatePriorityClass of plugin/pkg/admission/priority. */

import { resourcePlural } from "../../api/kind.ts";
import { defaultPriorityClass, priorityClassResource } from "../../cluster/facts.ts";
import { forbidden } from "../status.ts";
import type { AdmissionStep } from "../types.ts";

/** Refuses a second class for pods that name none. */
export const onlyDefaultClass: AdmissionStep = {
  name: "Priority",
  admit({ row, verb, subresource, name, object }, { store }) {
    if (subresource !== "" || verb === "delete" || resourcePlural(row) !== priorityClassResource) return object;
    const usual = object["globalDefault"] === true ? defaultPriorityClass(store) : undefined;
    return usual && usual.name !== name
      ? forbidden(row, name, `PriorityClass ${usual.name} is already marked as default. Only one default can exist`)
      : object;
  },
};
