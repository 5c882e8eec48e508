import * as quantity from "../../../simulator/api/quantity.ts";
import { tableSuite } from "../suite.ts";

interface In {
  readonly op: "parse" | "compare";
  readonly quantity: string;
  readonly a: string;
  readonly b: string;
}

const errors = {
  format: "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
  suffix: "unable to parse quantity's suffix",
} as const;

function parse(text: string) {
  const parsed = quantity.parseQuantity(text);
  if (typeof parsed === "string") {
    const nothing = {
      canonical: null,
      decimal: null,
      format: null,
      milli: null,
      sign: null,
      string: null,
      value: null,
    };
    return { ...nothing, error: errors[parsed], ok: false };
  }
  const value = quantity.scaledInteger(parsed, 0);
  const fits = value < 2n ** 63n && value >= -(2n ** 63n);
  return {
    ok: true,
    error: null,
    format: parsed.format,
    sign: quantity.quantitySign(parsed),
    canonical: quantity.canonicalQuantity(parsed),
    string: quantity.quantityText(parsed),
    decimal: quantity.decimalValue(parsed),
    milli: String(quantity.scaledInteger(parsed, -3)),
    value: fits ? String(value) : null,
  };
}

function compare(left: string, right: string) {
  const a = quantity.parseQuantity(left);
  const b = quantity.parseQuantity(right);
  if (typeof a === "string" || typeof b === "string") return null;
  return {
    cmp: quantity.compareQuantities(a, b),
    sum: quantity.quantityText(quantity.addQuantities(a, b)),
    difference: quantity.quantityText(quantity.subtractQuantities(a, b)),
  };
}

export const suite = tableSuite<In, unknown>("quantities", (row) =>
  row.op === "parse" ? parse(row.quantity) : compare(row.a, row.b),
);
