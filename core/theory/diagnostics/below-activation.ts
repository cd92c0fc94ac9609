import { quoted } from "../../language/text";
import { codesOf, links, rebuildings } from "../wants/duties";
import type { DerivedLoss } from "../derivation/loss";
import { variablesOf } from "../terms/print";
import { BETA, evaluate, knobValues } from "../terms/scalar";
import { writtenKnob } from "./places";
import type { Check } from "./check";
import { fix, report, edited } from "../faults/rule";
import { rounded } from "../../language/number-text";

const example = `spec A {
  modality X : vector(4)
  target L : label(3)
  latent Z : gaussian(2) from X
  knob beta = 0.5 in 0.1 .. 100 log
  compress I(X; Z)
  keep I(L; Z)
}
`;

export const belowActivation: Check = {
  code: "below-activation",
  severity: "warning",
  doc: "The information that a code carries about anything is at most its rate: I(Z; L) ≤ I(X; Z), and I(Zx; Zy) is at most the rate of each of its codes. If the kept terms of a code have a smaller weight than its rate, the loss is lowest when the code is empty. A Gaussian direction of correlation ρ needs even more: beta above 1/ρ² (Chechik et al. 2005). Raise beta.",
  example,
  fixed: edited(example, [["knob beta = 0.5 in 0.1 .. 100 log", "knob beta = 8 in 0.1 .. 100 log"]]),
  check(spec, derived, tree) {
    return pricesOf(derived).flatMap(({ codes, paid, kept }) => {
      if (!(kept > 0 && kept < paid)) return [];
      const first = derived.terms.find(
        ({ term }) => term.side === "keep" && variablesOf(term).some(({ name }) => codes.includes(name)),
      )!;
      const beta = spec.knobs.find(({ name }) => name === BETA);
      const needed = beta && (beta.value * paid) / kept;
      const names = quoted(codes);
      const message = `${names} will collapse: each nat ${codes.length > 1 ? "they carry" : "it carries"} earns ${rounded(kept)} at most and costs at least ${rounded(paid)}. ${needed ? `Raise \`beta\` above ${rounded(needed)}.` : "Raise the weight of the kept term."}`;
      const value = writtenKnob(tree, BETA)?.value.range;
      const raised = needed && 4 * needed;
      const more =
        value && raised && raised <= beta.to
          ? fix(`Set \`beta\` to ${rounded(raised)}`, value, rounded(raised))
          : {};
      return [report(belowActivation, beta?.range ?? first.term.range, message, more)];
    });
  },
};

/** What each nat that some codes carry earns at most, and costs at least, at the knobs of the text. */
export function pricesOf(derived: DerivedLoss): { codes: string[]; paid: number; kept: number }[] {
  const knobs = knobValues(derived.spec.knobs);
  return groups(derived).map((codes) => {
    const weigh = (side: "compress" | "keep"): number =>
      derived.terms
        .filter(
          ({ term }) => term.side === side && variablesOf(term).some(({ name }) => codes.includes(name)),
        )
        .reduce((total, { effectiveWeight }) => total + Math.abs(evaluate(effectiveWeight, knobs)), 0);
    return { codes, paid: weigh("compress"), kept: weigh("keep") };
  });
}

/**
 * Codes whose kept terms are worth nothing at rest, so that the threshold is known: one code that predicts a label, or two
 * that are linked, and that no other kept term holds. Each is paid its whole rate.
 */
function groups(derived: DerivedLoss): string[][] {
  const { spec, terms } = derived;
  const labels = rebuildings(derived)
    .filter(({ bound, decoding }) => bound.id === "categorical" && decoding.streams[0]!.kind.name === "label")
    .map(({ term, decoding }) => ({ term, codes: codesOf(spec, decoding.read), whole: decoding.read }));
  const linked = links(derived)
    .filter(({ bound }) => bound.side === "lower" || bound.side === "exact")
    .map(({ term, sides }) => {
      const whole = sides.flat();
      return { term, codes: codesOf(spec, whole), whole, pair: true };
    });
  const known = [...labels, ...linked].filter(({ codes, whole }) => codes.length === whole.length);
  const seen = new Set<string>();
  return known.flatMap((candidate) => {
    const { codes } = candidate;
    const key = [...codes].sort().join(" ");
    // What is frozen cannot collapse, and keeps the other from it.
    if (spec.latents.some(({ name, frozen }) => frozen && codes.includes(name))) return [];
    const fits = "pair" in candidate ? codes.length === 2 : codes.length === 1;
    if (!fits || seen.has(key)) return [];
    const holding = terms.filter(
      ({ term }) => term.side === "keep" && variablesOf(term).some(({ name }) => codes.includes(name)),
    );
    const all = holding.every(({ term }) =>
      known.some((other) => other.term === term && [...other.codes].sort().join(" ") === key),
    );
    const rates = terms.filter(({ term }) => term.side === "compress");
    const paid = codes.every((code) =>
      rates.some(
        ({ role, bound }) =>
          bound.family === "rate" && role.kind === "payment" && role.codes.some(({ name }) => name === code),
      ),
    );
    const others = rates.some(
      ({ term, bound }) =>
        (bound.family !== "rate" || term.target !== undefined) &&
        variablesOf(term).some(({ name }) => codes.includes(name)),
    );
    if (!all || !paid || others) return [];
    seen.add(key);
    return [codes];
  });
}
