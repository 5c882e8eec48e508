/** One value on offer, and how it is written so that YAML reads it back. */
import { resolvePlain } from "../../yaml/scalars.ts";
import type { Item } from "./context.ts";

/** A value on offer. */
export interface Choice {
  readonly value: string;
  readonly detail?: string;
  readonly documentation?: string;
  readonly sort?: Item["sort"];
  readonly also?: Item["also"];
  /** Whether it is a number or percentage that stands without quotes. */
  readonly bare?: boolean;
  /** Whether it always stands in quotes. */
  readonly quoted?: boolean;
}

/** A text as YAML reads it back; `quote`: the one that it is written in already. */
export function quotedAs(value: string, quote: string, bare: boolean, inFlow: boolean): string {
  if (bare && quote === "") return value;
  if (quote === "'") return `'${value.replaceAll("'", "''")}'`;
  if (quote === '"') return JSON.stringify(value);
  const plain = /^[^\s!&*#?|>@`%"'{}[\],:-][^#]*$/.test(value) && !/:(?:\s|$)/.test(value) && !/\s$/.test(value);
  const safe = plain && !(inFlow && /[,{}[\]]/.test(value));
  return safe && resolvePlain(value) === value ? value : JSON.stringify(value);
}
