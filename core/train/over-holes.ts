/** The loss over data whose samples lack streams: what it may miss, and how often, is what the data say. */
import type { BoundStream } from "../data/bind";
import type { Dataset } from "../data/dataset";
import { derive } from "../theory/derivation/derive";
import type { DerivedLoss, Objective } from "../theory/derivation/loss";
import { wrongArguments } from "../theory/faults/wrong-arguments";
import { buildObjective } from "../theory/objective/objective";
import { MOST_MISSING } from "../theory/missing/patterns";
import type { Missing, Spec } from "../theory/spec";
import { Holes } from "./holes";
import { Rejection } from "./rejection";

interface Loss {
  derived: DerivedLoss;
  objective: Objective;
  /** The derived loss's, with the numbers of this run. */
  spec: Spec;
}

/**
 * The loss, derived again where some samples lack a stream that it can read: such a stream may be absent, whether the text
 * says so or not, and its rate is the share of such samples. An observed factor is in no term.
 * @throws Rejection where the loss cannot be had without these streams, or `missing` is simulated for too many
 */
export function overHoles(
  loss: Loss,
  streams: ReadonlyMap<string, BoundStream>,
  splits: Dataset["splits"],
): Loss & { holes?: Holes } {
  const { spec } = loss;
  const used = Int32Array.from(Object.values(splits).flatMap((rows) => [...rows]));
  const lacking = new Map<string, Uint8Array>();
  const measured: Missing[] = [];
  for (const { name, role, derived, range } of spec.streams) {
    const absent = derived === undefined && role !== "observe" ? streams.get(name)!.absent : undefined;
    const count = absent && used.reduce((sum, row) => sum + absent[row]!, 0);
    if (!absent || !count) continue;
    lacking.set(name, absent);
    const written = spec.missing.find(({ stream }) => stream === name);
    measured.push({
      stream: name,
      rate: count / used.length,
      measured: true,
      range: written?.range ?? range,
    });
  }
  const simulated = spec.missing.filter(({ stream }) => !lacking.has(stream));
  if (simulated.length > MOST_MISSING) {
    const { range, stream } = simulated.at(-1)!;
    throw new Rejection([wrongArguments.mostSimulated(range, stream, simulated.length, MOST_MISSING)]);
  }
  if (lacking.size === 0) return loss;
  const holes = new Holes(lacking);
  const found = { missing: [...simulated, ...measured], patterns: holes.patternsOf(splits.train) };
  const derived = derive({ ...loss.derived.spec, ...found });
  const errors = derived.diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Rejection(errors);
  return { derived, objective: buildObjective(derived), spec: { ...spec, ...found }, holes };
}
