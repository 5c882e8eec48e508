/**
 * The command that opens a kubectl terminal: on the cluster of the panel in front, else on one of its own. A panel and its terminal
 * hold one list of steps, and each plays it: what is done in one is told to the other.
 */
import * as vscode from "vscode";
import type { ManifestPanel } from "../panel/manifest-panel.ts";
import type { Panels } from "../panel/panels.ts";
import type { PanelTrial, TimedAction } from "../protocol.ts";
import { sharedKey } from "./shared.ts";
import type { Moved, Terminals } from "./terminals.ts";

/** A panel with a terminal. */
interface Link {
  /** What both play, as far as is known here. */
  trial: PanelTrial["scenario"];
  from: number;
  /** Where the terminal's time stands, in milliseconds since the scenario's start. */
  now: number;
  /** The number of the last message with steps. */
  sent: number;
  /** Steps that were done while the panel was closed. */
  owed: TimedAction[];
}

const idOf = (uri: vscode.Uri | string): string => `panel ${uri.toString()}`;

export function registerTerminals(terminals: Terminals, panels: Panels): vscode.Disposable {
  const links = new Map<string, Link>();
  /** Panels whose trial was asked for to open a terminal on it. */
  const asked = new Set<ManifestPanel>();

  function open(): void {
    const panel = panels.active();
    const id = panel && idOf(panel.uri);
    if (!panel || (id !== undefined && terminals.isOpen(id))) terminals.show(id);
    else {
      asked.add(panel);
      panel.askTrial();
    }
  }

  function begin({ uri }: ManifestPanel, { scenario, from, time, number }: PanelTrial): void {
    const now = from + Math.max(0, Math.round(time));
    links.set(idOf(uri), { trial: scenario, from, now, sent: number, owed: [] });
    const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
    terminals.show(idOf(uri), `kubectl: ${name}`, { scenario: { ...scenario, horizon: now } });
  }

  function played(panel: ManifestPanel, trial: PanelTrial): void {
    if (asked.delete(panel)) {
      begin(panel, trial);
      return;
    }
    const id = idOf(panel.uri);
    const link = links.get(id);
    if (!link || !terminals.isOpen(id)) return;
    if (link.owed.length > 0) {
      const steps = link.owed.splice(0);
      panel.take(steps, link.now - link.from, ++link.sent);
      return;
    }
    // Steps of the terminal are on their way to the panel, which will play them too.
    if (trial.number < link.sent) return;
    const isSame = sharedKey(trial.scenario) === sharedKey(link.trial);
    link.now += trial.from - link.from;
    link.from = trial.from;
    link.trial = trial.scenario;
    if (!isSame) void terminals.replace(id, { ...trial.scenario, horizon: link.now });
  }

  function moved({ id, steps, time }: Moved): void {
    const link = links.get(id);
    if (!link) return;
    link.now = time;
    const before = (link.trial["steps"] ?? []) as readonly unknown[];
    link.trial = { ...link.trial, steps: [...before, ...steps] };
    const timed = steps.map(({ at, action }) => ({ at: at - link.from, action }) as unknown as TimedAction);
    const panel = panels.at(id.slice(idOf("").length));
    if (panel) panel.take(timed, time - link.from, ++link.sent);
    else link.owed.push(...timed);
  }

  return vscode.Disposable.from(
    vscode.commands.registerCommand("seatrial.openTerminal", open),
    panels.onDidPlay(({ panel, trial }) => played(panel, trial)),
    terminals.onDidMove(moved),
  );
}
