/** Who is shown, what is played, and what can be done with the panel as a whole. */
import type { CronJobSpec } from "../../../simulator/api/objects.ts";
import type { Mode } from "../../../simulator/played.ts";
import type { DocumentObject } from "../../protocol.ts";
import { say, type WordKey } from "../messages/words.ts";
import { differences } from "../picture/differences.ts";
import { keepScenario, shareMarkdown, sharePng, shareSvg } from "../share/share.ts";
import { reveal } from "../state/host.ts";
import * as model from "../state/model.ts";
import { variantsOf } from "../state/play.ts";
import type { Variant } from "../state/trial.ts";
import { choose, chooseMode, compareWith, drawAgain, redo, startOver, togglePin, undo } from "../state/trying.ts";
import { Icon, type IconName, kindIcon } from "./icon.tsx";
import { openMenu } from "./menu.tsx";
import { Rich } from "./rich.tsx";

function Title({ one }: { readonly one: DocumentObject }) {
  const all = model.workloads.value;
  return (
    <h1>
      <Icon name={kindIcon(one.kind)} />
      {all.length > 1 ? (
        <select
          aria-label={say("workload")}
          data-part="workload"
          value={all.indexOf(one)}
          onChange={(event) => choose(Number(event.currentTarget.value))}
        >
          {all.map((each, index) => (
            <option key={each.index} value={index}>
              {each.name} {each.kind}
            </option>
          ))}
        </select>
      ) : (
        <button type="button" class="name" title={say("reveal")} onClick={() => reveal()}>
          {one.name}
        </button>
      )}
      {all.length === 1 && <span class="kind">{one.kind}</span>}
    </h1>
  );
}

const modes: readonly Mode[] = ["create", "change", "restart"];

/** What can never be restarted does not offer it. */
const shownModes = (): readonly Mode[] =>
  model.modes.value.restart ? modes : modes.filter((mode) => mode !== "restart");

/** Why a mode cannot be chosen; empty when it can. */
function whyNot(mode: Mode): string {
  const { change, restart, hasBefore } = model.modes.value;
  if (mode === "change" && !change) return say(hasBefore ? "noChange" : "noBefore");
  return mode === "restart" && !restart ? say("noRestart") : "";
}

