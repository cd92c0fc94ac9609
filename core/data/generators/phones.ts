/** Sounds of speech as a filter over a voice and a hiss, and the English digits spelt in them. */
export interface Phone {
  /** First three formants in hertz, of a speaker of mean size. */
  formants: readonly [number, number, number];
  /** Amplitude of the voice, 0 to 1. */
  voice: number;
  /** Amplitude of the hiss, 0 to 1, and the frequency about which it lies, in hertz. */
  hiss: number;
  hissAt: number;
  /** Length beside that of a vowel. */
  length: number;
}

const vowel = (f1: number, f2: number, f3: number): Phone => ({
  formants: [f1, f2, f3],
  voice: 1,
  hiss: 0,
  hissAt: 0,
  length: 1,
});
const voiced = (formants: Phone["formants"], voice: number, hiss = 0): Phone => ({
  formants,
  voice,
  hiss,
  hissAt: 3300,
  length: 0.7,
});
const unvoiced = (hiss: number, hissAt: number, length: number): Phone => ({
  formants: [500, 1500, 2500],
  voice: 0,
  hiss,
  hissAt,
  length,
});

/** Vowels: men's formants of Peterson and Barney 1952. Consonants are sketches that tell the digits apart. */
const PHONES = {
  iy: vowel(270, 2290, 3010),
  ih: vowel(390, 1990, 2550),
  eh: vowel(530, 1840, 2480),
  ah: vowel(640, 1190, 2390),
  aa: vowel(730, 1090, 2440),
  ao: vowel(570, 840, 2410),
  uw: vowel(300, 870, 2240),
  r: voiced([310, 1060, 1380], 0.6),
  w: voiced([290, 610, 2150], 0.5),
  n: voiced([280, 1500, 2600], 0.35),
  v: voiced([250, 1100, 2200], 0.3, 0.12),
  z: voiced([250, 1500, 2500], 0.3, 0.35),
  s: unvoiced(0.7, 3700, 1),
  f: unvoiced(0.18, 3000, 0.8),
  th: unvoiced(0.12, 2600, 0.7),
  t: unvoiced(0.5, 3300, 0.35),
  k: unvoiced(0.4, 1900, 0.35),
  hush: unvoiced(0, 0, 0.35),
} satisfies Record<string, Phone>;

const spelling: readonly (readonly (keyof typeof PHONES)[])[] = [
  ["z", "ih", "r", "ao", "uw"],
  ["w", "ah", "n"],
  ["t", "uw", "uw"],
  ["th", "r", "iy", "iy"],
  ["f", "ao", "ao", "r"],
  ["f", "aa", "ih", "v"],
  ["s", "ih", "hush", "k", "s"],
  ["s", "eh", "v", "ah", "n"],
  ["eh", "ih", "hush", "t"],
  ["n", "aa", "ih", "n"],
];

/** The sounds of each digit, in order. */
export const SPOKEN: readonly (readonly Phone[])[] = spelling.map((word) => word.map((name) => PHONES[name]));
