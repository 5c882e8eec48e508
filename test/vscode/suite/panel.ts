/** The panel, read and worked through its page. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as vscode from "vscode";
import { addScript, click, fill, inPanel, press, reduceMotion, screenshot, size, until } from "./bridge.ts";
import { open } from "./editor.ts";
import type { VsCodeTest } from "./vscode-test.ts";

/** What the page says, as a person reads it. */
export const read = () =>
  inPanel(() => ({
    title: document.querySelector("h1")?.textContent ?? "",
    workload: document.querySelector("header button, header select")?.textContent ?? "",
    workloads: [...document.querySelectorAll("header option")].map((one) => one.textContent ?? ""),
    chosen: document.querySelector<HTMLSelectElement>("header select")?.selectedOptions[0]?.textContent ?? "",
    status: document.querySelector("[data-part=status]")?.textContent ?? "",
    now: document.querySelector("[data-part=now]")?.textContent ?? "",
    time: document.querySelector("[data-part=time]")?.textContent ?? "",
    nodes: [...document.querySelectorAll(".node")].map((node) => ({
      name: node.getAttribute("data-node") ?? "",
      pods: node.getAttribute("data-pods") ?? "",
      reason: node.querySelector("[data-part=reason]")?.textContent ?? "",
    })),
    ready: document.querySelectorAll(".pod[data-state=ready]").length,
    pods: document.querySelectorAll(".pod").length,
    revisions: [...document.querySelectorAll("[data-revision]")].map((row) => row.textContent ?? ""),
    steps: document.querySelectorAll(".step").length,
    refused: document.querySelector("[data-part=refused], [data-part=step-refused]")?.textContent ?? "",
    historyTop: document.getElementById("history")?.getBoundingClientRect().top ?? -1,
    height: innerHeight,
    invalid: document.querySelector("[data-part=invalid]")?.textContent ?? "",
  }));

export async function simulate(file: string): Promise<vscode.TextEditor> {
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  const editor = await open(file);
  await until("the workload is known", async () => {
    await vscode.commands.executeCommand("seatrial.simulate");
    return (await read())?.title === file;
  });
  return editor;
}

async function showsThreePods(): Promise<void> {
  await simulate("deployment.yaml");
  const page = await until("three ready pods", async () => {
    const seen = await read();
    return seen?.ready === 3 && seen;
  });
  assert.equal(page.nodes.length, 4);
  assert.deepEqual(page.nodes.map((one) => one.pods).sort(), ["0", "1", "1", "1"]);
  assert.match(page.nodes.find((one) => one.pods === "0")?.reason ?? "", /control-plane:NoSchedule/);
  await screenshot("deployment");
}

async function setsAnImage(): Promise<void> {
  await fill("[data-part=image]", "nginx:1.28");
  await press("Enter", "[data-part=image]");
  const page = await until("three pods of the new revision", async () => {
    const seen = await read();
    const [now, end] = (seen?.time ?? "").split(" / ");
    return seen?.revisions.length === 2 && seen.pods === 3 && seen.ready === 3 && now === end && seen;
  });
  assert.match(page.revisions[0] ?? "", /2.*nginx:1\.28.*current/);
  assert.match(page.revisions[1] ?? "", /1.*nginx:1\.27/);
  await inPanel(() => scrollTo(0, 0));
  await screenshot("rollout");
}

async function undoes(): Promise<void> {
  await click('[data-revision="1"] button');
  await until("revision 3 is current", async () => {
    const seen = await read();
    return seen?.revisions[0]?.startsWith("3") && /nginx:1\.27/.test(seen.revisions[0]);
  });
}

async function scrubs(): Promise<void> {
  await press("Home", "[data-part=scrubber]");
  await until("no pod at the start", async () => (await read())?.time.startsWith("0 s"));
  await press("End", "[data-part=scrubber]");
  await until("three pods at the end", async () => (await read())?.pods === 3);
}

async function respectsReducedMotion(): Promise<void> {
  await simulate("deployment.yaml");
  await until("three ready pods", async () => (await read())?.ready === 3);
  await reduceMotion(true);
  try {
    await press("Home", "[data-part=scrubber]");
    await until("the start", async () => (await read())?.time.startsWith("0 s"));
    await click("[data-part=play]");
    // Played, the playhead would be seen on its way.
    const [now, end] = await until("the playhead elsewhere", () =>
      inPanel(() => {
        const words = (document.querySelector("[data-part=time]")?.textContent ?? "").split(" / ");
        return words[0]?.startsWith("0 s") ? null : words;
      }),
    );
    assert.equal(now, end);
    assert.equal(await inPanel(() => document.querySelector("[data-part=play]")?.textContent), "Play");
  } finally {
    await reduceMotion(false);
  }
}

async function saysWhatIsLeftOut(): Promise<void> {
  await simulate("deployment.yaml");
  await fill("[data-part=replicas]", "400");
  await press("Enter", "[data-part=replicas]");
  await until("more than can be listed", async () => {
    await press("End", "[data-part=scrubber]");
    return inPanel(() => {
      const waiting = document.querySelectorAll(".waiting .pod").length;
      const words = document.querySelector(".waiting [data-part=more]")?.textContent;
      const earlier = document.querySelector("[data-part=earlier]")?.textContent ?? "";
      return (
        waiting === 60 && words === "and 292 more: 292 Pending" && /^\d+ earlier events are not listed/.test(earlier)
      );
    });
  });
  // The events listed are those before the playhead, wherever it is.
  await press("Home", "[data-part=scrubber]");
  const first = await until("the first events", () =>
    inPanel(() =>
      document.querySelector("[data-part=earlier]") === null
        ? document.querySelector(".events li:last-child .message")?.textContent
        : null,
    ),
  );
  assert.match(first, /Scaled up replica set web-\w+ from 0 to 3/);
}

