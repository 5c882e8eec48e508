/** What an item is, in more words than its line has. */
import { type Target, targets } from "../../../simulator/api/target.ts";
import type { Service } from "../service.ts";
import { typeText } from "./keys.ts";
import { requiredOf } from "./order.ts";
import { typeNamed } from "./shape.ts";

/** The description of a field as Markdown; undefined for one of which nothing is known. */
export function describe(
  { owner, name }: { readonly owner: string; readonly name: string },
  service: Service,
): { readonly kind: "markdown"; readonly value: string } | undefined {
  const type = typeNamed(owner)?.fields[name];
  if (type === undefined) return undefined;
  const { words } = service.preferences();
  const required = requiredOf(owner).includes(name) ? ` · ${words.hover.required}` : "";
  const parts = [`**${name}** · \`${typeText(type)}\`${required}`];
  const known = versionsOf(type.versions, type.dropped);
  if (known.length > 0 && known.length < targets.length) {
    const open = known.at(-1) === targets.at(-1);
    parts.push(words.hover.known(open ? (known[0] as string) : known.join(", "), open));
  }
  const text = service.surroundings.docs[owner]?.fields[name];
  if (text !== undefined && text !== "") parts.push(text);
  return { kind: "markdown", value: parts.join("\n\n") };
}

function versionsOf(versions: readonly Target[] = targets, dropped: readonly Target[] = []): readonly Target[] {
  return versions.filter((one) => !dropped.includes(one));
}
