/** Quantities as plain numbers, which is exact enough to add up requests and compare them with what a node has. */

const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

interface Known {
  readonly value: number | undefined;
  readonly milli: number;
  readonly whole: number;
}

/** Nodes are many and alike: the same few texts are read again and again. Reading is pure, so forgetting them changes nothing. */
const known = new Map<string, Known>();
const mostKnown = 1000;

function knownOf(text: string): Known {
  let found = known.get(text);
  if (!found) {
    if (known.size >= mostKnown) known.clear();
    const value = read(text);
    found = { value, milli: roundedUp((value ?? 0) * 1000), whole: roundedUp(value ?? 0) };
    known.set(text, found);
  }
  return found;
}

function roundedUp(value: number): number {
  return Math.ceil(Number(value.toPrecision(15)));
}

/** The value of a quantity text; undefined when it is none. `1.5Gi` is 1610612736, `100m` is 0.1. */
export function quantityNumber(quantity: string | number): number | undefined {
  if (typeof quantity === "number") return Number.isFinite(quantity) ? quantity : undefined;
  return knownOf(quantity).value;
}

function read(text: string): number | undefined {
  const parts = /^\s*([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)\s*$/.exec(text);
  if (!parts) return undefined;
  const [, digits = "", exponent = "", suffix = ""] = parts;
  return Number(digits + exponent) * (factors[suffix] ?? 1);
}

/** Thousandths, rounded up: how the scheduler counts CPU. */
export function milliValue(quantity: string | number): number {
  if (typeof quantity === "string") return knownOf(quantity).milli;
  return roundedUp((quantityNumber(quantity) ?? 0) * 1000);
}

/** Whole units, rounded up: how the scheduler counts everything else. */
export function wholeValue(quantity: string | number): number {
  return typeof quantity === "string" ? knownOf(quantity).whole : roundedUp(quantityNumber(quantity) ?? 0);
}
