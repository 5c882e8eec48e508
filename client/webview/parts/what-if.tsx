/** The form of what goes wrong and what containers do; it opens between line and rows, so that its effect stays in sight. */
import { duration, say } from "../messages/words.ts";
import * as model from "../state/model.ts";
import { clusterOf, crashAfter, firstWorker, slowness, whatIfTime } from "../state/play.ts";
import type { WhatIfId } from "../state/trial.ts";
import { resetWhatIfs, tryWhatIf } from "../state/trying.ts";
import { Assumptions } from "./lead.tsx";

/** What can be asked, with its words; the node is the first worker. */
function questions(): readonly (readonly [WhatIfId, string])[] {
  const node = firstWorker(clusterOf(model.trial.value));
  const time = duration(whatIfTime);
  return [
    ["image-pull", say("wiImage")],
    ["never-ready", say("wiReady")],
    ["crash-loop", say("wiCrash", { time: duration(crashAfter) })],
    ["slow-start", say("wiSlow", { n: slowness })],
    ["node-lost", say("wiLost", { node, time })],
    ["node-drained", say("wiDrained", { node, time })],
  ];
}

function Checks() {
  return (
    <div class="checks">
      {questions().map(([id, text]) => (
        <label key={id} data-what-if={id}>
          <input
            type="checkbox"
            checked={model.trial.value.whatIfs.includes(id)}
            onChange={(event) => tryWhatIf(id, event.currentTarget.checked)}
          />
          <span>{text}</span>
        </label>
      ))}
    </div>
  );
}

/** In the left column, where there is room for it all the time. */
export function WhatIfColumn() {
  return (
    <section class="section what-ifs">
      <h2>{say("whatIfTitle")}</h2>
      <Checks />
    </section>
  );
}

export function WhatIfSheet() {
  if (!model.whatIfOpen.value) return null;
  const close = (): void => {
    model.whatIfOpen.value = false;
    document.querySelector<HTMLElement>("[data-part=what-if]")?.focus();
  };
  return (
    <section
      class="sheet"
      aria-label={say("whatIfTitle")}
      data-part="sheet"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        close();
      }}
    >
      <header>
        <h2>{say("whatIfTitle")}</h2>
        <span class="fill" />
        <button type="button" class="link" onClick={resetWhatIfs}>
          {say("reset")}
        </button>
        <button type="button" class="button second" onClick={close}>
          {say("close")}
        </button>
      </header>
      <Checks />
      <Assumptions />
    </section>
  );
}
