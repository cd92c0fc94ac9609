import { perceptron } from "../../program/expression";
import { quoted } from "../../language/text";
import type { Network } from "./network";

/** A deep averaging network: the mean of word vectors, then a perceptron. Iyyer et al. 2015. */
export const bag: Network = {
  name: "bag",
  numbers: {
    first: "width of the word vectors",
    further: "width",
    advice: "Write the width of the word vectors, as in `bag(64)`; widths of hidden layers may follow.",
  },
  ofValues: false,
  refuses({ role, stream, reads }) {
    if (role === "decoder")
      return `\`bag\` reads words and makes none; the decoder of \`${stream!.name}\` is \`mlp\` or \`linear\`.`;
    if (stream?.kind.name === "text") return undefined;
    return reads.length > 1
      ? `\`bag\` reads one text alone, and this encoder reads ${quoted(reads)} together; fuse them by \`poe\`, or use \`mlp\`, which reads the counts of words.`
      : `\`bag\` reads the words of a \`text\`, and \`${reads[0]!}\` is none; use \`mlp\`.`;
  },
  layers: ({ sizes: [size, ...widths] }, { input, output }) => [
    { kind: "embeddingBag", words: input, size: size! },
    ...perceptron([size!, ...widths, output]),
  ],
};
