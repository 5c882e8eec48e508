/** Generated names and hashes. Models apiserver/pkg/storage/names/generate.go and apimachinery/pkg/util/rand. */
import { fnv32a, type Random } from "../engine/random.ts";

const alphabet = "bcdfghjklmnpqrstvwxz2456789";
const letters = Array.from(alphabet, (letter) => letter.charCodeAt(0));
const maxGeneratedBase = 58;

/** `base` followed by five random letters, as `generateName` gives. */
export function generateName(base: string, random: Random): string {
  const letter = () => letters[random.below(letters.length)]!;
  return base.slice(0, maxGeneratedBase) + String.fromCharCode(letter(), letter(), letter(), letter(), letter());
}

/** Text written in the alphabet of generated names, each character by its code: a hash `1234567890` becomes letters and digits. */
export function safeEncode(text: string): string {
  let encoded = "";
  for (let i = 0; i < text.length; i++) encoded += alphabet[text.charCodeAt(i) % alphabet.length];
  return encoded;
}

/** JSON with sorted keys and without undefined: equal for equal values. */
export function canonicalJson(value: unknown): string {
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
