/** What the extension says, in the language of the setting `seatrial.language`; by itself that of VS Code. */
import * as vscode from "vscode";
import korean from "./l10n/bundle.l10n.ko.json" with { type: "json" };

/** The language in which everything of this extension speaks that can be told: a BCP 47 tag. */
export function languageTag(): string {
  const chosen = vscode.workspace.getConfiguration("seatrial").get<string>("language", "auto");
  return chosen === "en" || chosen === "ko" ? chosen : vscode.env.language;
}

/** The text in the chosen language, with `{0}` and so on filled in. */
export function t(text: string, ...values: readonly (string | number)[]): string {
  const words = languageTag().startsWith("ko") ? ((korean as Readonly<Record<string, string>>)[text] ?? text) : text;
  return words.replace(/\{(\d+)\}/g, (gap, at: string) => String(values[Number(at)] ?? gap));
}
