/** The suite's hand on the browser outside (see test/tools/lib/bridge.ts), and its patience. */

async function ask(message: Record<string, unknown>): Promise<unknown> {
  const url = process.env["SEATRIAL_TEST_BRIDGE"];
  if (url === undefined) throw new Error("these suites run through npm run test:vscode");
  const response = await fetch(url, { method: "POST", body: JSON.stringify(message) });
  const { value, error } = (await response.json()) as { value?: unknown; error?: string };
  if (error !== undefined) throw new Error(error);
  return value;
}

/** Calls `read` in the panel's page; it sees nothing of this file. Null while no panel is there. */
export async function inPanel<Argument, Result>(
  read: (argument: Argument) => Result,
  argument?: Argument,
): Promise<Result | null> {
  return (await ask({ op: "panel", source: read.toString(), argument })) as Result | null;
}

/** The first answer that is not null of all pages within the window's page, newest first. */
export const inFrames = async <Result>(read: () => Result) =>
  (await ask({ op: "frames", source: read.toString() })) as Result | null;
export const inWorkbench = async <Argument, Result>(read: (argument: Argument) => Result, argument?: Argument) =>
  (await ask({ op: "workbench", source: read.toString(), argument })) as Result;
export const click = (selector: string) => ask({ op: "click", selector });
export const rightClick = (selector: string) => ask({ op: "click", selector, button: "right" });
export const fill = (selector: string, text: string) => ask({ op: "fill", selector, text });
export const press = (key: string, selector?: string) => ask({ op: "press", key, selector });
export const type = (text: string) => ask({ op: "type", text });
export const size = (width: number, height: number) => ask({ op: "size", width, height });
export const reduceMotion = (reduced: boolean) => ask({ op: "motion", reduced });
export const addScript = (text: string) => ask({ op: "script", text });
/** Of the window, or with `whole` of the panel alone. */
export const screenshot = (name: string, whole = false) => ask({ op: "screenshot", name, whole });
export const report = (result: { name: string; error?: string; milliseconds: number }) =>
  ask({ op: "result", ...result });

/** Asks again until `read` gives something other than null, undefined and false; then gives that. The limit only ends what hangs. */
export async function until<T>(
  what: string,
  read: () => T | Promise<T>,
  patience = 60_000,
): Promise<Exclude<T, null | undefined | false>> {
  const begin = Date.now();
  let last: unknown;
  for (;;) {
    try {
      const value = await read();
      if (value !== null && value !== undefined && value !== false)
        return value as Exclude<T, null | undefined | false>;
      last = value;
    } catch (error) {
      last = error;
    }
    if (Date.now() - begin > patience) throw new Error(`not within ${patience} ms: ${what} (last: ${String(last)})`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
