/** The hands in which people write a text: line ends, indents, comments, and where a file ends. */
export const hands: Readonly<Record<string, (text: string) => string>> = {
  "as it is": (text) => text,
  "with the line ends of Windows": (text) => text.replaceAll("\n", "\r\n"),
  "indented by tabs": (text) => text.replaceAll(/^ {2}/gm, "\t"),
  "with comments at its line ends": (text) => text.replaceAll(/(?<=\S)(?<!\/\/.*)\n/g, " // note\n"),
  "without a line end at its end": (text) => text.trimEnd(),
  "by tabs, with comments, Windows' line ends and none at the end": (text) =>
    text
      .replaceAll(/^ {2}/gm, "\t")
      .replaceAll(/(?<=\S)(?<!\/\/.*)\n/g, " // note\n")
      .trimEnd()
      .replaceAll("\n", "\r\n"),
};

/** What an edit changed in the hand of a text, in words. */
export function strayed(before: string, after: string): string[] {
  const found: string[] = [];
  const notes = (text: string): number => text.split("// note").length;
  if (notes(after) !== notes(before)) found.push("the number of comments");
  if (before.includes("\r\n") && /[^\r]\n|\r(?!\n)/.test(after)) found.push("the line ends");
  if (/^\t/m.test(before) && /^ {2}\S/m.test(after)) found.push("the indent");
  return found;
}
