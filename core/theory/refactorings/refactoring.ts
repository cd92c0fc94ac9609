/** What a refactoring is: edits of a text that keep its losses, and its comments. */
import type { Range, TextEdit } from "../../language/diagnostic";
import type { SpecTree } from "../../language/tree";
import type { Analysis } from "../analyse";

/** The place that a person asks about. */
export interface Asked {
  analysis: Analysis;
  text: string;
  /** The spec at the place. */
  tree: SpecTree;
  range: Range;
}

/** Edits that are tried before they are offered. */
export interface Proposal {
  title: string;
  edits: TextEdit[];
  /** Specs whose loss another had before, by their names: the new one, and that one. */
  moved?: readonly [string, string];
}

export interface Refactoring {
  /** Of the protocol: `refactor.rewrite`. */
  kind: "refactor.extract" | "refactor.inline" | "refactor.rewrite";
  propose(asked: Asked): Proposal | undefined;
}
