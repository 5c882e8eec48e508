/** Bytes of a file as kubectl takes them for text. Models BOMOverride and the UTF-8 decoder of golang.org/x/text. */

/** The text, without its byte order mark; what is no UTF-8 becomes U+FFFD. */
export function decodeBytes(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return new TextDecoder("utf-8").decode(bytes);
}
