/** Quantities: parsing, canonical text, comparison and arithmetic. */
import {
  addQuantities,
  compareQuantities,
  decimalText,
  formatQuantity,
  parseQuantity,
  roundUp,
} from "../../../simulator/api/quantity.ts";
import { tableSuite } from "../suite.ts";

interface Input {
  readonly op: "parse" | "compare";
  readonly quantity: string;
  readonly a: string;
  readonly b: string;
}

const errors = {
  format: "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
  suffix: "unable to parse quantity's suffix",
  number: "unable to parse numeric part of quantity",
};

export const suite = tableSuite<Input, unknown>("quantities", (input) =>
  input.op === "parse" ? parsed(input.quantity) : compared(input.a, input.b),
);

function parsed(text: string) {
  const result = parseQuantity(text);
  if (!result.ok) {
    const none = { string: null, canonical: null, format: null, decimal: null, milli: null, value: null, sign: null };
    return { ok: false, error: errors[result.error], ...none };
  }
  const { nanos, format } = result.quantity;
  const value = roundUp(nanos, 0);
  const fits = BigInt.asIntN(64, value) === value;
  return {
    ok: true,
    error: null,
    string: result.quantity.text,
    canonical: formatQuantity(result.quantity),
    format,
    decimal: decimalText(nanos),
    milli: String(roundUp(nanos, 3)),
    value: fits ? String(value) : null,
    sign: nanos === 0n ? 0 : nanos < 0n ? -1 : 1,
  };
}

function compared(first: string, second: string) {
  const a = parseQuantity(first);
  const b = parseQuantity(second);
  if (!a.ok || !b.ok) return null;
  return {
    cmp: compareQuantities(a.quantity, b.quantity),
    sum: addQuantities(a.quantity, b.quantity).text,
    difference: addQuantities(a.quantity, b.quantity, -1).text,
  };
}
