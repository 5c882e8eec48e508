/** Amounts of resources by name, exact. Models apiserver/pkg/quota/v1/resources.go. */
import { asObject, type JsonObject } from "../json.ts";
import type { IntOrString } from "../objects.ts";
import { addQuantities, compareQuantities, formatQuantity, parseQuantity, type Quantity } from "../quantity.ts";

export type Amounts = ReadonlyMap<string, Quantity>;

/** A quantity of a text or number; what is none counts as nothing. */
export function amountOf(value: unknown): Quantity {
  const parsed = parseQuantity(String(value ?? "0"));
  return parsed.ok ? parsed.quantity : { nanos: 0n, format: "DecimalSI", text: "0" };
}

export const one: Quantity = amountOf("1");

/** The amounts of a list such as `requests` or `hard`. */
export function amountsIn(list: Readonly<Record<string, IntOrString>> | JsonObject | undefined): Amounts {
  return new Map(Object.entries(list ?? {}).map(([name, value]) => [name, amountOf(value)]));
}

/** Name by name; with -1 the second is taken away. */
export function sumOf(a: Amounts, b: Amounts, sign: 1 | -1 = 1): Amounts {
  const sum = new Map(a);
  for (const [name, amount] of b) {
    const before = sum.get(name) ?? { ...amount, nanos: 0n };
    sum.set(name, addQuantities(before.nanos === 0n ? { ...before, format: amount.format } : before, amount, sign));
  }
  return sum;
}

/** The larger of both, name by name. */
export function largerOf(a: Amounts, b: Amounts): Amounts {
  const larger = new Map(a);
  for (const [name, amount] of b) {
    const before = larger.get(name);
    if (!before || compareQuantities(before, amount) < 0) larger.set(name, amount);
  }
  return larger;
}

/** Only the amounts of these names. */
export function masked(amounts: Amounts, names: (name: string) => boolean): Amounts {
  return new Map([...amounts].filter(([name]) => names(name)));
}

/** The names of which there is more than allowed; names without a bound are not asked. */
export function beyond(amounts: Amounts, bounds: Amounts): readonly string[] {
  return [...amounts].flatMap(([name, amount]) => {
    const bound = bounds.get(name);
    return bound && compareQuantities(amount, bound) > 0 ? [name] : [];
  });
}

/** `requests.cpu=1,requests.memory=1Gi`, sorted. */
export function amountsText(amounts: Amounts): string {
  const names = [...amounts.keys()].sort();
  return names.map((name) => `${name}=${formatQuantity(amounts.get(name)!)}`).join(",");
}

/** As a list of the API. */
export function amountsOut(amounts: Amounts): JsonObject {
  return Object.fromEntries([...amounts].map(([name, amount]) => [name, formatQuantity(amount)]));
}

/** The amounts of a field of a content. */
export function amountsAt(content: JsonObject, part: string, field: string): Amounts {
  return amountsIn(asObject(asObject(content[part])[field]));
}
