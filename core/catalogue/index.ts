/**
 * The catalogue: published methods as specs, one `.bottleneck` file each. The files are bundled by
 * `node scripts/catalogue.mjs`, since core reads no files.
 */
import { parse } from "../language/parser";
import type { SpecTree } from "../language/tree";
import { catalogueTexts } from "./generated";

export interface CatalogueEntry {
  /** Name of its file, without `.bottleneck`. */
  file: string;
  /** Name for people: the spec's title. */
  method: string;
  /** What it does, in a sentence. */
  summary: string;
  aliases: string[];
  /** Citation, and how its knobs compare. */
  source: string;
  /** How its source weighs: the side of beta, and sums or means over the values of a stream. */
  convention: Convention;
  /** Streams of which there may be any number more, each alike; none where the file has all there are. */
  views: string[];
  /** What it becomes where a knob is at a value, or its codes lose their noise. */
  limits: Limit[];
  /** What its codes contain, and what they lose: the ends of a sentence. */
  keeps: string;
  discards: string;
  text: string;
  tree: SpecTree;
}

interface Convention {
  beta: keyof typeof betaConventions;
  values: keyof typeof valueConventions;
}

/** What a beta of the source stands before, as a `Convention` line says it. */
export const betaConventions = {
  kept: "beta multiplies the kept terms",
  cost: "beta multiplies the compressed terms",
  one: "beta is 1",
  none: "no beta",
} as const;

/** How the source adds up the values of a stream, as a `Convention` line says it. */
const valueConventions = {
  sum: "sums over values",
  mean: "means over values",
  none: "nothing is decoded",
} as const;

export interface Limit {
  /** All that is changed, in words: `at a = 0`, `noiseless, by cca`. */
  when: string;
  changes: LimitChange[];
  /** The method that it is then, as recognition tells it; or, of `called`, a name of its own for this case. */
  method: string;
  called: boolean;
}

export type LimitChange =
  | { kind: "knob"; knob: string; value: number }
  /** Gaussian codes become deterministic, and no information is paid for. */
  | { kind: "noiseless" }
  /** Links between codes get this bound. */
  | { kind: "bound"; bound: string };

let entries: readonly CatalogueEntry[] | undefined;

/** All methods, in the order of their files' names. @throws Error when a file of the catalogue is broken */
export const catalogue = (): readonly CatalogueEntry[] =>
  (entries ??= Object.entries(catalogueTexts).map(entry));

/** The method whose spec has this name, for `extends`. */
export const methodTree = (name: string): SpecTree | undefined =>
  catalogue().find(({ tree }) => tree.name.text === name)?.tree;

/** The entry with this spec; undefined for a spec of another text. */
export const entryOfTree = (spec: SpecTree): CatalogueEntry | undefined =>
  catalogue().find(({ tree }) => tree === spec);

/** Names of all methods' specs, for `extends`. */
export const methodNames = (): string[] => catalogue().map(({ tree }) => tree.name.text);

function entry([file, text]: [string, string]): CatalogueEntry {
  const { tree, diagnostics } = parse(text);
  const spec = tree.specs[0];
  if (spec === undefined || diagnostics.length > 0)
    throw new Error(`${file}.bottleneck: ${diagnostics[0]?.message ?? "no spec"}`);
  const lines = (spec.doc ?? "").split("\n").map((line) => line.trim());
  const all = (word: string): string[] =>
    lines.flatMap((line) => (line.startsWith(`${word}: `) ? [line.slice(word.length + 2)] : []));
  const told = (word: string): string => all(word)[0] ?? "";
  const broken = (what: string): never => {
    throw new Error(`${file}.bottleneck: ${what}`);
  };
  return {
    file,
    method: spec.title?.value ?? spec.name.text,
    summary: lines[0] ?? "",
    aliases: told("Aliases").split(", ").filter(Boolean),
    source: told("Source"),
    convention:
      readConvention(told("Convention")) ??
      broken(
        `no line such as \`Convention: ${betaConventions.cost}; ${valueConventions.sum}.\`; beta: ${Object.values(betaConventions).join(", ")}; values: ${Object.values(valueConventions).join(", ")}`,
      ),
    views: readViews(told("Views")) ?? broken(`this Views line cannot be read: ${told("Views")}`),
    limits: all("Limit").map((line) => readLimit(line) ?? broken(`this Limit cannot be read: ${line}`)),
    keeps: told("Keeps"),
    discards: told("Discards"),
    text,
    tree: spec,
  };
}

function readConvention(line: string): Convention | undefined {
  const [beta, values] = line.replace(/\.$/, "").split("; ");
  const key = <T extends object>(table: T, said: string | undefined): keyof T | undefined =>
    (Object.keys(table) as (keyof T)[]).find((name) => table[name] === said);
  const found = { beta: key(betaConventions, beta), values: key(valueConventions, values) };
  return found.beta && found.values ? { beta: found.beta, values: found.values } : undefined;
}

/** `any number of X, Y.`; empty where nothing is said. */
function readViews(line: string): string[] | undefined {
  if (line === "") return [];
  const [, names] = /^any number of (\w+(?:, \w+)+)\.$/.exec(line) ?? [];
  return names?.split(", ");
}

/** `at a = 0 it is beta-joint-DVCCA.`, `noiseless, by cca it is DCCAE.`, `at beta = 1 it is called VAE.` */
function readLimit(line: string): Limit | undefined {
  const [, when, called, method] = /^(.+?) it is (called )?(.+)\.$/.exec(line) ?? [];
  if (when === undefined || method === undefined) return undefined;
  const changes = when.split(", ").map(readChange);
  if (!changes.every((change) => change !== undefined)) return undefined;
  return { when, changes, method, called: called !== undefined };
}

function readChange(text: string): LimitChange | undefined {
  if (text === "noiseless") return { kind: "noiseless" };
  const [, bound] = /^by ([\w-]+)$/.exec(text) ?? [];
  if (bound !== undefined) return { kind: "bound", bound };
  const [, knob, value] = /^at (\w+) = ([\d.]+)$/.exec(text) ?? [];
  return knob === undefined ? undefined : { kind: "knob", knob, value: Number(value) };
}
