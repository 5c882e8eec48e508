/** Base64 as JSON carries bytes (RFC 4648, padded). */

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The bytes of a text in UTF-8, as base64. */
export function base64Of(text: string): string {
  return fromBytes(utf8(text));
}

function fromBytes(bytes: readonly number[]): string {
  let out = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.slice(at, at + 3);
    const word = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    const [first, second, third, fourth] = [18, 12, 6, 0].map((shift) => alphabet[(word >> shift) & 63]);
    out += `${first}${second}${b === undefined ? "=" : third}${c === undefined ? "=" : fourth}`;
  }
  return out;
}

function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else {
      bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    }
  }
  return bytes;
}

/** The bytes of base64, line breaks aside; undefined when it is none. */
export function decodeBase64(text: string): readonly number[] | undefined {
  const digits = text.replace(/[\r\n]/g, "");
  if (digits.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(digits)) return undefined;
  const bytes: number[] = [];
  const bare = digits.replace(/=+$/, "");
  let word = 0;
  let bits = 0;
  for (const digit of bare) {
    word = ((word << 6) | alphabet.indexOf(digit)) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((word >> bits) & 255);
  }
  return bytes;
}

/** The bytes of base64 as a text, each byte a letter; enough to look for what is written in ASCII. */
export function asciiOf(text: string): string {
  return (decodeBase64(text) ?? []).map((byte) => String.fromCharCode(byte)).join("");
}

/** Bytes read as UTF-8; what is none becomes the replacement character. */
export function textOf(bytes: readonly number[]): string {
  let text = "";
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at]!;
    const more = first < 0x80 ? 0 : first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc2 ? 1 : -1;
    const rest = bytes.slice(at + 1, at + 1 + Math.max(more, 0));
    const isWhole = more >= 0 && rest.length === more && rest.every((byte) => (byte & 0xc0) === 0x80);
    const code = rest.reduce((sum, byte) => (sum << 6) | (byte & 63), more === 0 ? first : first & (63 >> more));
    const isLetter = isWhole && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    text += isLetter ? String.fromCodePoint(code) : "\uFFFD";
    at += isLetter ? more + 1 : 1;
  }
  return text;
}
