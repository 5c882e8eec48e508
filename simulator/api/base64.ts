/** Base64 of a text's UTF-8 bytes. */
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The text as the server keeps the values of Secrets. */
export function base64Of(text: string): string {
  const bytes = utf8Of(text);
  let result = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [one = 0, two = 0, three = 0] = bytes.slice(at, at + 3);
    const bits = (one << 16) | (two << 8) | three;
    const four = [18, 12, 6, 0].map((shift) => letters[(bits >> shift) & 63]).join("");
    const missing = Math.max(0, at + 3 - bytes.length);
    result += four.slice(0, 4 - missing) + "=".repeat(missing);
  }
  return result;
}

function utf8Of(text: string): readonly number[] {
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return bytes;
}
