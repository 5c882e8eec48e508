/** The page of the panel: no inline script or style, nothing from outside the extension. */
import * as vscode from "vscode";

export interface PanelSettings {
  readonly uri: string;
  readonly seed: number;
  readonly language: string;
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

export function panelHtml(webview: vscode.Webview, dist: vscode.Uri, settings: PanelSettings): string {
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const file = (name: string): string => escapeHtml(webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString());
  // The worker is fetched and started from a blob: a webview has another origin than its files.
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src ${webview.cspSource}`,
    `connect-src ${webview.cspSource}`,
    "worker-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="${escapeHtml(settings.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Seatrial</title>
<link rel="stylesheet" href="${file("webview.css")}">
</head>
<body data-worker="${file("worker.js")}" data-settings="${escapeHtml(JSON.stringify(settings))}">
<div id="panel"></div>
<script nonce="${nonce}" src="${file("webview.js")}"></script>
</body>
</html>`;
}
