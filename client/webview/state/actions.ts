/** What changes the panel: messages of the host, clicks, the passing of time. */
import { batch, effect } from "@preact/signals";
import type { HostMessage, PanelMemory, PanelMessage, Place, WorkloadAction } from "../../protocol.ts";
import { sayProblem } from "../messages/words.ts";
import * as model from "./model.ts";
import { run } from "./runner.ts";

interface Host {
  postMessage(message: PanelMessage): void;
  getState(): PanelMemory | undefined;
  setState(memory: PanelMemory): void;
}
declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
const settings = JSON.parse(document.body.dataset["settings"] ?? "{}") as { uri: string; seed: number };
const still = matchMedia("(prefers-reduced-motion: reduce)");

function remember(): void {
  host.setState({
    uri: settings.uri,
    focus: model.focus.value,
    seed: model.seed.value,
    added: model.added.value,
    time: model.time.value,
  });
}

/** What is to be done once the run that is under way has ended. */
let waiting: (() => void)[] = [];

/** Does it now, or after the run that is under way: before the first run there is nothing to look at or to change. */
function onceRun(work: () => void): void {
  if (model.trace.value && !model.running.value) work();
  else waiting.push(work);
}

/** Runs what is wanted now. `from` puts the playhead there and plays on; otherwise it stays, or stays at the end. */
export async function rerun(from?: number): Promise<void> {
  const atEnd = model.trace.value === null || model.time.value >= model.end.value;
  model.running.value = true;
  try {
    const result = await run(model.currentScenario());
    if (result === null) return;
    batch(() => {
      model.running.value = false;
      if ("problems" in result) {
        // A change that cannot be made is none: the next run is one without it.
        if (from !== undefined) model.added.value = model.added.value.slice(0, -1);
        model.refusal.value = result.problems.map(sayProblem).join(" ");
        return;
      }
      model.refusal.value = null;
      model.trace.value = result.trace;
      model.time.value = from ?? (atEnd ? model.end.value : Math.min(model.time.value, model.end.value));
    });
    remember();
    if ("problems" in result) return;
    if (from !== undefined) play();
    const due = waiting;
    waiting = [];
    for (const work of due) onceRun(work);
  } catch (error) {
    model.running.value = false;
    host.postMessage({ type: "failed", message: String(error) });
  }
}

/** Keeps the host told of the revisions at the playhead, for its commands. */
function tellRevisions(): void {
  let told = "";
  effect(() => {
    const one = model.shown.value;
    if (!one || !model.trace.value) return;
    const focus = { kind: one.kind, name: one.name, namespace: one.namespace };
    const message: PanelMessage = { type: "revisions", focus, revisions: model.history.value };
    const text = JSON.stringify(message);
    if (text === told) return;
    told = text;
    host.postMessage(message);
  });
}

/** Adds a person's step at the playhead and runs again; what was before stays as it was. */
export function act(action: WorkloadAction): void {
  const at = Math.round(model.time.value);
  // What was added later belongs to a future that this step replaces.
  model.added.value = [...model.added.value.filter((one) => one.at <= at), { at, action }];
  void rerun(at);
}

/** Takes back all that was tried: the run is that of the text alone. */
export function startOver(): void {
  model.added.value = [];
  model.whatIf.value = "none";
  model.time.value = model.end.value;
  void rerun();
}

/** Puts the playhead at a time, or as near as the run allows. */
export function seek(time: number): void {
  model.time.value = Math.max(0, Math.min(model.end.value, time));
  remember();
}

/** To the next or the previous moment at which something happens. */
export function stepTo(direction: 1 | -1): void {
  model.playing.value = false;
  const { moments, time } = model;
  const next =
    direction === 1 ? moments.value.find((one) => one > time.value) : moments.value.findLast((one) => one < time.value);
  seek(next ?? (direction === 1 ? model.end.value : 0));
}

/** Plays on from the playhead, from the start when it is at the end; with reduced motion only the end is shown. */
export function play(): void {
  if (still.matches) {
    seek(model.end.value);
    return;
  }
  if (model.time.value >= model.end.value) model.time.value = 0;
  if (model.playing.value) return;
  model.playing.value = true;
  let last = performance.now();
  const tick = (instant: number): void => {
    if (!model.playing.value) return;
    const rate = model.speed.value || Math.max(1, model.end.value / 10_000);
    const next = model.time.value + Math.max(0, instant - last) * rate;
    last = instant;
    if (next >= model.end.value) model.playing.value = false;
    seek(next);
    if (model.playing.value) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}

export const toggle = (): void => {
  if (model.playing.value) model.playing.value = false;
  else play();
};

/** Has the editor show the workload in focus. */
export function reveal(): void {
  const range = model.shown.value?.range;
  if (range) host.postMessage({ type: "reveal", range });
}

/** Puts the focus on the workload of this place in the list. */
export function choose(index: number): void {
  const one = model.workloads.value[index];
  if (!one) return;
  model.focus.value = { kind: one.kind, name: one.name, namespace: one.namespace };
  remember();
}

/** Whether the run differs, at this time, from that of the text alone. */
const isTried = (time: number): boolean =>
  model.whatIf.value !== "none" || model.added.value.some((one) => one.at <= time);

function look({ section, time }: Place): void {
  if (time !== undefined) {
    model.playing.value = false;
    seek(time);
  }
  // After the next picture: what is to be seen may not be drawn yet.
  if (section) requestAnimationFrame(() => document.getElementById(section)?.scrollIntoView());
}

function receive(message: HostMessage): void {
  switch (message.type) {
    case "manifest":
      model.title.value = message.title;
      model.kubernetes.value = message.kubernetes;
      model.objects.value = message.objects;
      void rerun();
      return;
    case "focus":
      model.focus.value = message.focus;
      // A time is one of the run of the text alone: what was tried before it would show another moment.
      if (message.time !== undefined && isTried(message.time)) startOver();
      remember();
      onceRun(() => look(message));
      return;
    case "act":
      onceRun(() => act(message.action));
      return;
  }
}

/** Takes up what was there before a reload, and tells the host that the panel listens. */
export function begin(): void {
  const memory = host.getState();
  model.seed.value = memory?.seed ?? settings.seed;
  model.focus.value = memory?.focus ?? null;
  model.added.value = memory?.added ?? [];
  tellRevisions();
  addEventListener("message", ({ data }: MessageEvent<HostMessage>) => receive(data));
  host.postMessage({ type: "ready" });
}
