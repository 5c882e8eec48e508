/**
 * What works where the extension is a web extension: the server is a worker, files are those of the client. VS Code runs this in the
 * worker of its extensions and ends with what it throws.
 */
import * as vscode from "vscode";

/** Milliseconds until what is waited for counts as missing. */
const patience = 30_000;

async function until<Value>(what: string, look: () => Thenable<Value> | Value): Promise<NonNullable<Value>> {
  for (const deadline = Date.now() + patience; Date.now() < deadline; ) {
    const found = await look();
    if (found) return found as NonNullable<Value>;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what}: not within ${patience / 1000} s`);
}

function equal(what: string, found: unknown, wanted: unknown): void {
  if (JSON.stringify(found) !== JSON.stringify(wanted)) {
    throw new Error(`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
  }
}

async function open(name: string): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!folder) throw new Error("no folder is open");
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, name));
  await vscode.window.showTextDocument(document);
  return document;
}

const cases: Readonly<Record<string, () => Promise<void>>> = {
  async "it runs in the browser"() {
    const extension = vscode.extensions.getExtension("seatrial.seatrial");
    equal("the kind", extension?.extensionKind, vscode.ExtensionKind.UI);
    const api = (await extension?.activate()) as { serverProcess(): number | null };
    equal("the process", api.serverProcess(), null);
  },
  async "mistakes are underlined"() {
    const { uri } = await open("broken.yaml");
    await until("errors", () => vscode.languages.getDiagnostics(uri).some(({ source }) => source === "seatrial"));
  },
  async "a hover explains the field"() {
    const document = await open("deployment.yaml");
    const at = document.positionAt(document.getText().indexOf("replicas") + 2);
    const text = await until("a hover", async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        "vscode.executeHoverProvider",
        document.uri,
        at,
      );
      return hovers.map(({ contents }) => contents.map((one) => (one as vscode.MarkdownString).value).join()).join();
    });
    if (!/Number of desired pods/.test(text)) throw new Error(text);
  },
  async "the verdict stands above the workload"() {
    const document = await open("deployment.yaml");
    const title = await until("a lens", async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        "vscode.executeCodeLensProvider",
        document.uri,
        10,
      );
      return lenses.find(({ command }) => command?.command === "seatrial.simulate")?.command?.title;
    });
    if (!/Rolls out|Replaces|available/.test(title)) throw new Error(title);
  },
  async "names lead into files that are not open"() {
    const symbols = await until("symbols of files that were never opened", async () => {
      const found = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
        "vscode.executeWorkspaceSymbolProvider",
        "StatefulSet",
      );
      return found.length > 0 ? found : null;
    });
    if (!symbols.some(({ location }) => location.uri.path.endsWith("statefulset.yaml"))) throw new Error("elsewhere");
  },
  async "the panel opens"() {
    await open("deployment.yaml");
    await vscode.commands.executeCommand("seatrial.simulate");
    await until("a panel", () =>
      vscode.window.tabGroups.all.some(({ tabs }) =>
        tabs.some(({ input }) => input instanceof vscode.TabInputWebview && /seatrial/.test(input.viewType)),
      ),
    );
  },
};

/** Runs all; says each on the console. */
export async function run(): Promise<void> {
  const failed: string[] = [];
  for (const [name, body] of Object.entries(cases)) {
    const error = await body().then(
      () => null,
      (reason: unknown) => String(reason),
    );
    if (error) failed.push(`${name}: ${error}`);
    console.log(`seatrial-web ${error ? `✗ ${name}: ${error}` : `✓ ${name}`}`);
  }
  if (failed.length > 0) throw new Error(failed.join("\n"));
}
