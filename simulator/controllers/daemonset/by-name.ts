/** What belongs to nodes, always in the order of the nodes' names, so that the first ones are had without sorting. */

export interface Named {
  readonly name: string;
}

/** A set of things of which no two have the same name. */
export interface ByName<T extends Named> {
  /** Does nothing when it is there already. */
  add(one: T): void;
  /** Does nothing when it is not there. */
  delete(one: T): void;
  /** The first `count` by name, or all there are; none when `count` is not positive. */
  first(count: number): readonly T[];
  size(): number;
}

/** An empty set. Nodes mostly come and go at its ends, and moving thousands of references costs less than a tree. */
export function createByName<T extends Named>(): ByName<T> {
  const list: T[] = [];

  /** Where a thing of this name is, or would have to be put. */
  function place(name: string): number {
    if (list.length > 0 && list.at(-1)!.name < name) return list.length;
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle]!.name < name) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    add(one) {
      const at = place(one.name);
      if (at === list.length) list.push(one);
      else if (list[at] !== one) list.splice(at, 0, one);
    },
    delete(one) {
      const at = place(one.name);
      if (list[at] === one) list.splice(at, 1);
    },
    first: (count) => (count <= 0 ? [] : list.slice(0, count)),
    size: () => list.length,
  };
}
