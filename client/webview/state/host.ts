/** The host around the panel: what it is told, and what it keeps. */
import type { Mode } from "../../../simulator/played.ts";
import type { PanelMemory, PanelMessage } from "../../protocol.ts";
import * as model from "./model.ts";
import type { Timeline } from "./trial.ts";

interface Host {
  postMessage(message: PanelMessage): void;
  getState(): PanelMemory | undefined;
  setState(memory: PanelMemory): void;
}
declare function acquireVsCodeApi(): Host;

/** What the panel itself remembers; of another version nothing is taken up. */
interface Remembered {
  readonly version: 2;
  readonly timeline: Timeline;
  readonly mode: Mode | null;
  readonly time: number;
  readonly openness: Readonly<Record<string, boolean>>;
  readonly labelWidth: number | null;
  readonly speed: number;
}

let host: Host | null = null;
/** How the panel was opened. */
export let settings = { uri: "", seed: 1 };

export const tell = (message: PanelMessage): void => host?.postMessage(message);

function keep(): void {
  const state: Remembered = {
    version: 2,
    timeline: model.timeline.value,
    mode: model.chosenMode.value,
    time: model.time.value,
    openness: model.openness.value,
    labelWidth: model.labelWidth.value,
    speed: model.speed.value,
  };
  const uri = model.manifest.value?.uri ?? settings.uri;
  const memory: PanelMemory = { uri, focus: model.focus.value, pinned: model.pinned.value, state };
  host?.setState(memory);
  tell({ type: "remember", memory });
}

let later: ReturnType<typeof setTimeout> | undefined;

/** Keeps everything a person did: nothing of it is lost when the panel is closed at once. */
export function remember(): void {
  clearTimeout(later);
  keep();
}

/** Keeps it a moment later: scrubbing changes the time sixty times a second. */
export function rememberLater(): void {
  clearTimeout(later);
  later = setTimeout(keep, 200);
}

/** Takes up what was kept; of another version nothing. */
export function recall({ focus, pinned, state }: PanelMemory): void {
  model.focus.value ??= focus;
  model.pinned.value = pinned;
  const kept = state as Remembered | null | undefined;
  if (kept?.version !== 2) return;
  model.timeline.value = kept.timeline;
  model.chosenMode.value = kept.mode;
  model.openness.value = kept.openness;
  model.labelWidth.value = kept.labelWidth;
  model.speed.value = kept.speed;
  model.time.value = kept.time;
}

/** Meets the host; gives what it kept of this panel, if anything. */
export function meet(given: { readonly uri: string; readonly seed: number }): PanelMemory | undefined {
  host = acquireVsCodeApi();
  settings = given;
  return host.getState();
}

/** Has the editor show the workload in focus, or a line of it. */
export function reveal(range = model.shown.value?.range): void {
  if (range) tell({ type: "reveal", range });
}
