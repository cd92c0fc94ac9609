/** Markdown of the manual. */

/** Paragraphs with a blank line between; what is empty is left out. */
export const page = (...parts: (string | undefined)[]): string => `${blocks(...parts)}\n`;

export const blocks = (...parts: (string | undefined)[]): string =>
  parts.filter((part): part is string => part !== undefined && part !== "").join("\n\n");

/** Text as code within a line; backquotes in it do no harm. */
export const code = (text: string): string => (text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``);

export const fenced = (text: string, language = "bottleneck"): string =>
  `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;

export const latexBlock = (text: string): string => `$$\n${text}\n$$`;

/** Named facts, one a line; those without a value are left out. */
export const facts = (...entries: [name: string, value: string | undefined][]): string =>
  entries.flatMap(([name, value]) => (value ? [`- **${name}**: ${value}`] : [])).join("\n");

export const link = (text: string, path: string): string => `[${text}](${path})`;

/** A table; `|` within cells is kept out of its grid. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** The first sentence. */
export const firstSentence = (text: string): string => /^.*?\.(?=\s|$)/s.exec(text)?.[0] ?? text;
