/** Text of objects as it may be shown on a terminal. */

/** Without whatever a terminal, or the order of writing, could take for more than text. */
export function visible(text: string): string {
  return text
    .replace(/\r\n/g, "\n")
    .replace(/(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "\ufffd");
}
