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
  /** Another stream that gives what this one has yet to give. */
  fork(): Random;
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

type State = readonly [a: number, b: number, c: number, d: number];

/** The stream called `name` of a seed: the same numbers in every JavaScript engine (sfc32). */
export function createRandom(seed: number, name: string): Random {
  const stream = streamFrom([seed | 0, fnv32a(name) | 0, 0x9e3779b9 | 0, 1], 13);
  for (let i = 0; i < 12; i++) stream.next();
  return stream;
}

/** `d` counts: `first` is what it is when the first number of the stream is to be drawn. */
function streamFrom([a, b, c, d]: State, first: number): Random {
  function bits(): number {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  }
  return {
    next: () => bits() / 4294967296,
    below: (bound) => Math.floor((bits() / 4294967296) * bound),
    drawn: () => (d - first) >>> 0,
    fork: () => streamFrom([a, b, c, d], first),
  };
}
