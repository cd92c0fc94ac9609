/** The command `bottleneck`: from its arguments to an exit code. */
import { nearest } from "../core/language/nearest";
import { version } from "../package.json";
import {
  commandHelp,
  exitCodes,
  Failure,
  readArguments,
  UsageError,
  type Command,
  type ExitCode,
} from "./command";
import { commands } from "./commands/index";
import { table, type Terminal } from "./terminal";

function help(): string {
  const rows = commands.map((command) => [`  ${command.name}`, command.operands, firstSentence(command.doc)]);
  return [
    "Usage: bottleneck COMMAND [options]",
    "",
    "Derives losses from the information that must survive: show the loss, train a preview, export to PyTorch.",
    "",
    "Commands:",
    table(rows),
    "",
    "Run bottleneck COMMAND --help for the options of a command, bottleneck --version for the version.",
  ].join("\n");
}

const firstSentence = (text: string): string => `${text.split(". ")[0]!.replace(/\.$/, "")}.`;

/** Carries out the command that the arguments name. */
export async function main([name, ...args]: string[], terminal: Terminal): Promise<ExitCode> {
  if (name === undefined) {
    terminal.err(`${help()}\n`);
    return exitCodes.usage;
  }
  if (name === "help" && args.length > 0) return main([args[0]!, "--help"], terminal);
  if (name === "--help" || name === "-h" || name === "help") {
    terminal.out(help());
    return exitCodes.ok;
  }
  if (name === "--version" || name === "-v") {
    terminal.out(version);
    return exitCodes.ok;
  }
  const command = commands.find((one) => one.name === name);
  if (command === undefined) {
    const names = commands.map((one) => one.name);
    const meant = nearest(name, names);
    const hint = meant === undefined ? `the commands are ${names.join(", ")}` : `did you mean ${meant}?`;
    terminal.err(
      `${terminal.style.error("error:")} unknown command ${name}; ${hint}\nSee: bottleneck --help\n`,
    );
    return exitCodes.usage;
  }
  try {
    const { operands, options } = readArguments(command, args);
    if (options["help"]) {
      terminal.out(commandHelp(command));
      return exitCodes.ok;
    }
    return await command.run(operands, options, terminal);
  } catch (error) {
    return tell(error, command, terminal);
  }
}

function tell(error: unknown, command: Command, terminal: Terminal): ExitCode {
  if (!(error instanceof UsageError || error instanceof Failure)) throw error;
  terminal.err(`${terminal.style.error("error:")} ${error.message}\n`);
  if (error instanceof Failure) return exitCodes.failed;
  terminal.err(`See: bottleneck ${command.name} --help\n`);
  return exitCodes.usage;
}
