/** The panel, read and worked through its page as a person does. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as vscode from "vscode";
import { addScript, click, fill, inPanel, press, reduceMotion, rightClick, screenshot, size, until } from "./bridge.ts";
import { open } from "./editor.ts";
import type { VsCodeTest } from "./vscode-test.ts";

/** What the page says, as a person reads it. */
export const read = () =>
  inPanel(() => {
    const text = (selector: string) =>
      document.querySelector(selector)?.textContent?.replaceAll("\u00a0", " ").trim() ?? "";
    const all = (selector: string) => [...document.querySelectorAll(selector)];
    return {
      isReady:
        document.querySelector("main")?.dataset["state"] === "ready" &&
        document.querySelector("[data-part=picture]") !== null,
      title:
        text("h1 .name") ||
        (document.querySelector<HTMLSelectElement>("h1 select")?.selectedOptions[0]?.textContent ?? ""),
      kind: text("h1 .kind"),
      mode: document.querySelector("[data-mode][aria-checked=true]")?.getAttribute("data-mode") ?? "",
      compared: text("[data-part=compared]"),
      verdict: text("[data-part=verdict] [role=status]"),
      code: document.querySelector("[data-part=verdict]")?.getAttribute("data-code") ?? "",
      figures: Object.fromEntries(
        all("[data-figure]").map((one) => [
          one.getAttribute("data-figure") ?? "",
          one.querySelector("dd")?.textContent ?? "",
        ]),
      ),
      time: text(".thumb"),
      chips: all(".chip").map((one) => one.textContent ?? ""),
      steps: document.querySelectorAll(".chip.step").length,
      rows: all(".picture [data-row]").map((one) => ({
        name: one.getAttribute("data-row") ?? "",
        state: one.querySelector(".state")?.textContent ?? "",
      })),
      ready: all(".picture [data-pod] .state").filter((one) => one.textContent?.startsWith("Ready")).length,
      revisions: all(".picture [data-revision]").map((one) => one.textContent ?? ""),
      nodes: all("[data-node]").map((one) => ({
        name: one.getAttribute("data-node") ?? "",
        pods: one.getAttribute("data-pods") ?? "",
        reason: one.querySelector("[data-part=reason]")?.textContent ?? "",
      })),
      refused: text("[data-part=refused]") + text("[data-part=step-refused]"),
      stale: text("[data-part=stale]"),
      invalid: text("[data-part=invalid]"),
      menu: all("[role=menuitem]").map((one) => one.textContent ?? ""),
      historyTop: document.getElementById("revisions")?.getBoundingClientRect().top ?? -1,
      history: all("#revisions [data-revision]").map((one) => one.textContent ?? ""),
      height: innerHeight,
    };
  });

type Page = NonNullable<Awaited<ReturnType<typeof read>>>;

/** The page, once it has come to what is waited for. */
export const page = (what: string, test: (seen: Page) => boolean): Promise<Page> =>
  until(what, async () => {
    const seen = await read();
    return seen?.isReady && test(seen) && seen;
  });

/** Opens a sample and its panel; what earlier tests tried with it is taken back. */
export async function simulate(file: string): Promise<vscode.TextEditor> {
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  const editor = await open(file);
  await until("the panel", async () => {
    await vscode.commands.executeCommand("seatrial.simulate");
    return (await read())?.isReady;
  });
  await takeAllBack();
  return editor;
}

/** Through the menu, as a person would. */
export async function takeAllBack(): Promise<void> {
  await choose("[data-part=more]", /Take back all/, true);
}

/** Opens a menu and takes the item; without one of that name it is closed again. */
async function choose(opener: string, item: RegExp, optional = false): Promise<void> {
  await click(opener);
  const { menu } = await until("a menu", async () => {
    const seen = await read();
    return seen && seen.menu.length > 0 && seen;
  });
  const index = menu.findIndex((one) => item.test(one));
  assert.ok(index >= 0 || optional, `${item} among ${menu.join(", ")}`);
  if (index < 0) await press("Escape", "[role=menuitem]");
  else await click(`[role=menuitem] >> nth=${index}`);
  await until("no menu", async () => (await read())?.menu.length === 0);
}

/** Has another part of the panel's three played. */
export const chooseMode = async (mode: string): Promise<Page> => {
  await click(`[data-mode=${mode}]`);
  return page(`${mode} played`, (seen) => seen.mode === mode);
};

