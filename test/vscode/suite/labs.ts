/** Every lab from its first step to its last, on the keyboard, in both languages. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Lab } from "../../../server/labs/lab.ts";
import { readLab } from "../../../server/labs/read-lab.ts";
import { inWorkbench, press, type, until } from "./bridge.ts";
import { enter, hasKeyboard, screen, shows } from "./screen.ts";
import type { VsCodeTest } from "./vscode-test.ts";

/** The labs as they are shipped. */
async function labs(): Promise<readonly Lab[]> {
  const extension = vscode.extensions.getExtension("seatrial.seatrial");
  assert.ok(extension);
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension.extensionUri, "dist", "labs.json"));
  const files = JSON.parse(new TextDecoder().decode(bytes)) as readonly {
    readonly file: string;
    readonly text: string;
  }[];
  return files.map(({ file, text }) => {
    const read = readLab(file, text);
    assert.ok("lab" in read, file);
    return read.lab;
  });
}

/** What the open list offers, once it has the keyboard. */
const listed = () =>
  inWorkbench(() => {
    const box = document.querySelector<HTMLElement>(".quick-input-widget");
    if (!box || box.offsetParent === null || !box.contains(document.activeElement)) return [];
    return [...box.querySelectorAll(".quick-input-list .monaco-list-row .quick-input-list-label")]
      .map((row) => (row.querySelector(".label-name")?.textContent ?? "").replaceAll("\u00a0", " "))
      .filter((label) => label !== "");
  });

/** Chooses a lab in the list of the command, which begins it anew. */
async function begin(title: string): Promise<void> {
  void vscode.commands.executeCommand("seatrial.restartLab");
  await until("the list of labs", async () => (await listed()).length > 0);
  await type(title);
  await until("the one lab in the list", async () => (await listed()).length === 1);
  await press("Enter");
  await until("the keyboard in the lab's terminal", hasKeyboard);
  await shows(/\[1\/\d+\]/);
}

async function close(): Promise<void> {
  await type("exit");
  await press("Enter");
  await until("no terminal", () => vscode.window.terminals.length === 0);
}

async function playLab(lab: Lab, language: "en" | "ko"): Promise<void> {
  await begin(lab.title[language] ?? lab.title.en);
  await enter("time speed max", /time speed max/);
  const all = lab.steps.length;
  for (const [at, step] of lab.steps.entries()) {
    const next = at + 1 < all ? new RegExp(`\\[${at + 2}/${all}\\]`) : language === "ko" ? /마쳤습니다/ : /is finished/;
    const lines = step.type === "task" ? step.solution : [await rightAnswer()];
    for (const [index, line] of lines.entries()) {
      const text = await enter(line, index === lines.length - 1 ? next : /\S/);
      // The cluster may be as it should be before the last line.
      if (next.test(text)) break;
    }
  }
  await close();
}

/** What `solution` shows for a question, as it is typed. */
async function rightAnswer(): Promise<string> {
  await press("Control+L");
  await enter("solution", /^ {2}answer .+$/);
  const line = (await screen()).find((row) => row.startsWith("  answer "));
  return line?.trim() ?? "";
}

const play = (language: "en" | "ko") => async (): Promise<void> => {
  const settings = vscode.workspace.getConfiguration("seatrial");
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  await settings.update("language", language, vscode.ConfigurationTarget.Global);
  try {
    for (const lab of await labs()) await playLab(lab, language);
  } finally {
    await settings.update("language", undefined, vscode.ConfigurationTarget.Global);
  }
};

export const labTests: readonly VsCodeTest[] = [
  { name: "labs: every lab is done on the keyboard", run: play("en") },
  { name: "labs: every lab is done on the keyboard in Korean", run: play("ko") },
];
