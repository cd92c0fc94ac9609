import type { DataRule } from "./rule";
import { sampled } from "./words";
import { rounded } from "../../../language/number-text";

const PICTURES = ["image", "audio", "video"];

const spec = `spec S {
  modality X : image(1, 2)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z) by gaussian
}
`;

export const pictureRange: DataRule = {
  code: "picture-range",
  severity: "warning",
  seen: "A picture or spectrogram has values outside 0 to 1, and `gaussian` or `laplace` reconstructs it.",
  why: "The decoder of a picture ends in a sigmoid, so what it reconstructs is always from 0 to 1 and can never reach the other values.",
  change:
    "Scale the values to 0 to 1 before saving them, or save bytes, which are read as values from 0 to 1.",
  find: ({ streams, terms }) =>
    streams.flatMap((one) => {
      const { stream, columns } = one;
      const [column] = columns;
      if (!PICTURES.includes(stream.kind.name) || !(stream.values instanceof Float32Array)) return [];
      if (column === undefined || (column.least >= 0 && column.most <= 1)) return [];
      const decoding = terms.find(
        ({ role, bound }) =>
          role.kind === "decoding" &&
          role.streams[0]?.name === stream.name &&
          (bound.id === "gaussian" || bound.id === "laplace"),
      );
      if (decoding === undefined) return [];
      const high = column.most > 1;
      const place = `${rounded(high ? column.most : column.least, 4)} in sample ${high ? column.mostRow : column.leastRow}`;
      const scaling =
        column.least >= 0 && column.most <= 255
          ? "Divide the values by 255"
          : `Scale the values from ${rounded(column.least, 4)} .. ${rounded(column.most, 4)} to 0 .. 1`;
      return [
        {
          about: stream.name,
          message:
            `\`${stream.name}\` is reconstructed by \`${decoding.bound.id}\` with values from 0 to 1, but its field \`${stream.field}\` has ${place} ` +
            `(values are from ${rounded(column.least, 4)} to ${rounded(column.most, 4)})${sampled(one)}. ${scaling} before saving them.`,
        },
      ];
    }),
  example: { spec, fields: { X: { shape: [1, 2], values: [0, 255, 17, 200] } } },
  healthy: { spec, fields: { X: { shape: [1, 2], values: [0, 1, 0.1, 0.8] } } },
};
