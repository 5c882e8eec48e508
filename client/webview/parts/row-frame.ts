/** What the rows of all kinds share: how they are walked, and what is read out of them. */
import type { Life } from "../../../simulator/insight/lives.ts";
import { duration, say } from "../messages/words.ts";
import type { Scale } from "../picture/scale.ts";
import * as model from "../state/model.ts";
import { seek } from "../state/playhead.ts";

/** What every row needs to draw. */
export interface Frame {
  readonly scale: Scale;
  readonly from: number;
}

/** Opens the menu of a row by key, and walks the rows by arrow. */
export const rowKeys = (open: (event: KeyboardEvent) => void) => (event: KeyboardEvent) => {
  if (event.key === "Enter" || event.key === "ContextMenu" || (event.shiftKey && event.key === "F10")) {
    open(event);
    event.preventDefault();
    event.stopPropagation();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const all = [...document.querySelectorAll<HTMLElement>(".picture [data-row]")];
    const at = all.indexOf(event.currentTarget as HTMLElement);
    all[at + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
    event.preventDefault();
    event.stopPropagation();
  }
};

/** Whether a row is the one that the Tab key stops at: the first of all. */
export const stop = (isFirst: boolean) => ({ tabIndex: isFirst ? 0 : -1 });

/** All stages of a life in words, for who cannot see them. */
export function stagesInWords(life: Life, from: number): string {
  return life.spans.map((span) => `${say(span.stage)} ${duration(Math.max(0, span.from - from))}`).join("; ");
}

/** Rows of one list are at most this many; the rest is counted. */
export const mostRows = 200;

/** Puts the playhead where the track was clicked. */
export function seekByClick(event: MouseEvent): void {
  const track = (event.target as Element).closest(".track");
  if (!track || (event.target as Element).closest("button, a, .ticks")) return;
  const { left, width } = track.getBoundingClientRect();
  if (event.clientX < left || event.clientX > left + width) return;
  seek(model.scale.value.time(((event.clientX - left) / width) * 100));
}
