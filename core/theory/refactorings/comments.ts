import type { Analysis } from "../analyse";

/** Every comment of a text, whatever its place. */
export const commentsOf = ({ library }: Analysis): string =>
  library.own.parsed.trivia
    .map(({ text }) => text.trim())
    .sort()
    .join("\n");
