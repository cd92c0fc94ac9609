import type { Rule } from "./rule";

/** What a training begins from. */
export interface Beginning {
  /** A run before it whose weights are of no use, and after how many steps that was; absent where there is none. */
  unusable?: { because: "stopped" | "not finite"; step: number };
  /** Frozen codes that have random first weights, and how many of these; absent where there are none. */
  random?: { codes: readonly string[]; weights: number };
}

export type BeginningExample = Beginning & { spec: string };

const spec = `spec S {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`;

export const freshWeights: Rule<Beginning, BeginningExample> = {
  code: "fresh-weights",
  severity: "information",
  seen: "A knob was turned, the spec was edited or training was run again after a training whose loss was not finite. Training has started from fresh weights.",
  why: "Weights that led to infinite values would lead to them again.",
  change: "Nothing here. The finding `not-finite` of the run before says what to change.",
  find({ unusable }) {
    if (unusable === undefined) return [];
    const { because, step } = unusable;
    const before =
      because === "stopped"
        ? `The run before stopped at step ${step}, since its loss was not finite`
        : `At step ${step} the run before had weights that are not finite`;
    return [{ message: `${before}. Training has started again from fresh weights.` }];
  },
  example: { spec, unusable: { because: "stopped", step: 210 } },
  healthy: { spec },
};
