/**
 * Orders a list as Go's `sort.Sort` does, which leaves equal elements of a long list in an order of its own:
 * kubectl's tables of events show it. Models sort/zsortinterface.go (pattern-defeating quicksort).
 */
export function goSorted<T>(items: readonly T[], isLess: (a: T, b: T) => boolean): readonly T[] {
  const list = [...items];
  new Sorter(list, isLess).sort(0, list.length, bits(list.length));
  return list;
}

const shortEnoughToInsert = 12;
const longEnoughForNine = 50;
const stepsOfTrying = 5;

type Hint = "increasing" | "decreasing" | "unknown";

class Sorter<T> {
  readonly #list: T[];
  readonly #isLess: (a: T, b: T) => boolean;

  constructor(list: T[], isLess: (a: T, b: T) => boolean) {
    this.#list = list;
    this.#isLess = isLess;
  }

  /** Sorts from `begin` up to before `end`; `limit` counts the bad pivots it stands. */
  sort(begin: number, end: number, limit: number): void {
    let [a, b, left] = [begin, end, limit];
    let [wasBalanced, wasPartitioned] = [true, true];
    for (;;) {
      const length = b - a;
      // Go sorts by a heap when the limit is used up, which only lists made for it come to.
      if (length <= shortEnoughToInsert || left === 0) {
        this.#insertion(a, b);
        return;
      }
      if (!wasBalanced) {
        this.#breakPatterns(a, b);
        left--;
      }
      let [pivot, hint] = this.#pivot(a, b);
      if (hint === "decreasing") {
        this.#reverse(a, b);
        pivot = b - 1 - (pivot - a);
        hint = "increasing";
      }
      if (wasBalanced && wasPartitioned && hint === "increasing" && this.#tryInsertion(a, b)) return;
      if (a > 0 && !this.#less(a - 1, pivot)) {
        a = this.#partitionEqual(a, b, pivot);
        continue;
      }
      const { middle, wasDone } = this.#partition(a, b, pivot);
      wasPartitioned = wasDone;
      wasBalanced = Math.min(middle - a, b - middle) >= Math.floor(length / 8);
      if (middle - a < b - middle) {
        this.sort(a, middle, left);
        a = middle + 1;
      } else {
        this.sort(middle + 1, b, left);
        b = middle;
      }
    }
  }

  #less(i: number, j: number): boolean {
    return this.#isLess(this.#list[i]!, this.#list[j]!);
  }

  #swap(i: number, j: number): void {
    const list = this.#list;
    [list[i], list[j]] = [list[j]!, list[i]!];
  }

  #insertion(a: number, b: number): void {
    for (let i = a + 1; i < b; i++) this.#sink(i, a);
  }

  /** Moves an element towards the beginning while it is less than the one before it. */
  #sink(from: number, end: number): void {
    for (let i = from; i > end && this.#less(i, i - 1); i--) this.#swap(i, i - 1);
  }

  /** Whether a few moves make a list sorted that is nearly so. */
  #tryInsertion(a: number, b: number): boolean {
    let i = a + 1;
    for (let step = 0; step < stepsOfTrying; step++) {
      while (i < b && !this.#less(i, i - 1)) i++;
      if (i === b) return true;
      if (b - a < longEnoughForNine) return false;
      this.#swap(i, i - 1);
      if (i - a >= 2) this.#sink(i - 1, 0);
      if (b - i >= 2) for (let j = i + 1; j < b && this.#less(j, j - 1); j++) this.#swap(j, j - 1);
    }
    return false;
  }

  /** Parts the list around a pivot: what is less before it. */
  #partition(a: number, b: number, pivot: number): { readonly middle: number; readonly wasDone: boolean } {
    this.#swap(a, pivot);
    let [i, j] = [a + 1, b - 1];
    const narrow = () => {
      while (i <= j && this.#less(i, a)) i++;
      while (i <= j && !this.#less(j, a)) j--;
    };
    narrow();
    const wasDone = i > j;
    while (i <= j) {
      this.#swap(i++, j--);
      narrow();
    }
    this.#swap(j, a);
    return { middle: j, wasDone };
  }

  /** Puts what equals the pivot first; where the rest begins. */
  #partitionEqual(a: number, b: number, pivot: number): number {
    this.#swap(a, pivot);
    let [i, j] = [a + 1, b - 1];
    for (;;) {
      while (i <= j && !this.#less(a, i)) i++;
      while (i <= j && this.#less(a, j)) j--;
      if (i > j) return i;
      this.#swap(i++, j--);
    }
  }

  /** Swaps three elements near the middle with ones that the length alone decides. */
  #breakPatterns(a: number, b: number): void {
    const length = b - a;
    const middle = a + Math.floor(length / 4) * 2;
    const mask = (1n << BigInt(bits(length))) - 1n;
    let random = BigInt(length);
    for (let i = 0; i < 3; i++) {
      random = BigInt.asUintN(64, random ^ (random << 13n));
      random ^= random >> 7n;
      random = BigInt.asUintN(64, random ^ (random << 17n));
      const other = Number(random & mask);
      this.#swap(middle - 1 + i, a + (other >= length ? other - length : other));
    }
  }

  /** The median of three, or of three medians of neighbours, and what the way to it says of the list. */
  #pivot(a: number, b: number): [number, Hint] {
    const quarter = Math.floor((b - a) / 4);
    let swaps = 0;
    const ordered = (x: number, y: number): [number, number] => {
      if (!this.#less(y, x)) return [x, y];
      swaps++;
      return [y, x];
    };
    const median = (x: number, y: number, z: number): number => {
      const [low, high] = ordered(x, y);
      const [middle] = ordered(high, z);
      return ordered(low, middle)[1];
    };
    const around = (x: number) => (b - a >= longEnoughForNine ? median(x - 1, x, x + 1) : x);
    const [i, j, k] = [around(a + quarter), around(a + quarter * 2), around(a + quarter * 3)];
    const pivot = median(i, j, k);
    return [pivot, swaps === 0 ? "increasing" : swaps === 12 ? "decreasing" : "unknown"];
  }

  #reverse(a: number, b: number): void {
    for (let [i, j] = [a, b - 1]; i < j; i++, j--) this.#swap(i, j);
  }
}

/** How many bits a number has. */
function bits(value: number): number {
  return value === 0 ? 0 : Math.floor(Math.log2(value)) + 1;
}
