/** Generated names and hashes. Models apiserver/pkg/storage/names/generate.go and apimachinery/pkg/util/rand. */
import { fnv32a, type Random } from "../engine/random.ts";

const alphabet = "bcdfghjklmnpqrstvwxz2456789";
const letters = Array.from(alphabet, (letter) => letter.charCodeAt(0));
const maxGeneratedBase = 58;
/** Letters at the end of a generated name. */
export const endLength = 5;

/** A number for the five random letters at the end of a generated name; each of them is drawn. */
export function drawEnd(random: Random): number {
  let end = 0;
  for (let i = 0; i < endLength; i++) end = end * letters.length + random.below(letters.length);
  return end;
}

/** The number of the last five letters of a name; null where they are none that `drawEnd` could have drawn. */
export function readEnd(name: string): number | null {
  if (name.length < endLength) return null;
  let end = 0;
  for (let i = name.length - endLength; i < name.length; i++) {
    const letter = letters.indexOf(name.charCodeAt(i));
    if (letter < 0) return null;
    end = end * letters.length + letter;
  }
  return end;
}

/** The code of the letter that stands for the last digit of a number. */
function letterOf(number: number): number {
  return letters[number % letters.length]!;
}

/** `base` followed by the five letters of a number, as `generateName` gives. */
export function generatedName(base: string, end: number): string {
  const d = Math.trunc(end / letters.length);
  const c = Math.trunc(d / letters.length);
  const b = Math.trunc(c / letters.length);
  const a = Math.trunc(b / letters.length);
  const text = String.fromCharCode(letterOf(a), letterOf(b), letterOf(c), letterOf(d), letterOf(end));
  return (base.length <= maxGeneratedBase ? base : base.slice(0, maxGeneratedBase)) + text;
}

/** `base` followed by five random letters. */
export function generateName(base: string, random: Random): string {
  return generatedName(base, drawEnd(random));
}

/** Text written in the alphabet of generated names, each character by its code: a hash `1234567890` becomes letters and digits. */
export function safeEncode(text: string): string {
  let encoded = "";
  for (let i = 0; i < text.length; i++) encoded += alphabet[text.charCodeAt(i) % alphabet.length];
  return encoded;
}

/** JSON with sorted keys and without undefined: equal for equal values. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(",")}}`;
  }
  return JSON.stringify(value ?? null);
}

/**
 * A hash label in Kubernetes' alphabet. The real one hashes a dump of Go structures and cannot be reproduced elsewhere,
 * so names made from it are illustrative; equal templates and collision counts give equal hashes.
 */
export function templateHash(template: unknown, collisionCount: number): string {
  return safeEncode(String(fnv32a(canonicalJson(template) + (collisionCount > 0 ? `#${collisionCount}` : ""))));
}
