/** What a container prints when it starts, as far as its command says so in plain words: `echo`, `date`, `hostname`. */
import type { Container } from "../api/objects.ts";
import type { Pod } from "../cluster/objects.ts";

/** More is not looked at: a script may be of any length. */
const longest = 10_000;

/** The lines, nothing for a command that says nothing or cannot be followed; `now` in milliseconds since 1970. */
export function outputOf(container: Container | undefined, pod: Pod, now: number): readonly string[] {
  const words = [...(container?.command ?? []), ...(container?.args ?? [])];
  const [program = "", flag = "", script] = words;
  const isShell = /(?:^|\/)(?:sh|bash|ash)$/.test(program) && /^-[a-z]*c$/.test(flag);
  const statements = isShell ? partsOf(script ?? "") : [words.map(quoted).join(" ")];
  const lines: string[] = [];
  for (const statement of statements) {
    const [name = "", rest = ""] = /^(\S+)\s*(.*)$/s.exec(statement.trim())?.slice(1) ?? [];
    if (name === "echo") lines.push(...filled(rest, container, pod).split("\n"));
    else if (name === "date")
      lines.push(
        `${new Date(now).toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) (\S+) GMT$/, "$1 $3 $2 $5 UTC $4")}`,
      );
    else if (name === "hostname") lines.push(pod.name);
    else if (!["sleep", "exit", "set", "true", "trap", ""].includes(name)) break;
  }
  return lines;
}

const quoted = (word: string): string => (/[\s;&|'"]/.test(word) ? `'${word.replaceAll("'", "")}'` : word);

/** The statements of a script, as far as it is a plain list of them. */
function partsOf(script: string): readonly string[] {
  const parts: string[] = [];
  let part = "";
  let quote = "";
  for (const letter of script.slice(0, longest)) {
    if (quote !== "") quote = letter === quote ? "" : quote;
    else if (letter === "'" || letter === '"') quote = letter;
    if (quote === "" && /[;&\n]/.test(letter)) {
      parts.push(part);
      part = "";
    } else part += letter;
  }
  return [...parts, part].filter((one) => one.trim() !== "");
}

/** The text of an `echo`: without its quotes, variables filled in. */
function filled(text: string, container: Container | undefined, pod: Pod): string {
  const bare = text.replace(/\s*>\s*\S+$/, "").replace(/^-[neE]+\s+/, "");
  return bare.replace(
    /'([^']*)'|"([^"]*)"|(\$\{?\w+\}?)/g,
    (_, single?: string, double?: string, variable?: string) => {
      if (single !== undefined) return single;
      return (double ?? variable ?? "").replace(/\$\{?(\w+)\}?/g, (__, name: string) =>
        variableOf(name, container, pod),
      );
    },
  );
}

function variableOf(name: string, container: Container | undefined, pod: Pod): string {
  if (name === "HOSTNAME") return pod.name;
  const own = container?.env?.find((one) => one.name === name);
  return own?.value ?? "";
}
