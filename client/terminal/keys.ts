/** The bytes of a terminal as keys. Pure. */

export type KeyName =
  | "enter"
  | "tab"
  | "escape"
  | "backspace"
  | "delete"
  | "left"
  | "right"
  | "up"
  | "down"
  | "home"
  | "end"
  | "word-left"
  | "word-right"
  | "kill-word-left"
  | "kill-word-right"
  | "rub-out-word"
  | "kill-to-start"
  | "kill-to-end"
  | "yank"
  | "last-argument"
  | "transpose"
  | "search"
  | "cancel"
  | "interrupt"
  | "end-of-input"
  | "clear-screen";

export type Key =
  | { readonly key: KeyName }
  /** Typed text without control characters. */
  | { readonly text: string }
  /** A paste that the terminal has marked as one; lines end with `\n`. */
  | { readonly paste: string };

/** What is left of the bytes until more of them come: part of a marked paste. */
export interface Decoder {
  readonly paste: string | null;
}

export const freshDecoder: Decoder = { paste: null };

const controls: Readonly<Record<string, KeyName>> = {
  "\r": "enter",
  "\n": "enter",
  "\t": "tab",
  "\x7f": "backspace",
  "\b": "backspace",
  "\x01": "home",
  "\x02": "left",
  "\x03": "interrupt",
  "\x04": "end-of-input",
  "\x05": "end",
  "\x06": "right",
  "\x07": "cancel",
  "\x0b": "kill-to-end",
  "\x0c": "clear-screen",
  "\x0e": "down",
  "\x10": "up",
  "\x12": "search",
  "\x14": "transpose",
  "\x15": "kill-to-start",
  "\x17": "rub-out-word",
  "\x19": "yank",
};

/** What follows `ESC [` or `ESC O`. */
const sequences: Readonly<Record<string, KeyName>> = {
  A: "up",
  B: "down",
  C: "right",
  D: "left",
  H: "home",
  F: "end",
  "1~": "home",
  "7~": "home",
  "4~": "end",
  "8~": "end",
  "3~": "delete",
  "1;3C": "word-right",
  "1;5C": "word-right",
  "1;3D": "word-left",
  "1;5D": "word-left",
  "3;3~": "kill-word-right",
  "3;5~": "kill-word-right",
};

/** What follows `ESC` alone: a key with Alt. */
const alts: Readonly<Record<string, KeyName>> = {
  b: "word-left",
  f: "word-right",
  d: "kill-word-right",
  "\x7f": "kill-word-left",
  "\b": "kill-word-left",
  ".": "last-argument",
};

const pasteStart = "\x1b[200~";
const pasteEnd = "\x1b[201~";
/** What may follow `ESC` as a sequence. */
const sequence = /^(?:\[([0-9;?]*[A-Za-z~])|O([A-Za-z]))/;

/** The keys in `data`, and the decoder for what comes after it. Sequences that mean nothing here are passed over. */
export function decodeKeys(
  decoder: Decoder,
  data: string,
): { readonly keys: readonly Key[]; readonly decoder: Decoder } {
  const keys: Key[] = [];
  let rest = data;
  let { paste } = decoder;
  while (rest !== "") {
    if (paste !== null) {
      const end = (paste + rest).indexOf(pasteEnd);
      if (end < 0) return { keys, decoder: { paste: paste + rest } };
      const whole: string = paste + rest;
      keys.push({ paste: pasted(whole.slice(0, end)) });
      rest = whole.slice(end + pasteEnd.length);
      paste = null;
    } else if (rest.startsWith(pasteStart)) {
      rest = rest.slice(pasteStart.length);
      paste = "";
    } else {
      const { key, length } = firstKey(rest);
      if (key) keys.push(key);
      rest = rest.slice(length);
    }
  }
  return { keys, decoder: { paste } };
}

function firstKey(data: string): { readonly key?: Key; readonly length: number } {
  if (data.startsWith("\x1b")) {
    const found = sequence.exec(data.slice(1));
    if (found) {
      const name = sequences[found[1] ?? found[2] ?? ""];
      return { ...(name ? { key: { key: name } } : {}), length: 1 + found[0].length };
    }
    const name = alts[data.charAt(1)];
    return name ? { key: { key: name }, length: 2 } : { key: { key: "escape" }, length: 1 };
  }
  // A line end of two characters is one key.
  if (data.startsWith("\r\n")) return { key: { key: "enter" }, length: 2 };
  const name = controls[data.charAt(0)];
  if (name) return { key: { key: name }, length: 1 };
  const text = /^\P{Cc}+/u.exec(data)?.[0];
  return text === undefined ? { length: 1 } : { key: { text }, length: text.length };
}

/** Line ends as `\n`, without the last one and without what would move a cursor. */
function pasted(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/\n$/, "")
    .replaceAll("\t", "  ")
    .replace(/(?!\n)\p{Cc}/gu, "");
}
