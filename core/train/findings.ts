/** What a running training shows to be wrong now. */
import { links } from "../theory/wants/duties";
import type { DerivedTerm } from "../theory/derivation/loss";
import { rowsOf } from "../theory/derivation/rows";
import type { Spec } from "../theory/spec";
import type { Measured } from "./evaluation";
import type { Finding } from "./protocol";

/** A code whose rate stays below this, in nats, holds nothing that a probe could find. */
const COLLAPSED_RATE = 0.05;
/** Share of its ceiling from which an estimate says more about the batch than about the codes. */
const NEAR_CEILING = 0.9;
/** How many times more a reconstruction must have gained than what links the codes, to be said to outweigh it. */
const OUTWEIGHS = 5;

export interface Observed {
  /** Values on held-out rows now, and at the first look. */
  now: Measured;
  first: Measured;
  terms: readonly DerivedTerm[];
  spec: Spec;
  /** The factor of each term in the loss now, by id: negative for what is kept. */
  weights: Record<string, number>;
  /** Rows over which the estimates were made. */
  batch: number;
  /** Rows that a step was to read, and those that it reads. */
  steps: { asked: number; rows: number };
  /** Share of the training that is done. */
  progress: number;
}

/** Everything there is to say about these values; whoever calls drops what was said before. */
export function findingsOf(observed: Observed): Finding[] {
  return [
    ...shortBatch(observed),
    ...collapsedCodes(observed),
    ...nearCeiling(observed),
    ...outweighing(observed),
  ];
}

/** Fewer training rows than a batch. */
function* shortBatch({ steps: { asked, rows } }: Observed): Generator<Finding> {
  if (rows >= asked) return;
  yield {
    code: "short-batch",
    severity: "warning",
    message:
      `There are ${rows} training samples for a batch of ${asked}: a step reads them all, and an epoch is one step. ` +
      `Lower batch, or give more data.`,
  };
}

/** Codes that have fallen back to their prior: sought from a quarter of the training on, as all codes start near it. */
function* collapsedCodes({ now, progress }: Observed): Generator<Finding> {
  if (progress < 0.25) return;
  for (const [latent, rates] of Object.entries(now.rates)) {
    const rate = rates.reduce((sum, value) => sum + value, 0);
    if (rate >= COLLAPSED_RATE) continue;
    yield {
      code: `collapsed-code ${latent}`,
      severity: "warning",
      message:
        `${latent} has collapsed: it carries ${rate.toFixed(2)} nats. What is kept pays less than what ${latent} costs; ` +
        `raise beta or the weight of a term that keeps ${latent}.`,
    };
  }
}

function* nearCeiling({ now, terms, spec, batch }: Observed): Generator<Finding> {
  for (const derived of terms) {
    const { term, bound } = derived;
    if (bound.ceiling !== "log N") continue;
    const rows = rowsOf(derived, spec, batch);
    const ceiling = Math.log(rows);
    const value = now.terms[term.id] ?? 0;
    if (value < NEAR_CEILING * ceiling) continue;
    yield {
      code: `near-ceiling ${term.id}`,
      severity: "warning",
      message:
        `${term.id} reads ${value.toFixed(2)} nats of the ${ceiling.toFixed(2)} that ${bound.id} can show with ` +
        `${rows} rows (log ${rows}): there may be more. Raise batch to see it.`,
    };
  }
}

/** Reconstructions whose weighted gain since the start drowns that of the terms between codes. */
function* outweighing({ now, first, terms, weights, progress }: Observed): Generator<Finding> {
  if (progress < 0.25) return;
  const gain = (id: string): number => -(weights[id] ?? 0) * ((now.terms[id] ?? 0) - (first.terms[id] ?? 0));
  // What is no information in nats cannot be held against a reconstruction.
  const measured = links({ terms }).filter(({ reads }) => reads === "information");
  const linked = Math.max(...measured.map(({ term }) => gain(term.id)));
  if (!(linked > 0)) return;
  for (const { term, reads } of terms) {
    if (term.side !== "keep" || reads !== "information minus entropy" || gain(term.id) < OUTWEIGHS * linked)
      continue;
    yield {
      code: `outweighs ${term.id}`,
      severity: "warning",
      message:
        `${term.id} outweighs what links the codes: it has gained ${(gain(term.id) / linked).toFixed(0)} times as much ` +
        `of the loss. A code filled with pixels has little room for what is shared; lower its weight.`,
    };
  }
}
