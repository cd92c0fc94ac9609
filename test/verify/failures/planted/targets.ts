/** Rates that are not what was asked for, and temperatures that have run to their limit. */
import { termOf, type Oracle } from "../oracles";
import type { Planted } from "../failure";
import { text } from "../texts";

/** On test rows a fifth off what was asked for, or a fifth above. */
const missed =
  (id: string, asked: number, onlyAbove: boolean): Oracle =>
  ({ test }) => {
    const value = termOf(test, id);
    return onlyAbove ? value > 1.2 * asked : Math.abs(value - asked) > 0.2 * asked;
  };

const targetText = (seed: number, weight: number, target: string): string =>
  text({
    seed,
    // A multiplier grows by a per cent a step until the rate is below.
    ...(target.startsWith("below") ? { epochs: 8 } : {}),
    body: `modality X : vector(64)
      latent Z : gaussian(8) from X
      compress ${weight} * I(X; Z) ${target}
      keep I(X; Z)`,
  });

const rates = (
  [
    [0.05, "at 1", 1],
    [0.3, "at 4", 4],
    [0.2, "at 2", 2],
    [0.002, "below 1", 1],
    [0.004, "below 2", 2],
  ] as const
).map(([weight, target, asked]): Planted => ({
  name: `a rate asked for ${target} with weight ${weight}`,
  kind: "target missed",
  ...(weight >= 0.2 ? { near: true } : {}),
  text: (seed) => targetText(seed, weight, target),
  oracle: missed("compress I(X; Z)", asked, target.startsWith("below")),
}));

/** Two codes of one stream are told apart the better the colder: nothing holds the temperature. */
const temperatures = ([0.05, 0.2] as const).map((rate): Planted => ({
  name: `two codes of one view, at a learning rate of ${rate}`,
  kind: "temperature at its limit",
  text: (seed) =>
    text({
      seed,
      rate,
      body: `modality X : vector(64)
        modality V : vector(64) = X
        latent Zx : deterministic(8) from X
        latent Zv : deterministic(8) from V
        keep I(Zx; Zv) by infonce(critic = cosine, temperature = learned)`,
    }),
  // Every sample is its own only partner, so a smaller temperature is always better than the learned one is.
  oracle: ({ test }) => termOf(test, "keep I(Zx; Zv)") > 0,
}));

export const targets: readonly Planted[] = [...rates, ...temperatures];
