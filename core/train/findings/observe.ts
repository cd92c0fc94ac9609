/** The states that rules give as examples, in full. */
import { analyse } from "../../theory/analyse";
import { evaluate, knobValues } from "../../theory/terms/scalar";
import type { Example, Observed } from "./rule";

/** @throws Error when the spec of the example has an error or no such term */
export function observed({
  spec: text,
  terms = {},
  rates = {},
  progress = 0.5,
  batch = 64,
  steps,
  samples,
  levels = {},
  training = {},
  deviations,
  carried = {},
  leaks = [],
  temperatures = {},
  earlier = [],
  total = 0,
}: Example): Observed {
  const { derived } = analyse(text).specs[0]!;
  if (derived === undefined) throw new Error("the spec of an example has an error");
  const { spec } = derived;
  const ids = derived.terms.map(({ term }) => term.id);
  const unknown = Object.keys(terms).find((id) => !ids.includes(id));
  if (unknown !== undefined) throw new Error(`no term "${unknown}" among ${ids.join(", ")}`);
  const at = (i: 0 | 1): Observed["now"] => ({
    total: i === 0 ? 0 : total,
    rates: {},
    ...(i === 1 && deviations ? { spread: { batches: 4, deviations } } : {}),
    terms: Object.fromEntries(Object.entries(terms).map(([id, values]) => [id, values[i]])),
  });
  const knobs = knobValues(spec.knobs);
  return {
    now: at(1),
    first: at(0),
    rates,
    terms: derived.terms,
    spec,
    weights: Object.fromEntries(
      derived.terms.map(({ term, effectiveWeight }) => [term.id, evaluate(effectiveWeight, knobs)]),
    ),
    batch,
    steps: steps ?? { asked: 128, rows: 128 },
    samples: samples ?? { train: 8000, validation: 1000 },
    knobs,
    progress,
    levels,
    training: {
      steps: 20,
      means: each(training, ([mean]) => mean),
      deviations: each(training, ([, deviation]) => deviation),
    },
    carried,
    leaks,
    temperatures,
    earlier,
  };
}

const each = <T>(of: Readonly<Record<string, T>>, value: (one: T) => number): Record<string, number> =>
  Object.fromEntries(Object.entries(of).map(([name, one]) => [name, value(one)]));
