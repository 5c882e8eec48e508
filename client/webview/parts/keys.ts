/** Keys that work wherever the focus is in the panel, unless something there takes them itself. */
import { tell } from "../state/host.ts";
import * as model from "../state/model.ts";
import { fit, seek, stepTo, toggle, zoomAt } from "../state/playhead.ts";
import { compareWith, redo, undo } from "../state/trying.ts";
import { dropCard } from "./card.tsx";
import { compareMenu } from "./headline.tsx";

const isField = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("input, select, textarea") !== null;

export function onKey(event: KeyboardEvent): void {
  if (isField(event.target)) return;
  const modified = event.ctrlKey || event.metaKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  // VS Code keeps a page from undoing by itself before the page hears of it.
  if (modified && (key === "z" || key === "y")) done(event, key === "z" && !event.shiftKey ? undo : redo);
  if (modified || event.altKey || event.defaultPrevented) return;
  const pixel = (model.scale.value.end - model.scale.value.start) / 300;
  const onButton = event.target instanceof Element && event.target.closest("button, a, summary") !== null;
  const actions: Partial<Record<string, () => void>> = {
    ",": () => stepTo(-1),
    ".": () => stepTo(1),
    ArrowLeft: () => seek(model.time.value - pixel * (event.shiftKey ? 10 : 1)),
    ArrowRight: () => seek(model.time.value + pixel * (event.shiftKey ? 10 : 1)),
    Home: () => seek(0),
    End: () => seek(model.end.value),
    "+": () => zoomAt(0.8, model.time.value),
    "-": () => zoomAt(1.25, model.time.value),
    "0": fit,
    c: () => (model.variant.value ? compareWith(null) : compareMenu(document.querySelector("[data-part=compare]"))),
    w: () => {
      model.whatIfOpen.value = !model.whatIfOpen.value;
    },
    Escape: leave,
  };
  const action = key === " " ? (onButton ? undefined : toggle) : actions[key];
  if (action) done(event, action);
}

function done(event: KeyboardEvent, action: () => void): void {
  event.preventDefault();
  action();
}

/** Closes what is open, then gives the keyboard back to the editor. */
function leave(): void {
  if (dropCard()) return;
  if (model.whatIfOpen.value) model.whatIfOpen.value = false;
  else if (model.chosenPod.value) model.chosenPod.value = null;
  else tell({ type: "leave" });
}