/** Replaces text in the editor, without saving. */
async function edit(editor: vscode.TextEditor, from: string, to: string): Promise<void> {
  const { document } = editor;
  const at = document.getText().indexOf(from);
  assert.ok(at >= 0, `${from} is there`);
  const change = new vscode.WorkspaceEdit();
  change.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + from.length)), to);
  await vscode.workspace.applyEdit(change);
}

const revert = async (editor: vscode.TextEditor): Promise<void> => {
  await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
  await vscode.commands.executeCommand("workbench.action.files.revert");
};

async function answersTheFirstQuestions(): Promise<void> {
  await simulate("deployment.yaml");
  await size(1440, 960);
  const editor = await simulate("deployment.yaml");
  await edit(editor, "nginx:1.27", "nginx:1.28");
  await until("a change to play", () =>
    inPanel(() => document.querySelector("[data-mode=change][aria-disabled=false]") !== null),
  );
  await chooseMode("change");
  const seen = await page("a change played", ({ mode, code }) => mode === "change" && code === "safe");
  assert.match(
    seen.verdict,
    /^Safe\. Rolls out in .* never has fewer than 3 of 3|^Safe\. Rolls out in .*, and all 3 pods stay available\./,
  );
  assert.match(seen.compared, /^saved → editor.*image nginx:1\.27 → nginx:1\.28/);
  assert.match(seen.figures["takes"] ?? "", /^\d+(\.\d)? s$/);
  assert.match(seen.figures["least"] ?? "", /^3 of 3$/);
  assert.match(seen.figures["most"] ?? "", /^4$/);
  assert.match(seen.revisions[0] ?? "", /Revision 2.*new.*nginx:1\.28/);
  assert.match(seen.revisions[1] ?? "", /Revision 1.*old.*nginx:1\.27/);
  assert.match(seen.nodes.find(({ name }) => name === "control-plane")?.reason ?? "", /control-plane:NoSchedule/);
  // All of it without scrolling, as wide as VS Code makes the panel.
  const hidden = await inPanel(() =>
    [
      "[data-part=verdict]",
      "[data-part=figures]",
      "[data-part=assumes]",
      ".chip",
      ".thumb",
      ".row.available",
      "[data-revision]",
      "[data-pod]",
      "[data-node=control-plane]",
    ].filter(
      (selector) =>
        (document.querySelector(selector)?.getBoundingClientRect().bottom ?? Number.POSITIVE_INFINITY) > innerHeight,
    ),
  );
  assert.deepEqual(hidden, [], "everything that a newcomer asks is on the first screen");
  await screenshot("deployment");
  await revert(editor);
  await size(1440, 900);
}

async function playsWhatIsChosen(): Promise<void> {
  await simulate("deployment.yaml");
  const created = await chooseMode("create");
  assert.match(created.verdict, /^Starts\. All 3 pods are ready after/);
  assert.equal(created.revisions.length, 1);
  const restarted = await chooseMode("restart");
  assert.match(restarted.verdict, /^Safe\./);
  assert.equal(restarted.revisions.length, 2);
  assert.equal(
    await inPanel(() => document.querySelector("[data-mode=change]")?.getAttribute("aria-disabled")),
    "true",
  );
}

async function scrubsByKeyboard(): Promise<void> {
  await simulate("deployment.yaml");
  await chooseMode("create");
  await press("Home", "[data-part=scrubber]");
  await page("the start", ({ time, ready }) => time === "0 s" && ready === 0);
  await press("End", "[data-part=scrubber]");
  await page("three ready pods at the end", ({ ready }) => ready === 3);
  await press(",", "[data-part=scrubber]");
  const before = await page("the change before", ({ time }) => time !== "0 s");
  await press(".", "[data-part=scrubber]");
  await page("the next change", ({ time }) => time !== before.time);
}

async function respectsReducedMotion(): Promise<void> {
  await simulate("deployment.yaml");
  await reduceMotion(true);
  try {
    await press("Home", "[data-part=scrubber]");
    await page("the start", ({ time }) => time === "0 s");
    await click("[data-part=play]");
    await page("the end, step by step", ({ time, ready }) => time !== "0 s" && ready === 3);
    await until("it has stopped", () =>
      inPanel(() => document.querySelector("[data-part=play]")?.getAttribute("aria-label")?.startsWith("Play")),
    );
  } finally {
    await reduceMotion(false);
  }
}

