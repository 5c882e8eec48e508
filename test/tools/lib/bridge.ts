/**
 * What the suite inside VS Code's extension host can ask of the browser outside: to read and work the panel's page.
 * One local HTTP server; each request is `{ op, ... }`, each answer `{ value }` or `{ error }`.
 */

import { mkdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Frame, Page } from "playwright-core";
import { toolsFolder } from "../install.ts";

/** The frame of the newest visible panel: webviews sit two frames deep. */
export async function panelFrame(page: Page): Promise<Frame | null> {
  for (const frame of [...page.frames()].reverse()) {
    const isPanel = await frame.evaluate(() => document.getElementById("panel") !== null).catch(() => false);
    if (isPanel) return frame;
  }
  return null;
}

/** As `panelFrame`, where a panel has to be there. */
async function openPanel(page: Page): Promise<Frame> {
  const frame = await panelFrame(page);
  if (frame === null) throw new Error("no panel is open");
  return frame;
}

/** What may stand in a request, by its operation. */
interface Asked {
  readonly button?: "left" | "right";
  readonly source: string;
  readonly argument?: unknown;
  readonly selector: string;
  readonly text: string;
  readonly key: string;
  readonly width: number;
  readonly height: number;
  readonly reduced: boolean;
  readonly name: string;
  readonly whole: boolean;
}

const operations = {
  /** Calls a function, given as text, in the panel's page. Null while there is no panel. */
  async panel(page: Page, { source, argument }: Pick<Asked, "source" | "argument">) {
    const frame = await panelFrame(page);
    if (frame === null) return null;
    return frame.evaluate(`(${source})(${JSON.stringify(argument ?? null)})`);
  },
  /** Calls a function in all frames, newest first; gives the first answer that is not null. */
  async frames(page: Page, { source }: Pick<Asked, "source">) {
    for (const frame of [...page.frames()].reverse()) {
      const answer = await frame.evaluate(`(${source})()`).catch(() => null);
      if (answer !== null && answer !== undefined) return answer;
    }
    return null;
  },
  async workbench(page: Page, { source, argument }: Pick<Asked, "source" | "argument">) {
    return page.evaluate(`(${source})(${JSON.stringify(argument ?? null)})`);
  },
  async click(page: Page, { selector, button }: Pick<Asked, "selector" | "button">) {
    const frame = await openPanel(page);
    await frame
      .locator(selector)
      .first()
      .click({ timeout: 10_000, button: button ?? "left" });
    return true;
  },
  async fill(page: Page, { selector, text }: Pick<Asked, "selector" | "text">) {
    const frame = await openPanel(page);
    await frame.locator(selector).first().fill(text, { timeout: 10_000 });
    return true;
  },
  async press(page: Page, { selector, key }: Pick<Asked, "key"> & Partial<Pick<Asked, "selector">>) {
    if (selector === undefined) await page.keyboard.press(key);
    else await (await openPanel(page)).locator(selector).first().press(key, { timeout: 10_000 });
    return true;
  },
  /** On the keyboard, wherever the focus is. */
  async type(page: Page, { text }: Pick<Asked, "text">) {
    await page.keyboard.type(text);
    return true;
  },
  async size(page: Page, { width, height }: Pick<Asked, "width" | "height">) {
    await page.setViewportSize({ width, height });
    return true;
  },
  /** As if the person had asked the system for less motion, or not. */
  async motion(page: Page, { reduced }: Pick<Asked, "reduced">) {
    await page.emulateMedia({ reducedMotion: reduced ? "reduce" : "no-preference" });
    return true;
  },
  async script(page: Page, { text }: Pick<Asked, "text">) {
    await (await openPanel(page)).evaluate(text);
    return true;
  },
  /** Kept in a folder that git ignores. */
  async screenshot(page: Page, { name, whole }: Pick<Asked, "name" | "whole">) {
    const folder = join(toolsFolder, "screenshots");
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${name}.png`);
    const panel = whole ? await (await (await openPanel(page)).frameElement()).boundingBox() : null;
    await page.screenshot({ path, ...(panel ? { clip: panel } : {}) });
    return true;
  },
};

/** What a suite says of one of its tests. */
export interface TestResult {
  readonly name: string;
  readonly milliseconds: number;
  readonly error?: string;
}

export interface Bridge {
  readonly url: string;
  /** The page that is read and worked from now on. */
  attach(page: Page): void;
  stop(): void;
}

type Message = ({ readonly op: "result" } & TestResult) | ({ readonly op: keyof typeof operations } & Asked);

/** Starts the bridge; `onResult` is given each test's result as it ends. */
export async function startBridge(onResult: (result: TestResult) => void): Promise<Bridge> {
  let page: Page | null = null;
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    try {
      const message = JSON.parse(body) as Message;
      let value: unknown = null;
      if (message.op === "result") onResult(message);
      else if (page === null) throw new Error("no page is open yet");
      else value = await operations[message.op](page, message);
      response.end(JSON.stringify({ value: value ?? null }));
    } catch (error) {
      response.end(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    attach(opened) {
      page = opened;
    },
    stop: () => server.close(),
  };
}
