/** Keys and values behind the objects that they are for. Models GetResourcesAndPairs of kubectl/pkg/cmd/util/helpers.go. */

const isPair = (arg: string): boolean =>
  (arg.includes("=") && !arg.startsWith("=")) || (arg.endsWith("-") && arg !== "-");

export interface Parted {
  readonly resources: readonly string[];
  readonly pairs: readonly string[];
  /** Something is wrong with the order. */
  readonly late?: string;
}

/** The arguments before the first `KEY=VALUE` or `KEY-`, and those from it on. */
export function partedAtPairs(args: readonly string[], isOne: (arg: string) => boolean = isPair): Parted {
  const first = args.findIndex(isOne);
  const resources = first < 0 ? args : args.slice(0, first);
  const pairs = first < 0 ? [] : args.slice(first);
  const late = pairs.find((arg) => !isOne(arg));
  return late === undefined ? { resources, pairs } : { resources, pairs, late };
}