async function actsOnTheDrawing(): Promise<void> {
  await simulate("deployment.yaml");
  await chooseMode("create");
  await press("End", "[data-part=scrubber]");
  const { rows } = await page("three ready pods", ({ ready }) => ready === 3);
  const pod = rows.find(({ state }) => state === "Ready")?.name ?? "";
  await rightClick(`[data-pod="${pod}"]`);
  await page("its menu", ({ menu }) => menu.some((one) => one.startsWith("Delete this pod")));
  await press("Enter", "[role=menuitem]");
  const deleted = await page("a step of one's own", ({ steps }) => steps === 1);
  assert.ok(
    deleted.chips.some((one) => one.startsWith("Delete ")),
    deleted.chips.join(),
  );
  await page("four pods in all", (seen) => seen.rows.filter(({ name }) => /^web-\w+-/.test(name)).length === 4);
  await press("Control+z", "[data-part=scrubber]");
  await page("no step", ({ steps }) => steps === 0);
  await press("Control+y", "[data-part=scrubber]");
  await page("the step again", ({ steps }) => steps === 1);
  await press("Delete", ".chip.step");
  await page("the step removed by key", ({ steps }) => steps === 0);
}

async function goesBackToARevision(): Promise<void> {
  const editor = await simulate("deployment.yaml");
  await edit(editor, "nginx:1.27", "nginx:1.28");
  await until("a change to play", () =>
    inPanel(() => document.querySelector("[data-mode=change][aria-disabled=false]")),
  );
  await chooseMode("change");
  await page("two revisions", ({ revisions }) => revisions.length === 2);
  await press("End", "[data-part=scrubber]");
  await rightClick("[data-revision='1']");
  const { menu } = await page("its menu", (seen) => seen.menu.length > 0);
  await click(`[role=menuitem] >> nth=${menu.findIndex((one) => one.startsWith("Undo to revision 1"))}`);
  const seen = await page("revision 3 is the new one", ({ revisions }) =>
    /Revision 3.*new.*nginx:1\.27/.test(revisions[0] ?? ""),
  );
  assert.match(seen.revisions[1] ?? "", /Revision 2.*old.*nginx:1\.28/);
  await takeAllBack();
  await revert(editor);
}

async function asksWhatIf(): Promise<void> {
  await simulate("deployment.yaml");
  await press("w", "[data-part=scrubber]");
  await until("the form", () => inPanel(() => document.querySelector("[data-part=sheet]") !== null));
  await click("[data-part=sheet] [data-what-if=never-ready] input");
  const seen = await page("pods that never get ready", ({ code }) => code === "stuck");
  assert.match(seen.verdict, /^Gets stuck\. New pods never become ready/);
  assert.ok(
    seen.chips.some((one) => one === "Deadline"),
    seen.chips.join(),
  );
  await click("[data-part=sheet] header .link");
  await page("all well again", ({ code }) => code === "safe");
  await press("Escape", "[data-part=sheet] input");
  await until("no form", () => inPanel(() => document.querySelector("[data-part=sheet]") === null));
}

async function changesAssumptions(): Promise<void> {
  await simulate("deployment.yaml");
  const before = await chooseMode("create");
  await click("[data-timing=pull]");
  await fill("[data-part=ask] input", "30");
  await press("Enter", "[data-part=ask] input");
  await page("a longer run", ({ figures }) => figures["takes"] !== before.figures["takes"]);
  await takeAllBack();
  await page("the run as before", ({ figures }) => figures["takes"] === before.figures["takes"]);
}

async function comparesAndWrites(): Promise<void> {
  const editor = await simulate("deployment.yaml");
  await chooseMode("restart");
  await choose("[data-part=compare]", /Recreate/);
  const rows = await until("two runs side by side", () =>
    inPanel(() => {
      const found = [...document.querySelectorAll("[data-part=compare] tbody tr")].map((one) => one.textContent ?? "");
      return found.length === 2 && found;
    }),
  );
  assert.match(rows[0] ?? "", /better/, "the text as it is keeps more pods");
  await click("[data-part=use-this]");
  await until("the strategy in the manifest", () => /strategy:\s+type: Recreate\n/.test(editor.document.getText()));
  await press("c", "[data-part=scrubber]");
  await page("a downtime", ({ code }) => code === "downtime");
  await revert(editor);
}

