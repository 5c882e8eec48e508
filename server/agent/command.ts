/** `seatrial mcp`: the tools for agents on standard streams, a message a line. */
import { createInterface } from "node:readline";
import { answerLine } from "./mcp.ts";
import { toolSurroundings } from "./surroundings.node.ts";

/** Answers until the input ends. */
export async function runMcp(version: string): Promise<void> {
  const around = toolSurroundings(process.cwd(), { version, environment: process.env });
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === "") continue;
    const answer = answerLine(line, around, version);
    if (answer !== null) process.stdout.write(`${answer}\n`);
  }
}
