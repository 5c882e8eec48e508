/** The tools for agents within an editor: files are read below the folders that it has open. */
import { fileURLToPath } from "node:url";
import type { ToolParams, ToolResult } from "../service/protocol.ts";
import { toolSurroundings } from "./surroundings.node.ts";
import { tools } from "./tools.ts";

/** What a tool answers; null for one that is not there. */
export function toolInEditor(name: string, input: ToolParams["input"], folders: readonly string[]): ToolResult | null {
  const tool = tools.find((one) => one.name === name);
  if (tool === undefined) return null;
  const here = folders.filter((uri) => uri.startsWith("file:")).map((uri) => fileURLToPath(uri));
  const around = here.map((folder) => toolSurroundings(folder, { version: "", environment: {} }));
  const [first = toolSurroundings("", { version: "", environment: {} })] = around;
  const read = (path: string) => around.map((one) => one.read(path)).find((text) => text !== null) ?? null;
  return tool.call(input, { ...first, read });
}
