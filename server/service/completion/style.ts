/** The style in which a document is written: how far in, and with which line breaks. */
import type { Sketched } from "../../yaml/sketch/sketch.ts";
import type { Manifest, Slice } from "../manifest.ts";
import type { Style } from "./draft.ts";

/** Characters of a file in which its style is looked for where a document does not show it. */
const firstLook = 20_000;

/** The style of a document; what it does not show is as in the documents before it, and as most write it where nothing shows it. */
export function styleOf({ slices }: Manifest, slice: Slice, { step, listIndent }: Sketched): Style {
  const lineBreak = slice.text.includes("\r\n") ? "\r\n" : "\n";
  if (step !== null && listIndent !== null) return { step, listIndent, lineBreak };
  let head = "";
  for (const { text } of slices) {
    if (head.length > firstLook) break;
    head += text.slice(0, firstLook);
  }
  const steps = step ?? /^(?=\S)[^\n#]*:[ \t]*\r?\n( +)[^\s#-]/m.exec(head)?.[1]?.length ?? 2;
  const list = /^( *)[^\s#-][^\n]*:[ \t]*\r?\n\1( *)- /m.exec(head);
  return { step: steps, listIndent: listIndent ?? list?.[2]?.length ?? steps, lineBreak };
}
