/** What changes the panel: messages of the host, clicks, the passing of time. */
import { batch } from "@preact/signals";
import type { HostMessage, PanelMemory, PanelMessage, WorkloadAction } from "../../protocol.ts";
import { revisions } from "../history.ts";
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
        model.refusal.value = result.problems.map((one) => `${one.path}: ${one.code}`).join("; ");
        return;
      }
      model.refusal.value = null;
      model.trace.value = result.trace;
      model.time.value = from ?? (atEnd ? model.end.value : Math.min(model.time.value, model.end.value));
    });
    tellRevisions();
    remember();
    if (from !== undefined) play();
  } catch (error) {
    model.running.value = false;
    host.postMessage({ type: "failed", message: String(error) });
  }
}

function tellRevisions(): void {
  const { trace, target, focus } = model;
  if (!trace.value || !target.value) return;
  const list = revisions(trace.value, target.value, Infinity);
  const named = focus.value ?? { ...target.value, namespace: model.shown.value?.namespace ?? "" };
  host.postMessage({ type: "revisions", focus: named, revisions: list });
}

/** Adds a person's step at the playhead and runs again; what was before stays as it was. */
export function act(action: WorkloadAction): void {
  const at = Math.round(model.time.value);
  // What was added later belongs to a future that this step replaces.
  model.added.value = [...model.added.value.filter((one) => one.at <= at), { at, action }];
  void rerun(at);
}

export function startOver(): void {
  model.added.value = [];
  model.whatIf.value = "none";
  model.time.value = model.end.value;
  void rerun();
}

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

export function reveal(): void {
  const range = model.shown.value?.range;
  if (range) host.postMessage({ type: "reveal", range });
}

export function choose(index: number): void {
  const one = model.workloads.value[index];
  if (!one) return;
  model.focus.value = { kind: one.kind, name: one.name, namespace: one.namespace };
  tellRevisions();
  remember();
}

function receive(message: HostMessage): void {
  switch (message.type) {
    case "manifest":
      model.title.value = message.title;
      model.objects.value = message.objects;
      void rerun();
      return;
    case "focus":
      model.focus.value = message.focus;
      tellRevisions();
      remember();
      if (message.section) requestAnimationFrame(() => document.getElementById("history")?.scrollIntoView());
      return;
    case "act":
      act(message.action);
      return;
  }
}

/** Takes up what was there before a reload, and tells the host that the panel listens. */
export function begin(): void {
  const memory = host.getState();
  model.seed.value = memory?.seed ?? settings.seed;
  model.focus.value = memory?.focus ?? null;
  model.added.value = memory?.added ?? [];
  addEventListener("message", ({ data }: MessageEvent<HostMessage>) => receive(data));
  host.postMessage({ type: "ready" });
}
