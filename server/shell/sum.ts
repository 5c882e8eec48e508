/** Sums of whole numbers, as in `$((…))`. */

/** What a sum with `+ - * / % ( )` comes to; `0` for what is none. */
export function sumOf(text: string): string {
  const tokens = text.match(/\d+|[-+*/%()]/g) ?? [];
  let at = 0;
  function atom(depth: number): number {
    const token = tokens[at++];
    if (token === "-") return -atom(depth);
    if (token === "+") return atom(depth);
    if (token === "(" && depth < 50) {
      const value = sum(depth + 1);
      at++;
      return value;
    }
    return Number(token ?? 0) || 0;
  }
  function product(depth: number): number {
    let value = atom(depth);
    while (tokens[at] === "*" || tokens[at] === "/" || tokens[at] === "%") {
      const operator = tokens[at++];
      const other = atom(depth);
      if (operator === "*") value *= other;
      else if (other === 0) return 0;
      else value = operator === "/" ? Math.trunc(value / other) : value % other;
    }
    return value;
  }
  function sum(depth: number): number {
    let value = product(depth);
    while (tokens[at] === "+" || tokens[at] === "-") value += (tokens[at++] === "+" ? 1 : -1) * product(depth);
    return value;
  }
  const value = tokens.length > 1000 ? 0 : sum(0);
  return String(Object.is(value, -0) ? 0 : value);
}
