/** Hovers of what has names of its own: labels and selectors, amounts of resources. Lines of Markdown. */
import type { Path } from "../../simulator/api/problem.ts";
import { decimalText, parseQuantity } from "../../simulator/api/quantity.ts";
import type { Words } from "../messages/words.ts";
import type { FileMentions } from "./navigation/file-mentions.ts";
import { candidatesOf, type Located } from "./navigation/group.ts";

/** What the amount of a resource is; null for what is no amount. */
export function amountLines(name: string, value: unknown, path: Path, words: Words): readonly string[] | null {
  const parsed = typeof value === "string" || typeof value === "number" ? parseQuantity(String(value)) : null;
  if (parsed === null || !parsed.ok) return null;
  const { nanos, format } = parsed.quantity;
  const { resource } = words.hover;
  if (/cpu$/.test(name)) return [resource.cpu(decimalText(nanos))];
  const isStorage = name.endsWith("storage") && !name.includes("ephemeral");
  const isBytes = isStorage || /(?:memory|storage)$/.test(name) || name === "sizeLimit";
  if (!isBytes) return [resource.count(decimalText(nanos))];
  const bytes = Number(nanos / 1_000_000_000n);
  const other =
    format === "BinarySI"
      ? inPowers(bytes, 1000, ["kB", "MB", "GB", "TB"])
      : inPowers(bytes, 1024, ["KiB", "MiB", "GiB", "TiB"]);
  const whose =
    isStorage && path.includes("resources")
      ? "claim"
      : name.includes("storage") || name === "sizeLimit"
        ? "storage"
        : "memory";
  return [resource.bytes(whose, bytes.toLocaleString("en"), other)];
}

function inPowers(bytes: number, base: number, units: readonly string[]): string {
  let amount = bytes / base;
  let at = 0;
  while (amount >= base && at < units.length - 1) {
    amount /= base;
    at++;
  }
  return `${Math.round(amount * 100) / 100} ${units[at]}`;
}

/** Objects of which nobody reads more. */
const mostOthers = 8;

/** Which other objects a name leads to, such as those that select a label. */
export function othersLines(
  found: readonly Located[],
  files: readonly FileMentions[],
  words: Words,
): readonly string[] {
  const own = new Set(found.map(({ mention }) => mention.object));
  const others = found
    .flatMap((one) => candidatesOf(one, files))
    .filter(
      ({ file, slice, mention }) =>
        !found.some((one) => one.file.uri === file.uri && one.slice === slice && own.has(mention.object)),
    )
    .map(({ mention }) => `${mention.of.kind} \`${mention.of.name}\``);
  const names = [...new Set(others)];
  if (names.length === 0) return [];
  const shown = names.slice(0, mostOthers).join(", ") + (names.length > mostOthers ? ", …" : "");
  return [
    found.some(({ mention }) => mention.role === "defines") ? words.hover.usedBy(shown) : words.hover.leadsTo(shown),
  ];
}