async function followsTheText(): Promise<void> {
  const editor = await simulate("deployment.yaml");
  const { document } = editor;
  const line = document
    .getText()
    .split("\n")
    .findIndex((text) => text.includes("replicas: 3"));
  const change = new vscode.WorkspaceEdit();
  change.replace(document.uri, document.lineAt(line).range, "  replicas: 5");
  await vscode.workspace.applyEdit(change);
  await until("five pods", async () => (await read())?.ready === 5);
  const wrong = new vscode.WorkspaceEdit();
  wrong.replace(document.uri, document.lineAt(line).range, "  replicas: -5");
  await vscode.workspace.applyEdit(wrong);
  await until("a word about the wrong text", async () => (await read())?.invalid);
  await vscode.commands.executeCommand("workbench.action.files.revert");
}

async function daemons(): Promise<void> {
  await simulate("daemonset.yaml");
  await until("a pod on each of four nodes", async () => {
    const seen = await read();
    return seen?.nodes.length === 4 && seen.nodes.every((one) => one.pods === "1");
  });
  const editor = await simulate("multi.yaml");
  const line = editor.document
    .getText()
    .split("\n")
    .findIndex((text) => text.includes("name: log-shipper"));
  editor.selection = new vscode.Selection(line, 0, line, 0);
  await vscode.commands.executeCommand("seatrial.simulate");
  await until("a pod on three of four nodes", async () => {
    const seen = await read();
    const counts = seen?.nodes
      .map((one) => one.pods)
      .sort()
      .join();
    return counts === "0,1,1,1" && seen?.nodes.some((one) => /control-plane:NoSchedule/.test(one.reason));
  });
  await screenshot("daemonset");
}

async function statefulSetHasIdentity(): Promise<void> {
  await simulate("statefulset.yaml");
  await until("mysql-2 with its names", () =>
    inPanel(() => {
      const text = document.body.textContent ?? "";
      return text.includes("mysql-2.mysql.default.svc.cluster.local") && text.includes("data-mysql-2");
    }),
  );
  await screenshot("statefulset");
}

async function jobCompletes(): Promise<void> {
  await simulate("job.yaml");
  await until("ten completions", () => inPanel(() => /10 of 10 completed/.test(document.body.textContent ?? "")));
}

async function cronJobRuns(): Promise<void> {
  await simulate("cronjob.yaml");
  await until("a run of the CronJob", () => inPanel(() => document.querySelectorAll("[data-job]").length > 0));
  const text = await inPanel(() => document.querySelector("[data-job]")?.textContent ?? "");
  assert.match(text ?? "", /Start: \w+, Jan \d+, 02:00 UTC, \d+ d/, "a run has its time on the calendar");
  const marks = await inPanel(() => [...document.querySelectorAll(".tick")].map((one) => one.textContent ?? ""));
  assert.ok(
    marks && marks.length > 1 && marks.every((one) => /^(\d\d:\d\d|Jan \d+)$/.test(one)),
    `clock times: ${marks}`,
  );
  assert.match(
    (await inPanel(() => document.querySelector("[data-part=now]")?.textContent ?? "")) ?? "",
    /^At \w+, Jan \d+, \d\d:\d\d UTC: /,
  );
}

async function keepsItsPolicy(): Promise<void> {
  await simulate("deployment.yaml");
  await until("pods", async () => (await read())?.ready === 3);
  const policy = await inPanel(() => document.querySelector("meta[http-equiv]")?.getAttribute("content") ?? "");
  assert.match(policy ?? "", /default-src 'none'/);
  assert.doesNotMatch(policy ?? "", /unsafe-inline|unsafe-eval/);
  assert.equal(await inPanel(() => document.querySelectorAll("#panel [style], #panel script").length), 0);
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
  await until("pods", async () => (await read())?.ready === 3);
  await vscode.commands.executeCommand("workbench.action.closeSidebar");
  await size(640, 900);
  const overflow = await until("a narrow page", () =>
    inPanel(() => (innerWidth <= 320 ? { over: document.documentElement.scrollWidth - innerWidth } : null)),
  );
  assert.ok(overflow.over <= 0, `the page is ${overflow.over} px too wide`);
  await screenshot("statefulset-320");
  await size(1440, 900);
}

export const panelTests: readonly VsCodeTest[] = [
  { name: "Simulate shows three ready pods, and why the control plane has none", run: showsThreePods },
  { name: "a new image rolls out to three pods of revision 2", run: setsAnImage },
  { name: "undo makes revision 3 of revision 1", run: undoes },
  { name: "the scrubber goes to both ends by keyboard", run: scrubs },
  { name: "with reduced motion Play shows the end at once", run: respectsReducedMotion },
  { name: "long lists say in words what they leave out", run: saysWhatIsLeftOut },
  { name: "the panel follows the text while it is typed", run: followsTheText },
  { name: "a tolerating DaemonSet takes four nodes, another three", run: daemons },
  { name: "a StatefulSet shows names, claims and DNS", run: statefulSetHasIdentity },
  { name: "a Job completes ten times", run: jobCompletes },
  { name: "a CronJob starts Jobs", run: cronJobRuns },
  { name: "the page keeps a strict policy", run: keepsItsPolicy },
  { name: "a panel of 320 px fits", run: fitsWhenNarrow },
];
