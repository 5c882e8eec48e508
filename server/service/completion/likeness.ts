/** How near a word comes to what is typed, for editors that do not order by it themselves. */

/** 0: begins with it; 1: its humps do; 2: has all its letters in order; 3: has not. */
export function likeness(typed: string, word: string): 0 | 1 | 2 | 3 {
  const [wanted, whole] = [typed.toLowerCase(), word.toLowerCase()];
  if (whole.startsWith(wanted)) return 0;
  const humps = word.replace(/^[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]*|[^A-Za-z]/g, (part) => part[0] ?? "").toLowerCase();
  if (humps.startsWith(wanted)) return 1;
  let at = 0;
  for (const letter of whole) if (letter === wanted[at]) at++;
  return at === wanted.length ? 2 : 3;
}
