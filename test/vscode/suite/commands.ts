/** The commands of the palette, answered on the keyboard as a person does; what follows is read in the panel. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { SimulateArgument } from "../../../client/protocol.ts";
import { click, inWorkbench, press, type, until } from "./bridge.ts";
import { open, seatrial } from "./editor.ts";
import { page, read, takeAllBack } from "./panel.ts";
import type { VsCodeTest } from "./vscode-test.ts";

/** What VS Code's input box, list or palette shows; null while there is none. */
const question = () =>
  inWorkbench(() => {
    const box = document.querySelector<HTMLElement>(".quick-input-widget");
    if (!box || box.offsetParent === null) return null;
    return {
      title: box.querySelector(".quick-input-title")?.textContent ?? "",
      value: box.querySelector("input")?.value ?? "",
      message: box.querySelector(".quick-input-message")?.textContent ?? "",
      rows: [...box.querySelectorAll(".quick-input-list .monaco-list-row")].map(
        (row) => row.getAttribute("aria-label") ?? "",
      ),
    };
  });

async function freshAt(file: string, text: string): Promise<vscode.TextEditor> {
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  const editor = await open(file);
  await until(`objects of ${file}`, async () => {
    const { objects } = await (await seatrial()).objects.of(editor.document.uri);
    return objects.length > 0;
  });
  return moveTo(editor, text);
}

function moveTo(editor: vscode.TextEditor, text: string): vscode.TextEditor {
  const at = editor.document.positionAt(editor.document.getText().indexOf(text));
  editor.selection = new vscode.Selection(at, at);
  return editor;
}

/** What needs no workload. */
const always: readonly string[] = [
  "Restart Language Server",
  "Open kubectl Terminal",
  "Connect My kubectl",
  "New Manifest…",
  "Open Labs",
  "Start Lab…",
  "Begin Lab Anew…",
  "Show with Defaults",
  "Compare Objects with HEAD",
];

/** The Seatrial commands that the palette offers now, without their category. */
async function offered(): Promise<readonly string[]> {
  await vscode.commands.executeCommand("workbench.action.quickOpen", ">Seatrial: ");
  const { rows } = await until("the palette", async () => {
    const seen = await question();
    return seen?.value.startsWith(">Seatrial") && seen.rows.some((row) => /Seatrial: |No matching/.test(row)) && seen;
  });
  await press("Escape");
  await until("no palette", async () => (await question()) === null);
  const names = rows.flatMap((row) => /^Seatrial: ([^,]*)/.exec(row)?.[1] ?? []);
  return names.filter((name) => !always.includes(name)).sort();
}

/** The palette comes to offer exactly these. */
export async function offers(...names: readonly string[]): Promise<void> {
  let last: readonly string[] = [];
  await until(`the palette with ${names.join(", ")}`, async () => {
    last = await offered();
    return last.join() === [...names].sort().join();
  }).catch(() => assert.deepEqual(last, [...names].sort()));
}

async function hidesWhatCannotRun(): Promise<void> {
  const editor = await freshAt("multi.yaml", "name: shop\n");
  await offers("Scale…", "Set Image…", "Show Rollout History", "Simulate");
  moveTo(editor, "name: log-shipper");
  await offers("Set Image…", "Show Rollout History", "Simulate");
  moveTo(editor, "name: load-catalogue");
  await offers("Simulate");
  moveTo(editor, "name: shop-settings");
  await offers("Simulate");
  moveTo(await freshAt("cronjob.yaml", "kind: CronJob"), "kind: CronJob");
  await offers("Set Image…", "Simulate");
  const other = await vscode.workspace.openTextDocument({ language: "plaintext", content: "no manifest" });
  await vscode.window.showTextDocument(other, vscode.ViewColumn.One);
  await offers();
  await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
}

async function scales(): Promise<void> {
  await freshAt("deployment.yaml", "kind: Deployment");
  const done = vscode.commands.executeCommand("seatrial.scale");
  const asked = await until("the question for replicas", question);
  assert.match(asked.title, /Scale Deployment web/);
  assert.equal(asked.value, "3");
  await type("-1");
  await until("a word on what is wrong", async () => /whole number/.test((await question())?.message ?? ""));
  await press("Control+A");
  await type("5");
  await press("Enter");
  await done;
  await page("a step", ({ steps }) => steps === 1);
  await press("End", "[data-part=scrubber]");
  const seen = await page("five ready pods", ({ ready }) => ready === 5);
  assert.ok(
    seen.chips.some((one) => one === "Scale to 5"),
    seen.chips.join(),
  );
}

/** Goes on with the panel of the test before. */
async function refusesInWords(): Promise<void> {
  const done = vscode.commands.executeCommand("seatrial.scale");
  await until("the question for replicas", question);
  await type("900000");
  await press("Enter");
  await done;
  await until("the sentence", async () =>
    (await read())?.refused.includes("replicas asks for 900000 pods; a run holds at most 500000."),
  );
  assert.equal((await read())?.ready, 5, "what was there before is still shown");
  await takeAllBack();
}

