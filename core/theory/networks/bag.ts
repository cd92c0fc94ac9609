import { perceptron } from "../../program/expression";
import { quoted } from "../../language/text";
import type { Network } from "./network";

/** A deep averaging network: the mean of word vectors, then a perceptron. Iyyer et al. 2015. */
export const bag: Network = {
  name: "bag",
  numbers: {
    first: "width of the word vectors",
    further: "width",
    advice: "Write the width of the word vectors, as in `bag(64)`. The widths of hidden layers can follow.",
  },
  ofValues: false,
  refuses({ role, stream, reads }) {
    if (role === "decoder")
      return `\`bag\` can only be an encoder. For the decoder of \`${stream!.name}\` use \`mlp\` or \`linear\`.`;
    if (stream?.kind.name === "text") return undefined;
    return reads.length > 1
      ? `\`bag\` can read only one text, and this encoder reads ${quoted(reads)} together. Fuse them by \`poe\`, or use \`mlp\`, which reads word counts.`
      : `\`bag\` needs a \`text\` stream; \`${reads[0]!}\` is ${stream ? `a \`${stream.kind.name}\`` : "a code"}. Use \`mlp\`.`;
  },
  layers: ({ sizes: [size, ...widths] }, { input, output }) => [
    { kind: "embeddingBag", words: input, size: size! },
    ...perceptron([size!, ...widths, output]),
  ],
};
