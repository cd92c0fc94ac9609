/** What is known of one spec of a text. */
import type { Diagnostic } from "../language/diagnostic";
import type { SpecTree } from "../language/tree";
import type { DerivedLoss } from "./derivation/loss";
import type { Recognition } from "./recognition/recognise";
import type { Spec } from "./spec";

export interface AnalysedSpec {
  tree: SpecTree;
  /** What is whole of it; undefined when it extends something that is not there. */
  readonly spec: Spec | undefined;
  readonly derived: DerivedLoss | undefined;
  /** The same loss, its places those of the version in which the spec was first analysed: made once, however it moves. */
  readonly unplaced: DerivedLoss | undefined;
  /** The published method it is, or is near; only of a valid spec. Found when it is first asked for. */
  readonly recognised: Recognition | undefined;
  /** What was found in this spec, syntax apart; also part of the file's diagnostics. */
  diagnostics: Diagnostic[];
  /** Whether there is no error in it, syntax included: then it can be built and trained. */
  valid: boolean;
}
