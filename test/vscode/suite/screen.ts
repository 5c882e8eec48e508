/** The screen of the terminal in front, read and typed into. */
import { inWorkbench, press, type, until } from "./bridge.ts";

/** The rows of the terminal in front, without those that are empty. */
export const screen = () =>
  inWorkbench(() => {
    const shown = [...document.querySelectorAll<HTMLElement>(".terminal-wrapper.active .xterm-rows")].at(-1);
    const rows = [...(shown?.children ?? [])].map((row) => (row.textContent ?? "").replaceAll("\u00a0", " ").trimEnd());
    return rows.filter((row) => row !== "");
  });

/** Waits until the screen shows it; gives all of its rows as one text. */
export const shows = (what: RegExp) =>
  until(`a screen with ${what}`, async () => {
    const text = (await screen()).join("\n");
    if (what.test(text)) return text;
    throw new Error(text);
  });

/** Enters a line, and gives the screen once there is a prompt below what it printed. */
export async function enter(line: string, shown: RegExp): Promise<string> {
  await type(line);
  await press("Enter");
  return shows(new RegExp(`${shown.source}[\\s\\S]*^\\+\\S+ \\$$`, "m"));
}

/** Whether the terminal has the keyboard. */
export const hasKeyboard = () =>
  inWorkbench(() => document.activeElement?.classList.contains("xterm-helper-textarea") ?? false);
