import type { Entry, Parameter } from "./entry";

const size = (name: string, doc: string): Parameter => ({ name, doc });
const channels: Parameter = { name: "channels", doc: "How many values a pixel has.", default: "1" };

export const kindEntries: readonly Entry[] = [
  {
    word: "vector",
    category: "kind",
    doc: "A row of numbers, such as features that another model has computed.",
    parameters: [size("size", "How many numbers.")],
    example: "modality X : vector(64)",
  },
  {
    word: "image",
    category: "kind",
    doc: "A picture, with its channels first.",
    parameters: [size("height", "Rows of pixels."), size("width", "Columns of pixels."), channels],
    example: "modality X : image(28, 28)",
  },
  {
    word: "audio",
    category: "kind",
    doc: "A spectrogram: the energy of each band in each frame.",
    parameters: [size("frames", "Steps of time."), size("bands", "Bands of frequency.")],
    example: "modality A : audio(32, 24)",
  },
  {
    word: "text",
    category: "kind",
    doc: "The words of a text by their numbers, from 0: at most so many, of a vocabulary of so many. How many words each sample has is read from the field named after its own with `_length` behind; without that field, negative numbers stand where no word does.",
    parameters: [
      size("length", "The most words."),
      size("vocabulary", "How many different words there are."),
    ],
    example: "modality T : text(20, 1000)",
  },
  {
    word: "video",
    category: "kind",
    doc: "A sequence of pictures.",
    parameters: [
      size("frames", "How many pictures."),
      size("height", "Rows of pixels."),
      size("width", "Columns of pixels."),
      channels,
    ],
    example: "modality V : video(8, 32, 32)",
  },
  {
    word: "signal",
    category: "kind",
    doc: "Several quantities measured over time.",
    parameters: [size("length", "Steps of time."), size("channels", "Quantities measured at each step.")],
    example: "modality S : signal(100, 3)",
  },
  {
    word: "counts",
    category: "kind",
    doc: "Whole numbers of events, such as the reads of genes.",
    parameters: [size("size", "How many counts.")],
    example: "modality G : counts(200)",
  },
  {
    word: "label",
    category: "kind",
    doc: "One of several classes.",
    parameters: [size("classes", "How many classes.")],
    example: "target L : label(10)",
  },
  {
    word: "scalar",
    category: "kind",
    doc: "One number.",
    example: "observe angle : scalar",
  },
];

const of: Parameter = { name: "stream", doc: "The stream it is made from." };

export const derivationEntries: readonly Entry[] = [
  {
    word: "augment",
    category: "derivation",
    doc: "A randomly changed copy of a stream, drawn anew each time.",
    parameters: [
      of,
      { name: "changes", doc: "What is changed.", many: true, values: ["crop", "flip", "noise"] },
    ],
    example: "modality X2 = augment(X, crop, flip)",
  },
  {
    word: "past",
    category: "derivation",
    doc: "The part of a signal before the present.",
    parameters: [of, { name: "steps", doc: "How many steps of time." }],
    example: "modality P = past(S, 20)",
  },
  {
    word: "future",
    category: "derivation",
    doc: "The part of a signal after the present.",
    parameters: [of, { name: "steps", doc: "How many steps of time." }],
    example: "modality F = future(S, 20)",
  },
  {
    word: "partner",
    category: "derivation",
    doc: "The same stream of another sample that agrees in a factor.",
    parameters: [of, { name: "same", doc: "The factor in which the two agree.", named: true }],
    example: "modality X2 = partner(X, same = L)",
  },
];