async function saysWhichNodesAreLeftOut(): Promise<void> {
  await simulate("daemonset.yaml");
  await page("a pod on each of four nodes", ({ rows }) => rows.length === 4);
  const editor = await simulate("multi.yaml");
  const at = editor.document.positionAt(editor.document.getText().indexOf("name: log-shipper"));
  await vscode.window.showTextDocument(editor.document, {
    viewColumn: vscode.ViewColumn.One,
    selection: new vscode.Range(at, at),
  });
  const seen = await page("the cursor's workload", ({ title }) => title.startsWith("log-shipper"));
  assert.match(seen.nodes.find(({ name }) => name === "control-plane")?.reason ?? "", /control-plane:NoSchedule/);
  await screenshot("daemonset");
  await click("[data-node=control-plane] .link");
  await until("the toleration in the manifest", () =>
    /tolerations:[\s\S]*control-plane/.test(editor.document.getText()),
  );
  await page("no node left out", ({ nodes }) => nodes.every(({ reason }) => reason === ""));
  await revert(editor);
}

async function statefulSetHasIdentity(): Promise<void> {
  await simulate("statefulset.yaml");
  await page(
    "three ordinals, the highest above",
    ({ rows }) => rows.map(({ name }) => name).join() === "mysql-2,mysql-1,mysql-0",
  );
  const text = await inPanel(() => document.querySelector("[data-row='mysql-2']")?.textContent ?? "");
  assert.match(text ?? "", /mysql-2\.mysql.*data-mysql-2/);
  await screenshot("statefulset");
}

async function jobCompletes(): Promise<void> {
  await simulate("job.yaml");
  const seen = await page("ten completions", ({ code }) => code === "job-done");
  assert.equal(seen.figures["succeed"], "10 of 10");
  assert.match(seen.verdict, /^Completes\. All 10 completions succeed in .* are left until the deadline\.$/);
}

async function cronJobHasACalendar(): Promise<void> {
  await simulate("cronjob.yaml");
  const seen = await page("a calendar", ({ code }) => code === "cron");
  assert.match(seen.verdict, /^Next run (today|tomorrow) at 02:00.*every day at 02:00/);
  assert.match(seen.figures["next"] ?? "", /^\d+(:\d\d)? (h|min)$/);
  const days = await inPanel(() => [...document.querySelectorAll(".row.day")].map((one) => one.textContent ?? ""));
  assert.equal(days?.length, 7);
  assert.match(days?.[1] ?? "", /1 run$/);
  assert.equal(await inPanel(() => document.querySelectorAll(".times tbody tr").length), 10);
}

async function keepsThePictureOfInvalidText(): Promise<void> {
  const editor = await simulate("deployment.yaml");
  await edit(editor, "replicas: 3", "replicas: 5");
  await page("five pods", ({ figures }) => figures["least"]?.endsWith("of 5") === true);
  await edit(editor, "replicas: 5", "replicas: -5");
  const stale = await page("a word about the wrong text", (seen) => seen.stale !== "");
  assert.match(stale.stale, /Line 9:/);
  assert.match(stale.verdict, /^Was /);
  assert.match(stale.figures["least"] ?? "", /of 5$/, "the last valid picture stays");
  await edit(editor, "replicas: -5", "replicas: 4");
  await page(
    "the picture of the valid text",
    (seen) => seen.stale === "" && seen.figures["least"]?.endsWith("of 4") === true,
  );
  await revert(editor);
}

async function keepsTriesWhenClosed(): Promise<void> {
  const editor = await simulate("deployment.yaml");
  await press("End", "[data-part=scrubber]");
  await rightClick("[data-node=worker-1]");
  const { menu } = await page("the menu of the node", (seen) => seen.menu.length > 0);
  await click(`[role=menuitem] >> nth=${menu.findIndex((one) => one.startsWith("Drain worker-1"))}`);
  await page("a step", ({ steps, nodes }) => steps === 1 && nodes.length > 0);
  await new Promise((resolve) => setTimeout(resolve, 500));
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  await open("deployment.yaml");
  await until("the panel with the step", async () => {
    await vscode.commands.executeCommand("seatrial.simulate");
    return (await read())?.steps === 1;
  });
  await takeAllBack();
  await page("no step", ({ steps }) => steps === 0);
  await revert(editor);
}

