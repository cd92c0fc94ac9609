import type { RandomStream } from "../../random";

/** Words for each colour of a shape, in the order of class numbers, with its red, green and blue. */
export const COLOURS = [
  { word: "red", rgb: [0.9, 0.2, 0.2] },
  { word: "green", rgb: [0.25, 0.75, 0.3] },
  { word: "blue", rgb: [0.25, 0.4, 0.95] },
  { word: "yellow", rgb: [0.95, 0.85, 0.2] },
  { word: "purple", rgb: [0.65, 0.3, 0.8] },
  { word: "white", rgb: [0.95, 0.95, 0.95] },
] as const;

/** Two words for each shape, and for small and large ones: the choice carries no information. */
const shapeWords = [
  ["circle", "disc"],
  ["square", "box"],
  ["triangle", "wedge"],
  ["cross", "plus"],
] as const;
const sizeWords = [
  ["small", "little"],
  ["big", "large"],
] as const;

/** Ways of wording a caption: all of them tell the same. */
const WORDINGS = [
  "a SIZE COLOUR SHAPE",
  "there is a SIZE COLOUR SHAPE",
  "SIZE SHAPE in COLOUR",
  "we see a SIZE SHAPE in COLOUR",
].map((text) => text.split(" "));

export const WAYS_OF_WORDING = WORDINGS.length;
/** The most words of a caption. */
export const CAPTION_WORDS = Math.max(...WORDINGS.map((words) => words.length));

/** Every word by its number; number 0 comes after the end of a caption. */
export const VOCABULARY: readonly string[] = [
  "",
  ...new Set(WORDINGS.flat().filter((word) => word === word.toLowerCase())),
  ...shapeWords.flat(),
  ...COLOURS.map(({ word }) => word),
  ...sizeWords.flat(),
];
const numberOf = new Map(VOCABULARY.map((word, i) => [word, i]));

/**
 * Writes the caption of a shape into `out` [CAPTION_WORDS], which is 0 behind its end.
 * @param large whether it is among the larger half
 * @returns how many words it has
 */
export function writeCaption(
  { shape, colour, large, wording }: { shape: number; colour: number; large: boolean; wording: number },
  draws: RandomStream,
  out: Int32Array,
): number {
  const words = WORDINGS[wording]!;
  words.forEach((word, i) => {
    const text =
      word === "SHAPE"
        ? shapeWords[shape]![draws.integer(2)]!
        : word === "COLOUR"
          ? COLOURS[colour]!.word
          : word === "SIZE"
            ? sizeWords[large ? 1 : 0]![draws.integer(2)]!
            : word;
    out[i] = numberOf.get(text)!;
  });
  return words.length;
}
