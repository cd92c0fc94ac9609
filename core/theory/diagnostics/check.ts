import type { Diagnostic } from "../../language/diagnostic";
import type { SpecTree } from "../../language/tree";
import type { DerivedLoss } from "../derivation/loss";
import type { Rule } from "../faults/rule";
import type { Spec } from "../spec";

/** A rule that looks at the whole of a resolved and derived spec. */
export interface Check extends Rule {
  check(spec: Spec, derived: DerivedLoss, tree: SpecTree): Diagnostic[];
}
