/** Words that a reader who is not a native speaker has trouble with, and what to write. */
export interface Habit {
  pattern: RegExp;
  write: string;
}

export const habits: readonly Habit[] = [
  {
    pattern: /\b(tells?|told) (of|apart|no more|nothing|anything)\b/gi,
    write: "reported, predicts, is informative about",
  },
  {
    pattern: /\b(stands?|stood) (in|at|before|behind|on|for|there|beside|with|apart|between)\b/gi,
    write: "is, appears, comes before",
  },
  {
    pattern: /(?<!there )\bis no (?!longer\b|more\b|less\b|larger\b|smaller\b|different\b)/gi,
    write: "is not a",
  },
  { pattern: /\bmend(s|ed|ing)?\b/gi, write: "fix" },
  { pattern: /\bredr[ae]w(s|n|ing|ings)?\b/gi, write: "reconstruct" },
  {
    pattern: /\b(weighed|weighs|weigh) (apart|with|down|what|all|it|them)\b/gi,
    write: "with separate weights, multiplied by",
  },
  { pattern: /\b(is|are|be|been|was) paid\b/gi, write: "is compressed, costs" },
  { pattern: /\b(codes?|latents?) (hold|holds|held)\b/gi, write: "contains, carries" },
  {
    pattern: /\bwhat (it|they|a code|the codes|codes) (holds?|tells?|says?)\b/gi,
    write: "its content, its information",
  },
  { pattern: /\bof which (?=[a-z]+ (is|are|was|were|has|have)\b)/gi, write: "a clause with a subject" },
  { pattern: /\bwhere (it is|none is|nothing is) (not )?said\b/gi, write: "default" },
  {
    pattern:
      /(?<=^|[.:!?] )What (?!is\b|are\b|does\b|do\b|must\b|survives?\b|to\b)[a-z` ]+ (is|are|has|have|can|may|must|counts|stands)\b[^?\n]*\./gm,
    write: "a subject that is a noun",
  },
  { pattern: /\bTrain on\b/g, write: "Continue training" },
  { pattern: /\bto be rid of\b/gi, write: "to remove" },
  { pattern: /\b1 (rows|values|steps|words|samples|errors|warnings|terms)\b/g, write: "count(n, noun)" },
];

/** The habits in a text: each hit with a little of what is around it. */
export const hits = (text: string): string[] =>
  habits.flatMap(({ pattern, write }) =>
    [...text.matchAll(pattern)].map(
      (match) =>
        `"${text.slice(Math.max(0, match.index - 30), match.index + match[0].length + 20).replaceAll("\n", " ")}": write ${write}`,
    ),
  );
