/** "Simulate" above each workload. */
import * as vscode from "vscode";
import type { ManifestObjects } from "./objects.ts";
import type { SimulateArgument } from "./protocol.ts";
import { focusOf, runs } from "./workload.ts";

const selector: vscode.DocumentSelector = [{ language: "yaml" }, { language: "json" }, { language: "jsonc" }];

/** Offers the lenses in every manifest, and anew when its objects have changed. */
export function registerCodeLenses(objects: ManifestObjects): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const enabled = (): boolean => vscode.workspace.getConfiguration("seatrial").get("codeLens.enabled", true);
  const provider = vscode.languages.registerCodeLensProvider(selector, {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document) {
      if (!enabled()) return [];
      const { objects: found } = await objects.of(document.uri);
      return found.filter(runs).map((object) => {
        const line = object.range.start.line;
        return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), {
          title: `$(play-circle) ${vscode.l10n.t("Simulate")}`,
          tooltip: vscode.l10n.t("Show what the controllers would do with {0} {1}", object.kind, object.name),
          command: "seatrial.simulate",
          arguments: [{ uri: document.uri.toString(), ...focusOf(object) } satisfies SimulateArgument],
        });
      });
    },
  });
  return vscode.Disposable.from(
    provider,
    changed,
    objects.onDidChange(() => changed.fire()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("seatrial.codeLens")) changed.fire();
    }),
  );
}
