/** Terms that leave no room for another: pixels for a link, one view for another, a private code for the shared one. */
import { scaled } from "../changes";
import { KEPT, share, termOf, type Oracle } from "../oracles";
import type { Planted } from "../failure";
import { text } from "../texts";
import { link } from "./critics";

/** What links the codes is read as less than half of what it is where reconstructions weigh little. */
const halved =
  (light: (seed: number) => string): Oracle =>
  async ({ test }, other) => {
    const best = termOf((await other(light)).test, "keep I(Zx; Zy)");
    return best > 0.3 && termOf(test, "keep I(Zx; Zy)") < best / 2;
  };

const outweighing = ([4, 2, 1.5] as const).map((times): Planted => {
  const of = (reconstruction: number) => (seed: number) =>
    link({ seed, bound: "infonce", latent: "gaussian(2)", reconstruction });
  return {
    name: `views ${times} times as large as a decoder's noise expects`,
    kind: "reconstruction outweighs the link",
    ...(times < 2 ? { near: true } : {}),
    text: of(1),
    change: scaled({ X: times, Y: times }),
    oracle: halved(of(0.001)),
  };
});

/** Nothing of its factors is in the code, which are in it where the stream alone is kept. */
const drowned =
  (alone: (seed: number) => string): Oracle =>
  async (outcome, other) => {
    const mean = (of: typeof outcome): number => (share(of, "Z", "own_A_1") + share(of, "Z", "own_A_2")) / 2;
    return mean(await other(alone)) >= KEPT && mean(outcome) < 0.1;
  };
const drowning = (
  [
    [6, 1],
    [3, 1],
    [1.5, 0.1],
    [1, 0.2],
  ] as const
).map(([size, weight]): Planted => {
  const of = (keep: string) => (seed: number) =>
    text({
      seed,
      body: `modality X : vector(64)
        modality A : vector(64)
        latent Z : gaussian(4) from X, A
        knob beta = 8 in 0.001 .. 1000 log
        compress I(X, A; Z)
        ${keep}keep ${weight} * I(A; Z)`,
    });
  return {
    name: `a view ${size} times as large beside one of weight ${weight}`,
    kind: "one stream drowns another",
    ...(size < 4 && weight > 0.1 ? { near: true } : {}),
    text: of("keep I(X; Z)\n"),
    change: scaled({ X: size }),
    oracle: drowned(of("")),
  };
});

/** Draws of the private code predict what the views share, which the other view's factors of its own are not. */
const leaks: Oracle = (outcome) =>
  Math.max(share(outcome, "Wx", "shared_1"), share(outcome, "Wx", "shared_2")) >= KEPT;
const leaking = (
  [
    [1, 8, 1],
    [2, 8, 0.01],
    [8, 8, 0.01],
    [4, 4, 0.1],
  ] as const
).map(([shared, own, weight]): Planted => ({
  name: `a private code of ${own} beside a shared one of ${shared}, linked with weight ${weight}`,
  kind: "private code predicts the other view",
  ...(own / shared < 2 ? { near: true } : {}),
  text: (seed) =>
    text({
      seed,
      body: `modality X : vector(64)
        modality Y : vector(64)
        latent Zx : gaussian(${shared}) from X
        latent Zy : gaussian(${shared}) from Y
        latent Wx : gaussian(${own}) from X
        latent Wy : gaussian(${own}) from Y
        knob beta = 8 in 0.001 .. 1000 log
        compress I(X; Zx)
        compress I(Y; Zy)
        compress I(X; Wx)
        compress I(Y; Wy)
        keep ${weight} * I(Zx; Zy) by infonce
        keep I(X; Zx, Wx)
        keep I(Y; Zy, Wy)`,
    }),
  oracle: leaks,
}));

export const streams: readonly Planted[] = [...outweighing, ...drowning, ...leaking];
