import type { DataRule } from "./rule";

const specOf = (kind: string): string => `spec S {
  modality X : ${kind}
  latent Z : gaussian(1) from X
  compress I(X; Z)
  keep I(X; Z)
}
`;
const X = (shape: number[]) => ({ shape, values: Array.from({ length: 1280 }, (_, i) => Math.sin(i)) });

export const eitherOrder: DataRule = {
  code: "either-order",
  severity: "information",
  seen: "The samples of a signal, a picture or a video fit with the channels first and with the channels last.",
  why: "Both axes are equally long, so the shape does not tell them apart. The order that the spec declares is taken: channels last.",
  change:
    "If the file has the channels first, save it with `numpy.moveaxis(array, 1, -1)`; of a video, axis 2.",
  find: ({ streams }) =>
    streams.flatMap(({ stream: { name, kind, asDeclared } }) =>
      asDeclared === undefined
        ? []
        : [
            {
              about: name,
              message: `Both orders of the axes fit \`${name}\`: its samples are read as ${asDeclared}. If its file has the channels first, save it with numpy.moveaxis(${name}, ${kind.name === "video" ? 2 : 1}, -1).`,
            },
          ],
    ),
  example: { spec: specOf("signal(4, 4)"), fields: { X: X([4, 4]) } },
  healthy: { spec: specOf("signal(8, 4)"), fields: { X: X([8, 4]) } },
};
