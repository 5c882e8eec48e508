/**
 * Seeded chance. Each user of chance has a stream of its own, named after it, so that one more draw in one place
 * does not change the choices in another.
 */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number in [0, bound). */
  below(bound: number): number;
  /** How many numbers were drawn so far. */
  drawn(): number;
}

/** 32-bit FNV-1a of the UTF-16 code units of a text. */
export function fnv32a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

/** The stream called `name` of a seed: the same numbers in every JavaScript engine (sfc32). */
export function createRandom(seed: number, name: string): Random {
  let a = seed | 0;
  let b = fnv32a(name) | 0;
  let c = 0x9e3779b9 | 0;
  let d = 1;
  function bits(): number {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  }
  for (let i = 0; i < 12; i++) bits();
  const first = d;
  return {
    next: () => bits() / 4294967296,
    below: (bound) => Math.floor((bits() / 4294967296) * bound),
    drawn: () => (d - first) >>> 0,
  };
}
