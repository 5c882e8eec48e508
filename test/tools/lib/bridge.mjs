/**
 * What the suite inside VS Code's extension host can ask of the browser outside: to read and work the panel's page.
 * One local HTTP server; each request is `{ op, ... }`, each answer `{ value }` or `{ error }`.
 */

import { mkdirSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { toolsFolder } from "./run.mjs";

/** The frame of the newest visible panel: webviews sit two frames deep. */
export async function panelFrame(page) {
  for (const frame of [...page.frames()].reverse()) {
    const isPanel = await frame.evaluate(() => document.getElementById("panel") !== null).catch(() => false);
    if (isPanel) return frame;
  }
  return null;
}

const operations = {
  /** Calls a function, given as text, in the panel's page. Null while there is no panel. */
  async panel(page, { source, argument }) {
    const frame = await panelFrame(page);
    if (frame === null) return null;
    return frame.evaluate(`(${source})(${JSON.stringify(argument ?? null)})`);
  },
  /** Calls a function in all frames, newest first; gives the first answer that is not null. */
  async frames(page, { source }) {
    for (const frame of [...page.frames()].reverse()) {
      const answer = await frame.evaluate(`(${source})()`).catch(() => null);
      if (answer !== null && answer !== undefined) return answer;
    }
    return null;
  },
  async workbench(page, { source, argument }) {
    return page.evaluate(`(${source})(${JSON.stringify(argument ?? null)})`);
  },
  async click(page, { selector }) {
    const frame = await panelFrame(page);
    await frame.locator(selector).first().click({ timeout: 10_000 });
    return true;
  },
  async fill(page, { selector, text }) {
    const frame = await panelFrame(page);
    await frame.locator(selector).first().fill(text, { timeout: 10_000 });
    return true;
  },
  async press(page, { selector, key }) {
    if (selector === undefined) await page.keyboard.press(key);
    else await (await panelFrame(page)).locator(selector).first().press(key, { timeout: 10_000 });
    return true;
  },
  /** On the keyboard, wherever the focus is. */
  async type(page, { text }) {
    await page.keyboard.type(text);
    return true;
  },
  async size(page, { width, height }) {
    await page.setViewportSize({ width, height });
    return true;
  },
  /** As if the person had asked the system for less motion, or not. */
  async motion(page, { reduced }) {
    await page.emulateMedia({ reducedMotion: reduced ? "reduce" : "no-preference" });
    return true;
  },
  async script(page, { text }) {
    await (await panelFrame(page)).evaluate(text);
    return true;
  },
  /** Kept in a folder that git ignores. */
  async screenshot(page, { name, whole }) {
    const folder = join(toolsFolder, "screenshots");
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${name}.png`);
    const panel = whole ? await (await (await panelFrame(page)).frameElement()).boundingBox() : null;
    await page.screenshot({ path, ...(panel ? { clip: panel } : {}) });
    return true;
  },
};

/** Starts the bridge; `onResult` is given each test's `{ name, error?, milliseconds }` as it ends. */
export async function startBridge(onResult) {
  let page = null;
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const message = JSON.parse(body);
    try {
      const value = message.op === "result" ? onResult(message) : await operations[message.op](page, message);
      response.end(JSON.stringify({ value: value ?? null }));
    } catch (error) {
      response.end(JSON.stringify({ error: String(error?.message ?? error) }));
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    attach: (opened) => (page = opened),
    stop: () => server.close(),
  };
}
