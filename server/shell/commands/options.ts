/** Short options of small tools: `-iv`, `-n 5`, `-n5`, `-5`. */

import type { Call } from "../command.ts";
import { readFile, type Steps } from "../effects.ts";
import { resolvePath } from "../paths.ts";
import { type Input, inputOf } from "../streams.ts";

export interface Options {
  readonly on: ReadonlySet<string>;
  /** The values of those that take one. */
  readonly values: ReadonlyMap<string, string>;
  readonly args: readonly string[];
}

export interface OptionTable {
  /** Letters of those that stand alone. */
  readonly switches?: string;
  /** Letters of those that take a value. */
  readonly takes?: string;
  /** Long names of either, by letter. */
  readonly long?: Readonly<Record<string, string>>;
  /** The letter that a bare number stands for: `head -5`. */
  readonly number?: string;
  /** Whether options may stand behind arguments. Default: yes. */
  readonly leading?: boolean;
}

/** The options and the arguments, or what is wrong with an option. */
export function readOptions(args: readonly string[], table: OptionTable): Options | { readonly problem: string } {
  const { switches = "", takes = "", long = {}, number, leading = false } = table;
  const on = new Set<string>();
  const values = new Map<string, string>();
  const rest: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (arg === "--" || (leading && (!arg.startsWith("-") || arg === "-"))) {
      rest.push(...args.slice(arg === "--" ? at + 1 : at));
      break;
    }
    if (!arg.startsWith("-") || arg === "-") rest.push(arg);
    else if (number !== undefined && /^-\d+$/.test(arg)) values.set(number, arg.slice(1));
    else if (arg.startsWith("--")) {
      const [name = "", value] = arg.slice(2).split(/=(.*)/s);
      const letter = long[name];
      if (letter === undefined) return { problem: `unrecognized option '--${name}'` };
      if (switches.includes(letter)) on.add(letter);
      else values.set(letter, value ?? args[++at] ?? "");
    } else {
      for (let place = 1; place < arg.length; place++) {
        const letter = arg.charAt(place);
        if (switches.includes(letter)) on.add(letter);
        else if (takes.includes(letter)) {
          const behind = arg.slice(place + 1);
          const value = behind === "" ? args[++at] : behind;
          if (value === undefined) return { problem: `option requires an argument -- '${letter}'` };
          values.set(letter, value);
          break;
        } else return { problem: `invalid option -- '${letter}'` };
      }
    }
  }
  return { on, values, args: rest };
}

/** What each named file has, `-` and no name at all meaning the input; a file that is not there has why. */
export function* inputs(
  call: Call,
  names: readonly string[],
): Steps<
  readonly ({ readonly name: string; readonly input: Input } | { readonly name: string; readonly missing: string })[]
> {
  if (names.length === 0) return [{ name: "", input: call.input }];
  const found: (
    | { readonly name: string; readonly input: Input }
    | { readonly name: string; readonly missing: string }
  )[] = [];
  for (const name of names) {
    if (name === "-") {
      found.push({ name, input: call.input });
      continue;
    }
    const text = yield* readFile(resolvePath(call.state.folder, name));
    if (text === undefined) found.push({ name, missing: `${name}: No such file or directory` });
    else found.push({ name, input: inputOf(text) });
  }
  return found;
}
