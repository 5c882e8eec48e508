/** The tools for agents, as VS Code offers them to language models: only while the setting asks for them. */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { type ToolParams, type ToolResult, toolRequest } from "./protocol.ts";
import { t } from "./say.ts";

const names = ["check_manifest", "simulate_rollout", "explain_field", "compare_versions"];
const setting = "seatrial.agentTools";

/** Offers the tools and takes them back as the setting says. */
export function offerTools(client: BaseLanguageClient): vscode.Disposable {
  let offered: vscode.Disposable | null = null;
  const follow = (): void => {
    const wanted = vscode.workspace.getConfiguration("seatrial").get("agentTools", false);
    if (!wanted) {
      offered?.dispose();
      offered = null;
    } else offered ??= vscode.Disposable.from(...names.map((name) => registerTool(name, client)));
  };
  follow();
  return vscode.Disposable.from(
    { dispose: () => offered?.dispose() },
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(setting)) follow();
    }),
  );
}

function registerTool(name: string, client: BaseLanguageClient): vscode.Disposable {
  return vscode.lm.registerTool<ToolParams["input"]>(`seatrial_${name}`, {
    async invoke({ input }) {
      const params: ToolParams = { name, input };
      const answer = await client.sendRequest<ToolResult | null>(toolRequest, params);
      if (answer === null) throw new Error(t("This tool is not there."));
      if (answer.failed) throw new Error(answer.text);
      return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(answer.text)]);
    },
  });
}
