/** What a stress test is: changes of a design or of its data, of which the worst counts. */
import type { Alteration } from "../../../data/alterations/alteration";
import type { DerivedLoss } from "../../../theory/derivation/loss";
import type { Spec, Stream } from "../../../theory/spec";
import type { KnobValues } from "../../job";
import type { Refusal, Written } from "../statements";
import type { Watched } from "../watched";

/** A design as it is before anything is changed. */
export interface Design {
  /** Its statements, or why they cannot be changed. */
  written: Written | Refusal;
  derived: DerivedLoss;
  spec: Spec;
  /** Training rows. */
  rows: number;
  watched: readonly Watched[];
  /** The observed factor that the codes discard most. */
  nuisance: string | undefined;
  /** Modalities of the data that codes read, themselves or what is made from them. */
  streams: readonly Stream[];
}

/** One change. */
export interface Variant {
  /** As a heading, which says how much: "A quarter of the training samples". */
  title: string;
  /** Another text of the same spec. */
  text?: string;
  knobs?: KnobValues;
  alterations?: readonly Alteration[];
  /** The loss whose terms have to ask for what is kept, where no more is asked of a design than any could keep. */
  limits?: DerivedLoss;
  /** How many classes its codes can tell at most. */
  classes?: number;
  /** Whether it is a larger change than those of other tests. */
  harsh?: boolean;
  /** The only factor that can move. */
  factor?: string;
  /** The factor that the change itself moves in the data: what probes read of it moves by construction, so it is not lost. */
  nuisance?: string;
}

export interface StressTest {
  /** Stable: `drop-Y`, `beta`. */
  id: string;
  /** `ablation`: the design is changed, or loses a stream; `shift`: its data, or a knob. */
  kind: "ablation" | "shift";
  /** What can be done about it. */
  advice(factor: string): string;
  variants: readonly Variant[];
}

/** The tests of one idea. */
export interface Tests {
  /** Their ids; NAME is what is left out. */
  ids: readonly string[];
  /** What is changed, for the manual. */
  doc: string;
  /** Those that a design allows; none where the idea does not apply to it. */
  of(design: Design): StressTest[];
}

/** Seed of what alterations draw. */
export const SEED = 1;
