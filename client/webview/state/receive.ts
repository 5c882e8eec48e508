/** Messages of the host, and the beginning of everything. */
import { batch, effect, untracked } from "@preact/signals";
import { kinds } from "../../../simulator/api/kinds.ts";
import type { Action } from "../../../simulator/scenario/scenario.ts";
import type { HostMessage, PanelManifest, PanelMessage, PanelTrial, Place, WorkloadAction } from "../../protocol.ts";
import { revisionsOf } from "../picture/revisions.ts";
import { meet, recall, settings, tell } from "./host.ts";
import * as model from "./model.ts";
import { seek } from "./playhead.ts";
import { followWanted, onceRun } from "./runs.ts";
import { beginTimeline, nothingTried } from "./trial.ts";
import { act, actAll, chooseMode, nowOther, setOpen, startOver, takeScenario } from "./trying.ts";

function look({ section, time }: Place): void {
  if (time !== undefined) {
    model.playing.value = false;
    seek(time);
  }
  if (section === "history") {
    setOpen("revisions", true);
    // After the next picture: what is to be seen may not be drawn yet.
    requestAnimationFrame(() => document.getElementById("revisions")?.scrollIntoView());
  }
}

/** A moment that advice speaks of is one of the run that proved it: the text alone, from nothing. */
function asProven(): void {
  chooseMode("create");
  if (model.tried.value) startOver();
}

/** A command names a workload as the text does: without a namespace where it has none. */
const stepOf = ({ namespace, ...action }: WorkloadAction): Action =>
  ({ ...action, namespace: namespace || "default" }) as Action;

function takeManifest(manifest: PanelManifest): void {
  batch(() => {
    const isOther = model.manifest.value !== null && model.manifest.value.uri !== manifest.uri;
    model.manifest.value = manifest;
    if (!isOther) return;
    model.focus.value = null;
    model.result.value = null;
    model.timeline.value = beginTimeline(nothingTried(settings.seed));
    model.chosenMode.value = null;
    nowOther();
  });
}

export function receive(message: HostMessage): void {
  switch (message.type) {
    case "manifest":
      takeManifest(message.manifest);
      return;
    case "scenario":
      takeScenario(message.scenario);
      return;
    case "memory":
      recall(message.memory);
      return;
    case "focus":
      if (message.by === "cursor" && model.pinned.value) return;
      if (kinds.named(message.focus.kind)?.workload !== true) return;
      if (!model.focus.value || !model.isNamed(model.focus.value, message.focus)) {
        model.focus.value = message.focus;
        nowOther();
      }
      if (message.time !== undefined) asProven();
      if (message.section !== undefined || message.time !== undefined) onceRun(() => look(message));
      return;
    case "act":
      onceRun(() => act(stepOf(message.action), Math.max(0, model.time.value)));
      return;
    case "where":
      onceRun(tellTrial);
      return;
    case "steps":
      onceRun(() => {
        stepsTaken = message.number;
        actAll(message.steps, message.time);
      });
      return;
  }
}

/** The number of the last message with steps of a terminal. */
let stepsTaken = 0;

function tellTrial(): void {
  const found = model.result.value;
  if (!found) return;
  const scenario = found.trace.scenario as unknown as PanelTrial["scenario"];
  tell({ type: "trial", trial: { scenario, from: found.from, time: model.time.value, number: stepsTaken } });
}

/** Keeps the host told of what is played, for a terminal on the same cluster. */
function tellRuns(): void {
  effect(() => {
    const found = model.result.value;
    // A run that has begun since will be told of when it has ended.
    if (found && found.wanted.trial === model.trial.value) untracked(tellTrial);
  });
}

/** Keeps the host told of the revisions at the playhead, for its commands. */
function tellRevisions(): void {
  let told = "";
  effect(() => {
    const one = model.shown.value;
    const [seen, name] = [model.now.value, model.target.value];
    if (!one || !seen || !name) return;
    const focus = { kind: one.kind, name: one.name, namespace: one.namespace };
    const message: PanelMessage = { type: "revisions", focus, revisions: revisionsOf(seen, name) };
    const text = JSON.stringify(message);
    if (text === told) return;
    told = text;
    tell(message);
  });
}

/** Takes up what was there before a reload, and tells the host that the panel listens. */
export function begin(given: { readonly uri: string; readonly seed: number }): void {
  const memory = meet(given);
  model.instant.value = Math.floor(Date.now() / 60_000) * 60_000;
  model.readerZone.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  model.timeline.value = beginTimeline(nothingTried(given.seed));
  if (memory) recall(memory);
  followWanted();
  tellRevisions();
  tellRuns();
  addEventListener("message", ({ data }: MessageEvent<HostMessage>) => receive(data));
  tell({ type: "ready" });
}
