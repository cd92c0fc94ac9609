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
  /** Citation, and how its beta compares. */
  source: string;
  /** What its codes hold, and what they lose: the ends of a sentence. */
  keeps: string;
  discards: string;
  text: string;
  tree: SpecTree;
}

let entries: readonly CatalogueEntry[] | undefined;

/** All methods, in the order of their files' names. @throws Error when a file of the catalogue is broken */
export const catalogue = (): readonly CatalogueEntry[] =>
  (entries ??= Object.entries(catalogueTexts).map(entry));

/** The method whose spec has this name, for `extends`. */
export const methodTree = (name: string): SpecTree | undefined =>
  catalogue().find(({ tree }) => tree.name.text === name)?.tree;

function entry([file, text]: [string, string]): CatalogueEntry {
  const { tree, diagnostics } = parse(text);
  const spec = tree.specs[0];
  if (spec === undefined || diagnostics.length > 0)
    throw new Error(`${file}.bottleneck: ${diagnostics[0]?.message ?? "no spec"}`);
  const lines = (spec.doc ?? "").split("\n").map((line) => line.trim());
  const told = (word: string): string =>
    lines.find((line) => line.startsWith(`${word}: `))?.slice(word.length + 2) ?? "";
  return {
    file,
    method: spec.title?.value ?? spec.name.text,
    summary: lines[0] ?? "",
    aliases: told("Aliases").split(", ").filter(Boolean),
    source: told("Source"),
    keeps: told("Keeps"),
    discards: told("Discards"),
    text,
    tree: spec,
  };
}
