/** For each finding that gives advice, a training in which it is raised, and what its advice says to edit where it has no fix. */
import type { Change } from "../failures/failure";
import { planted } from "../failures/planted";
import { text } from "../failures/texts";

export interface Case {
  /** The finding. */
  code: string;
  /** The training, in words. */
  name: string;
  text(seed: number): string;
  /** What is done to the data. */
  change?: Change;
  /** The advice in words and as an edit of the text, where the finding has no fix or its fix does not go all the way. */
  edit?: Edit;
}

interface Edit {
  said: string;
  of(text: string): string;
}

/** A training of the bank of failures. */
function bank(code: string, name: string, edit?: Edit): Case {
  const found = planted.find((one) => one.name === name);
  if (found === undefined) throw new Error(`the bank has no ${name}`);
  const { text: written, change } = found;
  return { code, name, text: written, ...(change && { change }), ...(edit && { edit }) };
}

const replaced = (said: string, from: RegExp, to: string): Edit => ({
  said,
  of: (written) => written.replace(from, to),
});

const lowerRate = replaced("lower the learning rate to 0.01", /adam\([\d.]+\)/, "adam(0.01)");

/** Findings of a running training, in the order of their list. */
export const cases: readonly Case[] = [
  {
    code: "short-batch",
    name: "a VAE of 300 samples in batches of 512",
    text: (seed) =>
      text({
        seed,
        data: { samples: 300 },
        batch: 512,
        body: `modality X : vector(64)
          latent Z : gaussian(8) from X
          compress I(X; Z)
          keep I(X; Z)`,
      }),
  },
  bank("few-samples", "120 samples", replaced("use 400 samples", /samples = 120\b/, "samples = 400")),
  bank("collapsed-code", "a VAE, standard, beta = 0.15"),
  bank("near-ceiling", "infonce of 48 rows"),
  bank("outweighs", "views 1.5 times as large as a decoder's noise expects"),
  bank("kept-nothing", "a symmetric bottleneck at beta = 2.5"),
  bank("less-than-nothing", "labels by lot, 300 samples"),
  bank("overfit", "250 samples of a label, 60 epochs"),
  bank("diverged", "a VAE at a learning rate of 0.3"),
  bank("drowned", "a view 1 times as large beside one of weight 0.2"),
  bank("unsteady-estimate", "mine of 16 rows on views that share 6.7 nats"),
  bank(
    "impossible-value",
    "canonical correlations of 16 and 16 coordinates over 64 rows, above the rate",
    replaced("use `infonce`", /by canonical/, "by infonce"),
  ),
  bank("missed-target", "a rate asked for at 1 with weight 0.05"),
  bank("leaking-code", "a private code of 8 beside a shared one of 8, linked with weight 0.01"),
  bank("temperature-limit", "two codes of one view, at a learning rate of 0.05"),
  bank(
    "still-improving",
    "a VAE of 24 epochs at a learning rate of 0.0001",
    replaced("raise the learning rate to 0.001", /adam\([\d.e-]+\)/, "adam(0.001)"),
  ),
  bank("not-finite", "nwj at a learning rate of 0.1", lowerRate),
];
