/** The canonical text of IPv6 addresses (RFC 5952). */
import { addressBytes } from "../addresses.ts";

/** The canonical text, or `undefined` when the text is no IPv6 address. */
export function canonicalIPv6(text: string): string | undefined {
  const bytes = text.includes(":") ? addressBytes(text) : undefined;
  if (bytes?.length !== 16) return undefined;
  const groups: number[] = [];
  for (let index = 0; index < 16; index += 2) groups.push(((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0));
  const [start, length] = longestZeros(groups);
  const words = groups.map((group) => group.toString(16));
  if (length < 2) return words.join(":");
  return `${words.slice(0, start).join(":")}::${words.slice(start + length).join(":")}`;
}

/** The first longest run of zeros: where it begins and how long it is. */
function longestZeros(groups: readonly number[]): readonly [number, number] {
  let best: readonly [number, number] = [0, 0];
  let start = 0;
  for (let index = 0; index <= groups.length; index++) {
    if (groups[index] === 0) continue;
    if (index - start > best[1]) best = [start, index - start];
    start = index + 1;
  }
  return best;
}