function Played() {
  const chosen = model.mode.value;
  const step = (by: number): void => {
    const order = modes.filter((mode) => whyNot(mode) === "");
    const next = order[(order.indexOf(chosen) + by + order.length) % order.length];
    if (next) chooseMode(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowRight" || event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowLeft" || event.key === "ArrowUp") step(-1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <div class="segmented" role="radiogroup" aria-label={say("played")} data-part="played" onKeyDown={onKeyDown}>
        {shownModes().map((mode) => (
          <button
            key={mode}
            type="button"
            role="radio"
            aria-checked={mode === chosen}
            aria-disabled={whyNot(mode) !== ""}
            tabIndex={mode === chosen ? 0 : -1}
            title={whyNot(mode)}
            data-mode={mode}
            onClick={() => whyNot(mode) === "" && chooseMode(mode)}
          >
            {say(mode)}
          </button>
        ))}
      </div>
      <select
        class="mode"
        aria-label={say("played")}
        value={chosen}
        onChange={(event) => chooseMode(event.currentTarget.value as Mode)}
      >
        {shownModes().map((mode) => (
          <option key={mode} value={mode} disabled={whyNot(mode) !== ""}>
            {say(mode)}
          </option>
        ))}
      </select>
    </>
  );
}

interface ToolProps {
  readonly name: WordKey;
  readonly icon: IconName;
  readonly on?: boolean;
  readonly menu?: boolean;
  readonly onClick: (event: MouseEvent) => void;
}

function Tool({ name, icon, on = false, menu = false, onClick }: ToolProps) {
  const state = menu ? { "aria-haspopup": "menu" as const } : { "aria-pressed": on };
  return (
    <button
      type="button"
      class={`tool${on ? " on" : ""}${icon === "more" ? "" : " side"}`}
      title={say(name)}
      aria-label={say(name)}
      data-part={icon}
      {...state}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

const variantWords: Readonly<Record<Variant, WordKey>> = {
  surge: "cmpSurge",
  rolling: "cmpRolling",
  recreate: "cmpRecreate",
  steps: "cmpSteps",
};

/** The word of what a run is compared with. */
export const variantWord = (variant: Variant): string => say(variantWords[variant]);

/** Offers what the run can be compared with. */
export function compareMenu(at: MouseEvent | Element | null): void {
  const variants = variantsOf(model.wanted.value);
  openMenu(at, say("compareTool"), [
    ...variants.map((one) => ({ icon: "compare" as const, text: variantWord(one), run: () => compareWith(one) })),
    ...(model.variant.value
      ? [{ icon: "close" as const, text: say("stopCompare"), run: () => compareWith(null) }]
      : []),
  ]);
}

function shareMenu(event: MouseEvent): void {
  openMenu(event, say("shareTool"), [
    { icon: "share", text: say("copyMarkdown"), run: shareMarkdown },
    { icon: "file", text: say("saveSvg"), run: shareSvg },
    { icon: "image", text: say("savePng"), run: () => void sharePng() },
    { icon: "flag", text: say("keepScenario"), run: keepScenario },
  ]);
}

function moreMenu(event: MouseEvent): void {
  const { past, future } = model.timeline.value;
  const anchor = event.currentTarget as Element;
  openMenu(event, say("moreTool"), [
    { icon: "file", text: say("reveal"), run: () => reveal() },
    { icon: "pin", text: say(model.pinned.value ? "unpin" : "pin"), run: togglePin },
    { icon: "compare", text: say("compareTool"), run: () => compareMenu(anchor) },
    null,
    ...(past.length > 0 ? [{ icon: "undo" as const, text: say("undo"), key: "Ctrl+Z", run: undo }] : []),
    ...(future.length > 0 ? [{ icon: "restart" as const, text: say("redo"), key: "Ctrl+Y", run: redo }] : []),
    ...(model.tried.value ? [{ icon: "trash" as const, text: say("startOver"), run: startOver }] : []),
    { icon: "bolt", text: `${say("another")} (${say("seedIs", { seed: model.trial.value.seed })})`, run: drawAgain },
    null,
    { icon: "share", text: say("copyMarkdown"), run: shareMarkdown },
    { icon: "file", text: say("saveSvg"), run: shareSvg },
  ]);
}

/** A CronJob by its fields: schedule, zone, policy, deadline. */
function Schedule() {
  const spec = model.spec.value as Partial<CronJobSpec>;
  const deadline = spec.startingDeadlineSeconds;
  const parts = [
    `\`${spec.schedule ?? ""}\``,
    spec.timeZone ?? "UTC",
    spec.concurrencyPolicy ?? "Allow",
    ...(deadline === undefined ? [] : [`startingDeadlineSeconds ${deadline}`]),
  ];
  return (
    <p class="compared" data-part="compared">
      {parts.map((part) => (
        <span key={part}>
          <Rich text={part} />
        </span>
      ))}
    </p>
  );
}

/** What is compared: first by name, then by field; and what a person has added to it. */
function Compared() {
  const { trial } = model;
  const mode = model.mode.value;
  const parts: string[] = [];
  if (mode === "restart") parts.push(say("restarts"));
  else if (mode === "create") parts.push(say(model.modes.value.hasBefore ? "creates" : "fromNothing"));
  else {
    parts.push(say(model.manifest.value?.before?.is === "saved" ? "fromSaved" : "fromHead"));
    if (!model.tried.value) parts.push(...differences(model.before.value, model.after.value, model.target.value));
  }
  const own = trial.value.steps.length;
  if (own > 0) parts.push(own === 1 ? say("ownStep") : say("ownSteps", { n: own }));
  return (
    <p class="compared" data-part="compared">
      {parts.map((part) => (
        <span key={part}>
          <Rich text={part} />
        </span>
      ))}
      {own > 0 && (
        <button type="button" class="link" onClick={keepScenario}>
          {say("keepScenario")}
        </button>
      )}
    </p>
  );
}

export function Headline({ one }: { readonly one: DocumentObject }) {
  const isCron = one.kind === "CronJob";
  return (
    <div class="headline">
      <header>
        <Title one={one} />
        <span class="fill" />
        {!isCron && <Played />}
        <div class="tools" role="toolbar" aria-label={say("panelTools")}>
          <Tool name={model.pinned.value ? "unpin" : "pin"} icon="pin" on={model.pinned.value} onClick={togglePin} />
          <Tool name="compareTool" icon="compare" on={model.variant.value !== null} menu onClick={compareMenu} />
          <Tool name="shareTool" icon="share" menu onClick={shareMenu} />
          <Tool name="moreTool" icon="more" menu onClick={moreMenu} />
        </div>
      </header>
      {isCron ? <Schedule /> : <Compared />}
    </div>
  );
}
