/**
 * IP addresses and ranges as strictly as the API server reads new fields: no leading zeros, no IPv4-mapped IPv6, no
 * bits beyond a prefix. Models staging/src/k8s.io/apimachinery/pkg/util/validation/ip.go
 */
import type { BrokenRules } from "./formats.ts";

/** The 4 or 16 bytes of an address, or `undefined`. */
type Bytes = readonly number[];

const fine: BrokenRules = Object.freeze([]);
const octetPattern = /^[0-9]{1,3}$/;
const groupPattern = /^[0-9a-fA-F]{1,4}$/;

/** Dotted decimal; leading zeros are read as decimal here and judged by the caller. */
function readIPv4(text: string): Bytes | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  const bytes: number[] = [];
  for (const part of parts) {
    // Any number of leading zeros is read, as the lenient parser does, before it is refused with its own reason.
    const digits = part.length > 3 ? part.replace(/^0+(?=\d{1,3}$)/, "") : part;
    if (!octetPattern.test(digits) || Number(digits) > 255) return undefined;
    bytes.push(Number(digits));
  }
  return bytes;
}

function readGroups(text: string): number[] | undefined {
  if (text === "") return [];
  const bytes: number[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    if (index === parts.length - 1 && part.includes(".")) {
      const tail = readIPv4(part);
      if (tail === undefined) return undefined;
      bytes.push(...tail);
    } else {
      if (!groupPattern.test(part)) return undefined;
      const group = Number.parseInt(part, 16);
      bytes.push(group >> 8, group & 255);
    }
  }
  return bytes;
}

function readIPv6(text: string): Bytes | undefined {
  const gap = text.indexOf("::");
  if (gap < 0) {
    const bytes = readGroups(text);
    return bytes?.length === 16 ? bytes : undefined;
  }
  const headText = text.slice(0, gap);
  const head = headText.includes(".") ? undefined : readGroups(headText);
  const tail = readGroups(text.slice(gap + 2));
  if (head === undefined || tail === undefined || head.length + tail.length > 14) return undefined;
  return [...head, ...new Array<number>(16 - head.length - tail.length).fill(0), ...tail];
}

/** The 4 or 16 bytes of an address; leading zeros are read as decimal. */
export function addressBytes(text: string): Bytes | undefined {
  return text.includes(":") ? readIPv6(text) : readIPv4(text);
}

function hasLeadingZero(text: string): boolean {
  const dotted = text.slice(text.lastIndexOf(":") + 1);
  return dotted.includes(".") && dotted.split(".").some((part) => part.length > 1 && part.startsWith("0"));
}

function isMapped(bytes: Bytes): boolean {
  return (
    bytes.length === 16 && bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255
  );
}

/** The broken rules of an IP address. */
export function ipAddress(text: string): BrokenRules {
  const bytes = addressBytes(text);
  if (bytes === undefined) return ["ip-address"];
  if (isMapped(bytes)) return ["no-ipv4-mapped"];
  return hasLeadingZero(text) ? ["no-leading-zeros"] : fine;
}

/** Address and prefix of a range, read as loosely as an address; `undefined` when it is none. */
export function rangeBytes(text: string): { readonly bytes: Bytes; readonly bits: number } | undefined {
  const slash = text.indexOf("/");
  const bytes = addressBytes(slash < 0 ? "" : text.slice(0, slash));
  const bits = text.slice(slash + 1);
  if (slash < 0 || bytes === undefined || !/^[0-9]{1,4}$/.test(bits) || Number(bits) > bytes.length * 8) {
    return undefined;
  }
  return { bytes, bits: Number(bits) };
}

/** The broken rules of a range such as `10.9.8.0/24`. */
export function cidr(text: string): BrokenRules {
  const range = rangeBytes(text);
  if (range === undefined) return ["cidr"];
  const { bytes } = range;
  const [address = "", bits = ""] = text.split("/");
  if (isMapped(bytes)) return ["no-ipv4-mapped"];
  const rules: string[] = [];
  if (hasLeadingZero(address) || (bits.length > 1 && bits.startsWith("0"))) rules.push("no-leading-zeros");
  if (hasBitsBeyond(bytes, Number(bits))) rules.push("no-bits-beyond-prefix");
  return rules.length === 0 ? fine : rules;
}

function hasBitsBeyond(bytes: Bytes, prefix: number): boolean {
  return bytes.some((byte, index) => {
    const kept = Math.min(8, Math.max(0, prefix - index * 8));
    return (byte & (255 >> kept)) !== 0;
  });
}

/** 4 or 6, or `undefined` when the text is no address. */
export function ipFamily(text: string): 4 | 6 | undefined {
  const bytes = addressBytes(text);
  if (bytes === undefined) return undefined;
  return bytes.length === 4 || isMapped(bytes) ? 4 : 6;
}
