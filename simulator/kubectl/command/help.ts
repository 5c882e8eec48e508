/** Usage of commands, made of their table. */
import type { Command } from "./command.ts";
import { type Flag, globalFlags } from "./flag.ts";

/** What `--help` prints of a command; `path` is its whole name. */
export function helpText(path: string, command: Command): string {
  const { says, commands = [], flags = [] } = command;
  const below = commands.length === 0 ? "" : `Available Commands:\n${namesText(commands)}\n`;
  const own = flags.length === 0 ? "" : `Options:\n${flags.toSorted(byName).map(flagText).join("\n")}\n`;
  const more =
    commands.length === 0 ? "" : `Use "${path} <command> --help" for more information about a given command.\n`;
  const options = 'Use "kubectl options" for a list of global command-line options (applies to all commands).\n';
  return `${says}.\n\n${below}${own}Usage:\n  ${usageText(path, command)}\n\n${more}${options}`;
}

/** One line: how the command is called. */
export function usageText(path: string, { usage, commands = [], run }: Command): string {
  const own = usage ?? (commands.length > 0 && !run ? "SUBCOMMAND" : "");
  return [path, own, "[options]"].filter((one) => one !== "").join(" ");
}

/** The flags of every command. */
export function optionsText(): string {
  return `The following options can be passed to any command:\n\n${globalFlags.map(flagText).join("\n")}`;
}

const byName = (a: Flag, b: Flag) => (a.name < b.name ? -1 : 1);

function namesText(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length)) + 3;
  return commands.map(({ name, says }) => `  ${name.padEnd(width)}${says}\n`).join("");
}

function flagText({ name, short, type, value, says }: Flag): string {
  const letter = short === undefined ? "" : `-${short}, `;
  const shown = type === "list" || type === "array" ? `[${value}]` : type === "text" ? `'${value}'` : value;
  return `    ${letter}--${name}=${shown}:\n\t${says}\n`;
}
