/** Commands: their options, help and exit codes. */
import { parseArgs, type ParseArgsConfig } from "node:util";
import { nearest } from "../core/language/nearest";
import { wrap, type Terminal } from "./terminal";

/** Done; the spec has errors or the work failed; the command was called in a way that does not exist. */
export const exitCodes = { ok: 0, failed: 1, usage: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A call that does not exist: told with the command's usage. */
export class UsageError extends Error {}
/** Work that could not be done: told in one line. */
export class Failure extends Error {}

interface OptionHelp {
  type: "string" | "boolean";
  short?: string;
  multiple?: boolean;
  /** The placeholder of the value in the help: `N`, `FILE`. */
  value?: string;
  /** The option without which this one means nothing. */
  needs?: string;
  doc: string;
}

/** Values of the options given, by name. */
export type Options = Record<string, string | boolean | (string | boolean)[] | undefined>;

export interface Command {
  name: string;
  /** The arguments after the name: `FILE...`. */
  operands: string;
  doc: string;
  options: Record<string, OptionHelp>;
  /** What `--json` prints, by the place in it: `streams[].kind`. For the manual. */
  json?: Readonly<Record<string, string>>;
  run(operands: string[], options: Options, terminal: Terminal): Promise<ExitCode>;
}

const helpOption: OptionHelp = { type: "boolean", short: "h", doc: "show this help" };

/** Reads the arguments behind a command's name. @throws UsageError */
export function readArguments(command: Command, args: string[]): { operands: string[]; options: Options } {
  const options: NonNullable<ParseArgsConfig["options"]> = {};
  for (const [name, { type, short, multiple }] of Object.entries({ ...command.options, help: helpOption })) {
    options[name] = { type, ...(short === undefined ? {} : { short }), ...(multiple ? { multiple } : {}) };
  }
  const { values, positionals } = parsed(args, options);
  if (command.operands === "" && positionals.length > 0)
    throw new UsageError(`${command.name} takes no arguments, but "${positionals[0]}" was given`);
  for (const [name, { needs }] of Object.entries(command.options))
    if (needs !== undefined && values[name] !== undefined && values[needs] === undefined)
      throw new UsageError(`--${name} needs --${needs}`);
  return { operands: positionals, options: values };
}

function parsed(
  args: string[],
  options: NonNullable<ParseArgsConfig["options"]>,
): { values: Options; positionals: string[] } {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    const [message = ""] = (error as Error).message.split(". ");
    const [, unknown] = /^Unknown option '--([^']+)'/.exec(message) ?? [];
    if (unknown === undefined) throw new UsageError(message);
    const meant = nearest(unknown, Object.keys(options));
    throw new UsageError(
      `unknown option --${unknown}${meant === undefined ? "" : `. Did you mean --${meant}?`}`,
    );
  }
}

/** The help of one command. */
export function commandHelp(command: Command): string {
  const options = Object.entries({ ...command.options, help: helpOption }).map(([name, option]) => ({
    flags: `${option.short === undefined ? "    " : `-${option.short}, `}--${name}${option.value === undefined ? "" : ` ${option.value}`}`,
    doc: option.doc,
  }));
  const width = Math.max(...options.map(({ flags }) => flags.length));
  const lines = options.map(({ flags, doc }) => {
    const indent = " ".repeat(width + 4);
    return `  ${flags.padEnd(width)}  ${wrap(doc, indent).trimStart()}`;
  });
  return [
    `Usage: ${["bottleneck", command.name, command.operands].filter((word) => word !== "").join(" ")} [options]`,
    "",
    wrap(command.doc, ""),
    "",
    "Options:",
    ...lines,
  ].join("\n");
}

/** A whole number from `least` to `most`. @throws UsageError */
export function wholeNumber(
  options: Options,
  name: string,
  least: number,
  most = Infinity,
): number | undefined {
  const text = options[name];
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text === "" || !Number.isSafeInteger(value) || value < least || value > most) {
    const range = most === Infinity ? `from ${least}` : `from ${least} to ${most}`;
    throw new UsageError(`--${name} must be a whole number ${range}, not "${String(text)}"`);
  }
  return value;
}

/** One of some words. @throws UsageError */
export function oneOf<const W extends string>(
  options: Options,
  name: string,
  words: readonly W[],
): W | undefined {
  const text = options[name];
  if (text === undefined) return undefined;
  const word = words.find((candidate) => candidate === text);
  if (word === undefined)
    throw new UsageError(`--${name} must be one of ${words.join(", ")}, not "${String(text)}"`);
  return word;
}

/** The one file that a command works on. @throws UsageError */
export function oneFile(operands: string[], what = "a .bottleneck file"): string {
  const [file, ...rest] = operands;
  if (file === undefined) throw new UsageError(`give the path of ${what}`);
  if (rest.length > 0) throw new UsageError(`only one file is allowed, but ${operands.length} were given`);
  return file;
}