async function foldsCrowds(): Promise<void> {
  const editor = await simulate("deployment.yaml");
  await edit(editor, "replicas: 3", "replicas: 60");
  await chooseMode("create");
  await until("a strip instead of sixty rows", () =>
    inPanel(
      () =>
        document.querySelectorAll(".row.strip").length === 1 && document.querySelectorAll("[data-pod]").length === 0,
    ),
  );
  await click("[data-revision] .fold-group");
  await until("rows to scroll", () => inPanel(() => document.querySelectorAll(".scrolled [data-pod]").length === 60));
  await click("[data-revision] .fold-group");
  await revert(editor);
}

async function keepsItsPolicy(): Promise<void> {
  await simulate("deployment.yaml");
  const policy = await inPanel(() => document.querySelector("meta[http-equiv]")?.getAttribute("content") ?? "");
  assert.match(policy ?? "", /default-src 'none'/);
  assert.doesNotMatch(policy ?? "", /unsafe-inline|unsafe-eval/);
  assert.equal(await inPanel(() => document.querySelectorAll("#panel script").length), 0);
}

/** What axe finds that is serious, by its rules for the page as it is now. */
export async function violations(): Promise<readonly string[] | null> {
  const require_ = createRequire(__filename);
  await addScript(readFileSync(require_.resolve("axe-core/axe.min.js"), "utf8"));
  return inPanel(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(root: string): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
    };
    const { violations: found } = await axe.run("#panel");
    return found
      .filter((one) => one.impact === "serious" || one.impact === "critical")
      .flatMap((one) => one.nodes.map(({ html }) => `${one.id}: ${html}`));
  });
}

async function fitsWhenNarrow(): Promise<void> {
  await simulate("statefulset.yaml");
  await vscode.commands.executeCommand("workbench.action.closeSidebar");
  await size(640, 900);
  const overflow = await until("a narrow page", () =>
    inPanel(() => (innerWidth <= 320 ? { over: document.documentElement.scrollWidth - innerWidth } : null)),
  );
  assert.ok(overflow.over <= 0, `the page is ${overflow.over} px too wide`);
  assert.deepEqual(await violations(), []);
  await screenshot("statefulset-320");
  await size(1440, 900);
}

async function opensScenarios(): Promise<void> {
  await simulate("deployment.yaml");
  await takeAllBack();
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  await open("deployment.seatrial.yaml");
  await vscode.commands.executeCommand("seatrial.openScenario");
  const seen = await page("the scenario in the panel of its manifest", ({ verdict }) => /worker-1/.test(verdict));
  assert.equal(seen.title, "web");
  assert.equal(seen.mode, "restart");
  assert.match(seen.verdict, /worker-1 is drained at 5 s/);
  await takeAllBack();
}

export const panelTests: readonly VsCodeTest[] = [
  { name: "the first screen answers a newcomer's questions without scrolling", run: answersTheFirstQuestions },
  { name: "creation, change or restart is played as chosen", run: playsWhatIsChosen },
  { name: "the ruler is worked by keyboard", run: scrubsByKeyboard },
  { name: "with reduced motion Play steps from change to change", run: respectsReducedMotion },
  { name: "a pod is deleted from its menu, and that undone and redone", run: actsOnTheDrawing },
  { name: "an earlier revision is gone back to from its menu", run: goesBackToARevision },
  { name: "what-ifs change the verdict, and go without a trace", run: asksWhatIf },
  { name: "what a run takes for granted can be changed where it stands", run: changesAssumptions },
  { name: "two strategies are compared, and the other one is written into the manifest", run: comparesAndWrites },
  {
    name: "a node that is left out keeps its row with the reason, and can be tolerated",
    run: saysWhichNodesAreLeftOut,
  },
  { name: "a StatefulSet shows ordinals, DNS names and claims", run: statefulSetHasIdentity },
  { name: "a Job completes ten times", run: jobCompletes },
  { name: "a CronJob has a calendar of its runs", run: cronJobHasACalendar },
  { name: "the last valid picture stays while the text is not", run: keepsThePictureOfInvalidText },
  { name: "what was tried outlives the panel", run: keepsTriesWhenClosed },
  { name: "a crowd of pods is one strip that opens", run: foldsCrowds },
  { name: "the page keeps a strict policy", run: keepsItsPolicy },
  { name: "a panel of 320 px fits", run: fitsWhenNarrow },
];

export const scenarioTests: readonly VsCodeTest[] = [
  { name: "panel: a scenario that is kept as a file opens again", run: opensScenarios },
];
