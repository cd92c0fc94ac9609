import { perceptron, type Layer } from "../../program/expression";
import { positionsOf, type Window } from "../../program/program";
import { quoted } from "../../language/text";
import type { Stream } from "../spec";
import type { Network } from "./network";

/** Kernels of 3 that move by 2: each layer halves the picture. */
const HALVING = { kernel: 3, stride: 2, padding: 1 };
/** Along an axis of one place: a signal is a picture of height 1. */
const STILL = { kernel: 1, stride: 1, padding: 0 };

interface Picture {
  channels: number;
  size: readonly [number, number];
}

/** A stream as a picture: the frames of a video are channels. */
function pictureOf({ kind: { name, sizes } }: Stream): Picture | undefined {
  const [a = 1, b = 1, c = 1, d = 1] = sizes;
  switch (name) {
    case "image":
      return { channels: c, size: [a, b] };
    case "audio":
      return { channels: 1, size: [a, b] };
    case "signal":
      return { channels: b, size: [1, a] };
    case "video":
      return { channels: a * d, size: [b, c] };
    default:
      return undefined;
  }
}

function windowOver(picture: readonly [number, number]): Window {
  const [down, across] = picture.map((length) => (length === 1 ? STILL : HALVING)) as [
    typeof HALVING,
    typeof HALVING,
  ];
  const pair = (part: keyof typeof HALVING): [number, number] => [down[part], across[part]];
  return { picture, kernel: pair("kernel"), stride: pair("stride"), padding: pair("padding") };
}

const relu: Layer = { kind: "activation", f: "relu" };

/** Convolutions with these channels, then a linear layer. LeCun et al. 1998. */
function encoder({ channels, size }: Picture, widths: readonly number[], output: number): Layer[] {
  const layers: Layer[] = [];
  let [from, picture] = [channels, size];
  for (const to of widths) {
    const window = windowOver(picture);
    layers.push({ kind: "convolution", window, input: from, output: to }, relu);
    [from, picture] = [to, positionsOf(window)];
  }
  return [...layers, { kind: "flatten" }, ...perceptron([from * picture[0] * picture[1], output])];
}

/** A linear layer, then transposed convolutions, each of which reads so many channels. Radford et al. 2016. */
function decoder({ channels, size }: Picture, widths: readonly number[], input: number): Layer[] {
  const windows: Window[] = [];
  let picture = size;
  for (let i = 0; i < widths.length; i++) {
    windows.unshift(windowOver(picture));
    picture = positionsOf(windows[0]!);
  }
  const layers: Layer[] = [
    ...perceptron([input, widths[0]! * picture[0] * picture[1]]),
    relu,
    { kind: "unflatten", channels: widths[0]!, picture },
  ];
  for (const [i, window] of windows.entries()) {
    if (i > 0) layers.push(relu);
    const to = widths[i + 1] ?? channels;
    layers.push({ kind: "transposedConvolution", window, input: widths[i]!, output: to });
  }
  return [...layers, { kind: "flatten" }];
}

export const cnn: Network = {
  name: "cnn",
  numbers: {
    first: "channels of layer 1",
    further: "channels of layer",
    advice: "Write the channels of each convolution, as in `cnn(16, 32)`.",
  },
  ofValues: false,
  refuses({ role, stream, reads }) {
    if (stream && pictureOf(stream)) return undefined;
    if (role === "decoder")
      return `\`cnn\` decodes images, spectrograms, signals and videos; \`${stream!.name}\` is a \`${stream!.kind.name}\`. Use \`mlp\`.`;
    if (reads.length > 1)
      return `\`cnn\` can read only one stream, and this encoder reads ${quoted(reads)} together. Fuse them by \`poe\`, or use \`mlp\`.`;
    const is = stream ? `is a \`${stream.kind.name}\`` : "is a code";
    return `\`cnn\` needs an image, a spectrogram, a signal or a video; \`${reads[0]!}\` ${is}. Use \`mlp\`.`;
  },
  layers({ sizes }, { role, stream, input, output }) {
    const picture = pictureOf(stream!)!;
    return role === "encoder" ? encoder(picture, sizes, output) : decoder(picture, sizes, input);
  },
};
