/** Words that people ask for and the language does not have: why, and what to do instead. */

const stopped =
  "A stopped gradient is not part of the language: training would no longer minimise the loss that the spec shows. Use `export --to loss-only`, and call `detach()` in your own training loop.";
const draws =
  "Each step takes one draw of a code. The mean over several has the same expected value with less noise, and so has a larger `batch`. To average several draws, use `export --to loss-only` and call the loss several times.";
const dropout =
  'Dropout is not part of the language: it is noise in a code that its rate does not count. Use `torch("package.Module")` for a network of your own, or `export --to loss-only`.';
const normalised =
  'Normalisation over a batch is not part of the language: each code would depend on the other rows, and the bounds assume that it does not. Use `torch("package.Module")` for a network of your own, or `export --to loss-only`.';
const clipped =
  "The preview does not clip gradients. Lower the rate, as in `optimizer = adam(1e-4)`, or use `export --to loss-only` and clip them in your own training loop.";

const outside = new Map([
  ...["stop", "stopgrad", "stop_gradient", "sg", "detach"].map((word) => [word, stopped] as const),
  ["draws", draws],
  ["dropout", dropout],
  ...["batchnorm", "batch_norm"].map((word) => [word, normalised] as const),
  ...["clip", "clip_norm", "grad_clip"].map((word) => [word, clipped] as const),
]);

/** Why the language does not have this word, and what to do instead; undefined for a word nobody asks for. */
export const reasonOutside = (word: string): string | undefined => outside.get(word.toLowerCase());
