/** Text that a template engine will still change (Helm, Jinja) is nobody's manifest yet. */

/** Places where braces are handed on to a program and mean nothing to Kubernetes. */
const opaque = new Set(["command", "args", "annotations", "value", "data", "stringData", "script"]);

/** Whether the text has template expressions outside comments and outside texts that are passed on as they are. */
export function isTemplate(text: string, value: unknown): boolean {
  if (!text.includes("{{")) return false;
  let written = 0;
  for (const line of text.split("\n")) {
    if (/^\s*#/.test(line)) continue;
    written += count(line.replace(/\s#.*$/, ""));
  }
  return written > passedOn(value, false, 0);
}

function count(text: string): number {
  let found = 0;
  for (let at = text.indexOf("{{"); at !== -1; at = text.indexOf("{{", at + 2)) found++;
  return found;
}

function passedOn(value: unknown, inside: boolean, depth: number): number {
  if (typeof value === "string") return inside ? count(value) : 0;
  if (typeof value !== "object" || value === null || depth > 100) return 0;
  let found = 0;
  for (const [key, entry] of Object.entries(value)) found += passedOn(entry, inside || opaque.has(key), depth + 1);
  return found;
}
