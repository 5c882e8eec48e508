import { runWordsEn } from "../../messages/run-words.en.ts";
import { runWordsKo } from "../../messages/run-words.ko.ts";
import { checkSlice } from "../check.ts";
import { type StandingParams, type StandingResult, standingRequest } from "../protocol.ts";
import type { Request } from "./request.ts";

/** What the documents of a text are taken for, and why, in words; null for a text with none that is judged. */
export const standing: Request<StandingParams, StandingResult> = {
  method: standingRequest,
  nothing: null,
  async answer(service, { uri }, cancelled) {
    await service.settle(uri, cancelled);
    const text = service.find(uri);
    if (text === undefined) return null;
    const { standings, whyStanding } = service.preferences().words.language === "ko" ? runWordsKo : runWordsEn;
    const taken = new Map<string, string>();
    for (const slice of text.manifest.slices) {
      const { subjects, empty, decision } = checkSlice(slice);
      if (empty || (subjects.every(({ recognised }) => recognised.is === "foreign") && decision.standing === "applied"))
        continue;
      const { standing: what, reason } = subjects[0]?.decision ?? decision;
      if (!taken.has(standings[what])) taken.set(standings[what], whyStanding[reason.why](reason.what));
    }
    if (taken.size === 0) return null;
    return { takenFor: [...taken.keys()].join(", "), why: [...taken.values()].join("; ") };
  },
};
