/** The files in which names are followed: those that are open, and those of the workspace that have been read. */
import { type Manifest, openManifest } from "../manifest.ts";
import type { Service } from "../service.ts";
import { type FileMentions, fileMentions } from "./file-mentions.ts";

/** The file that is asked about first. */
export function filesAround(service: Service, uri: string): readonly FileMentions[] {
  const own = service.find(uri);
  const others = [...service.uris()].filter((other) => other !== uri).flatMap((other) => service.find(other) ?? []);
  const open = [...(own ? [own] : []), ...others].map(({ manifest }) => fileMentions(manifest));
  return [...open, ...(service.surroundings.mentions?.() ?? [])];
}

/** A file as it is open, else as it is on the disk now; null where it is gone. */
export async function manifestOf(service: Service, uri: string): Promise<Manifest | null> {
  const open = service.find(uri)?.manifest;
  if (open !== undefined) return open;
  const text = (await service.surroundings.readFile?.(uri)) ?? null;
  if (text === null) return null;
  const { target } = service.preferences().settings;
  return openManifest(uri, uri.endsWith(".json") ? "json" : "yaml", text, target, service.surroundings.placeOf(uri));
}
