import type { Entry, Parameter } from "./entry";

const size = (name: string, doc: string): Parameter => ({ name, doc });
const channels: Parameter = { name: "channels", doc: "Number of values per pixel.", default: "1" };

export const kindEntries: readonly Entry[] = [
  {
    word: "vector",
    category: "kind",
    doc: "A vector of numbers, such as features computed by another model.",
    parameters: [size("size", "Number of values.")],
    example: "modality X : vector(64)",
  },
  {
    word: "image",
    category: "kind",
    doc: "A picture, stored with its channels first.",
    parameters: [size("height", "Rows of pixels."), size("width", "Columns of pixels."), channels],
    example: "modality X : image(28, 28)",
  },
  {
    word: "audio",
    category: "kind",
    doc: "A spectrogram: the energy of each band in each frame.",
    parameters: [size("frames", "Number of time steps."), size("bands", "Number of frequency bands.")],
    example: "modality A : audio(32, 24)",
  },
  {
    word: "text",
    category: "kind",
    doc: "The words of a text as numbers from 0, with a maximum length and a vocabulary size. The length of each sample is read from `NAME_length`, where NAME is the field of the stream. Without that field, negative numbers mark positions without a word.",
    parameters: [
      size("length", "Maximum number of words."),
      size("vocabulary", "Number of different words."),
    ],
    example: "modality T : text(20, 1000)",
  },
  {
    word: "video",
    category: "kind",
    doc: "A sequence of pictures.",
    parameters: [
      size("frames", "Number of pictures."),
      size("height", "Rows of pixels."),
      size("width", "Columns of pixels."),
      channels,
    ],
    example: "modality V : video(8, 32, 32)",
  },
  {
    word: "signal",
    category: "kind",
    doc: "Several quantities measured over time. A file may have either axis first; where both orders fit, as of a square, time comes first as declared here.",
    parameters: [
      size("length", "Number of time steps."),
      size("channels", "Quantities measured at each step."),
    ],
    example: "modality S : signal(100, 3)",
  },
  {
    word: "counts",
    category: "kind",
    doc: "Counts of events, such as gene reads.",
    parameters: [size("size", "Number of counts.")],
    example: "modality G : counts(200)",
  },
  {
    word: "label",
    category: "kind",
    doc: "One of several classes. A sample whose class is -1, NaN or an empty cell has none: it is left out of the terms of the label, of accuracy and of information.",
    parameters: [size("classes", "Number of classes.")],
    example: "target L : label(10)",
  },
  {
    word: "scalar",
    category: "kind",
    doc: "One number.",
    example: "observe angle : scalar",
  },
];

const of: Parameter = { name: "stream", doc: "The source stream." };

export const derivationEntries: readonly Entry[] = [
  {
    word: "augment",
    category: "derivation",
    doc: "A randomly changed copy of a stream, different at each step.",
    parameters: [
      of,
      { name: "changes", doc: "The kinds of change.", many: true, values: ["crop", "flip", "noise"] },
    ],
    example: "modality X2 = augment(X, crop, flip)",
  },
  {
    word: "past",
    category: "derivation",
    doc: "The part of a signal before the present.",
    parameters: [of, { name: "steps", doc: "Number of time steps." }],
    example: "modality P = past(S, 20)",
  },
  {
    word: "future",
    category: "derivation",
    doc: "The part of a signal after the present.",
    parameters: [of, { name: "steps", doc: "Number of time steps." }],
    example: "modality F = future(S, 20)",
  },
  {
    word: "partner",
    category: "derivation",
    doc: "The same stream from another sample with the same value of a factor.",
    parameters: [of, { name: "same", doc: "The factor that must be the same.", named: true }],
    example: "modality X2 = partner(X, same = L)",
  },
];

const low: Parameter = { name: "low", doc: "The smaller end of the range." };
const high: Parameter = { name: "high", doc: "The larger end of the range." };

export const transformEntries: readonly Entry[] = [
  {
    word: "standardise",
    category: "transform",
    doc: 'Subtracts the mean of each column and divides by its standard deviation, both of the training rows. Columns are the values of a vector and the channels of a signal or a picture; other kinds have one for all their values. A constant column is only centred. `data "..." { standardise = true }` does so for every vector, signal, spectrogram and number that has no transform of its own.',
    example: "modality X : vector(18) = visible standardise",
  },
  {
    word: "log1p",
    category: "transform",
    doc: "Takes the logarithm of 1 plus each number, for columns with a heavy tail.",
    formula: "log(1 + x)",
    example: "modality X : vector(200) = expression log1p standardise",
  },
  {
    word: "scale",
    category: "transform",
    doc: "Maps a range to 0 to 1; what is outside it stays outside.",
    syntax: "scale(LOW .. HIGH)",
    parameters: [low, high],
    example: "modality X : image(28, 28) = photo scale(0 .. 255)",
  },
  {
    word: "clip",
    category: "transform",
    doc: "Replaces numbers outside a range by its nearer end.",
    syntax: "clip(LOW .. HIGH)",
    parameters: [low, high],
    example: "modality X : vector(18) = visible standardise clip(-5 .. 5)",
  },
  {
    word: "fill",
    category: "transform",
    doc: "Replaces each number that is missing (NaN, an empty cell) by the mean of its column over the training rows. A sample without any of several numbers stays without the stream: see `missing`.",
    example: "modality X : vector(18) = visible fill standardise",
  },
  {
    word: "renumber",
    category: "transform",
    doc: "Of a label: numbers the different classes of the field from 0, in ascending order. For classes that are numbered from 1 or with gaps; their own numbers stay as names. -1 and NaN remain classes that are not known.",
    example: "target L : label(3) = grade renumber",
  },
];