async function setsAnImage(): Promise<void> {
  // The panel is closed: the image is set when the first rollout is over, not while nothing is there yet.
  await freshAt("deployment.yaml", "kind: Deployment");
  const done = vscode.commands.executeCommand("seatrial.setImage");
  const asked = await until("the question for an image", question);
  assert.match(asked.title, /image of Deployment web/);
  assert.equal(asked.value, "nginx:1.27");
  // Only the tag is selected: what is typed replaces it.
  await type("1.28");
  await press("Enter");
  await done;
  const seen = await page("pods of the image that was set", ({ revisions }) =>
    /new.*nginx:1\.28/.test(revisions[0] ?? ""),
  );
  assert.match(seen.compared, /with one step of yours/);
}

const twoContainers = `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec:
  selector: { matchLabels: { app: agent } }
  template:
    metadata: { labels: { app: agent } }
    spec:
      containers:
        - { name: collect, image: "collect:1" }
        - { name: send, image: "registry.example:5000/send" }
`;

/** On a text that was never saved, with two containers to choose from. */
async function setsTheImageOfOneContainer(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  const document = await vscode.workspace.openTextDocument({ language: "yaml", content: twoContainers });
  await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  const done = vscode.commands.executeCommand("seatrial.setImage");
  const asked = await until("the question for a container", async () => {
    const seen = await question();
    return seen?.rows.length === 2 && seen;
  });
  assert.match(asked.rows[0] ?? "", /collect.*collect:1/);
  await type("send");
  await press("Enter");
  await until("the question for an image", async () => (await question())?.value === "registry.example:5000/send");
  // There is no tag to replace: what is typed follows the name.
  await type(":2");
  await press("Enter");
  await done;
  await until("a revision with one other image", async () =>
    (await read())?.history.some((one) => /collect:1, registry\.example:5000\/send:2.*current/.test(one)),
  );
  await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
}

/** Goes on with the two revisions of the test before. */
async function rollsBack(): Promise<void> {
  await offers("Roll Back…", "Scale…", "Set Image…", "Show Rollout History", "Simulate");
  const done = vscode.commands.executeCommand("seatrial.rollBack");
  const asked = await until("the question for a revision", async () => {
    const seen = await question();
    return seen && seen.rows.length > 0 && seen;
  });
  assert.match(asked.title, /Roll back Deployment web/);
  assert.ok(
    asked.rows.every((one) => /nginx:1\.27/.test(one)),
    "the current revision is no choice",
  );
  await press("Enter");
  await done;
  await page("the image of before is the new one", ({ revisions }) => /new.*nginx:1\.27/.test(revisions[0] ?? ""));
  await takeAllBack();
}

async function showsHistory(): Promise<void> {
  await freshAt("statefulset.yaml", "kind: StatefulSet");
  await vscode.commands.executeCommand("seatrial.showHistory");
  const seen = await page(
    "the history in sight",
    ({ history, historyTop, height }) => history.length > 0 && historyTop >= 0 && historyTop < height,
  );
  assert.match(seen.history.at(-1) ?? "", /^1.*mysql:8\.4/);
}

async function showsATime(): Promise<void> {
  const { document } = await freshAt("multi.yaml", "kind: ConfigMap");
  const argument: SimulateArgument = {
    uri: document.uri.toString(),
    kind: "Deployment",
    namespace: "",
    name: "shop",
    time: 2_000,
  };
  await vscode.commands.executeCommand("seatrial.simulate", argument);
  const seen = await page(
    "the playhead at two seconds",
    ({ time, title }) => time === "2 s" && title.startsWith("shop "),
  );
  assert.deepEqual([seen.mode, seen.ready], ["create", 0], "nothing is ready two seconds after it was created");
  await vscode.commands.executeCommand("seatrial.simulate", {
    ...argument,
    kind: "DaemonSet",
    name: "log-shipper",
    time: 0,
  });
  await page(
    "the other workload at the start",
    ({ time, title }) => time === "0 s" && title.startsWith("log-shipper "),
  );
  // Something tried makes another run of it; a time is meant for that of the text.
  await press("w", "[data-part=scrubber]");
  await click("[data-part=sheet] [data-what-if=never-ready] input");
  await page("another run", ({ code }) => code === "stuck");
  await vscode.commands.executeCommand("seatrial.simulate", { ...argument, time: 3_000 });
  await page(
    "the run of the text alone",
    ({ time, title, steps }) => time === "3 s" && steps === 0 && title.startsWith("shop "),
  );
}

export const commandTests: readonly VsCodeTest[] = [
  { name: "commands that cannot run are hidden in the palette", run: hidesWhatCannotRun },
  { name: "Scale… asks for replicas and shows them", run: scales },
  { name: "a change that cannot be run is refused in a sentence", run: refusesInWords },
  { name: "Set Image… asks for a tag and shows the rollout", run: setsAnImage },
  { name: "Roll Back… offers the earlier revisions and goes back", run: rollsBack },
  { name: "Set Image… asks which of two containers", run: setsTheImageOfOneContainer },
  { name: "Show Rollout History brings the history into sight", run: showsHistory },
  { name: "Simulate with a time puts the playhead there", run: showsATime },
];
