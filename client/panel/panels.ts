/** The open panels, one per manifest, and their way back after the window was reloaded. */
import * as vscode from "vscode";
import type {
  Focus,
  PanelMemory,
  PanelScenario,
  PanelTrial,
  Place,
  RevisionChoice,
  WorkloadAction,
} from "../protocol.ts";
import { ManifestPanel, type PanelContext } from "./manifest-panel.ts";

export const viewType = "seatrial.panel";

export class Panels implements vscode.Disposable {
  readonly #context: PanelContext;
  readonly #open = new Map<string, ManifestPanel>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #played = new vscode.EventEmitter<{ readonly panel: ManifestPanel; readonly trial: PanelTrial }>();
  readonly #serializer: vscode.Disposable;
  /** Fires when another panel is active or a panel learnt of revisions. */
  readonly onDidChange = this.#changed.event;
  /** Fires when a panel has played its trial, or was asked what it plays. */
  readonly onDidPlay = this.#played.event;

  constructor(context: PanelContext) {
    this.#context = context;
    this.#serializer = vscode.window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (panel, state: PanelMemory | undefined) => {
        if (state?.uri) this.#adopt(vscode.Uri.parse(state.uri), panel, state.focus);
        else panel.dispose();
      },
    });
  }

  /** Opens the panel of a manifest beside the editor, or brings it forward, on one workload. */
  async show(uri: vscode.Uri, focus: Focus, place: Place = {}): Promise<void> {
    this.#panel(uri, focus).focus(focus, place);
  }

  /** Has the panel of a manifest play a scenario. */
  async play(uri: vscode.Uri, focus: Focus, scenario: PanelScenario): Promise<void> {
    const panel = this.#panel(uri, focus);
    panel.focus(focus);
    panel.play(scenario);
  }

  /** Has the panel of a manifest add a step and run again. */
  async act(uri: vscode.Uri, action: WorkloadAction): Promise<void> {
    const panel = this.#panel(uri, action);
    panel.focus({ kind: action.kind, name: action.name, namespace: action.namespace });
    panel.act(action);
  }

  active(): ManifestPanel | undefined {
    return [...this.#open.values()].find((one) => one.isActive());
  }

  /** The panel of a manifest; undefined while it is closed. */
  at(uri: string): ManifestPanel | undefined {
    return this.#open.get(uri);
  }

  /** Revisions known of a workload, newest first; none while its panel is closed. */
  revisions(uri: vscode.Uri, focus: Focus): readonly RevisionChoice[] {
    return this.#open.get(uri.toString())?.revisionsOf(focus) ?? [];
  }

  dispose(): void {
    this.#serializer.dispose();
    this.#changed.dispose();
    this.#played.dispose();
    for (const panel of this.#open.values()) panel.dispose();
  }

  #panel(uri: vscode.Uri, { kind, name, namespace }: Focus): ManifestPanel {
    const open = this.#open.get(uri.toString());
    if (open) {
      open.reveal();
      return open;
    }
    const webview = vscode.window.createWebviewPanel(
      viewType,
      "",
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      {},
    );
    return this.#adopt(uri, webview, { kind, name, namespace });
  }

  #adopt(uri: vscode.Uri, webview: vscode.WebviewPanel, focus: Focus | null): ManifestPanel {
    const key = uri.toString();
    const panel = new ManifestPanel(uri, webview, this.#context, focus);
    this.#open.set(key, panel);
    webview.onDidDispose(() => {
      this.#open.delete(key);
      panel.dispose();
      this.#changed.fire();
    });
    webview.onDidChangeViewState(() => this.#changed.fire());
    panel.onDidLearn(() => this.#changed.fire());
    panel.onDidPlay((trial) => this.#played.fire({ panel, trial }));
    return panel;
  }
}
