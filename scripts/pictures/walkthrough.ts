/** The pictures of the walkthrough: texts that the product itself writes, in the colours of the editor's theme. */
import { noisyDigits } from "../../core/data/generators/noisy-digits";
import { exportTargetOf } from "../../core/export/index";
import { fileWords, statementWords } from "../../core/language/words";
import { analyse } from "../../core/theory/analyse";
import { shortLoss } from "../../core/views/short-loss";
import { formulaText } from "../../core/views/unicode";
import { builtInData } from "../../services/new-spec/built-in";
import { newSpec } from "../../services/new-spec/write";

const LINE = 20;
/** Width of a letter of 13 pixels, and the longest line: a longer one would be drawn small. */
const LETTER = 7.9;
const LONGEST = 60;

const data = builtInData().find(({ source }) => source === noisyDigits.name)!;

/** The pictures by name, each an SVG file. */
export function walkthroughPictures(): Record<string, string> {
  const spec = newSpec({ data, streams: ["X", "Y"], wants: ["shared(X, Y)"] });
  const { derived } = analyse(spec).specs[0]!;
  const [file] = exportTargetOf("loss-only")!.write(derived!, "digits");
  const code = file!.text.slice(file!.text.indexOf("class ")).replace(/^ *"""[^]*?"""\n/gm, "");
  return {
    "new-spec": picture(spec.split("\n").filter((line) => !line.trim().startsWith("//"))),
    loss: picture([
      shortLoss(derived!),
      "",
      ...derived!.terms.flatMap((term) => [term.term.id, `    ${formulaText(term, derived!)}`]),
    ]),
    export: picture(code.split("\n").slice(0, 26)),
  };
}

/** Lines of text; several blank ones are one, and long ones go on in the next. */
function picture(lines: readonly string[]): string {
  const shown = lines
    .filter((line, i) => line.trim() !== "" || lines[i - 1]?.trim() !== "")
    .flatMap((line) => folded(line).map((part, i) => ({ part, begins: i === 0 })));
  const width = Math.max(...shown.map(({ part }) => part.length)) * LETTER + 32;
  const height = shown.length * LINE + 24;
  const texts = shown.map(
    ({ part, begins }, i) =>
      `<text x="16" y="${(i + 1) * LINE + 8}" xml:space="preserve">${begins ? coloured(part) : escaped(part)}</text>`,
  );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `font-family="monospace" font-size="13" fill="var(--vscode-editor-foreground)">` +
    `<rect width="${width}" height="${height}" rx="6" fill="var(--vscode-editor-background)" stroke="var(--vscode-contrastBorder, var(--vscode-widget-border, transparent))"/>` +
    `${texts.join("")}</svg>\n`
  );
}

/** A line broken at blanks, with what follows indented by four more. */
function folded(line: string): string[] {
  const end = line.length > LONGEST ? line.lastIndexOf(" ", LONGEST) : -1;
  const [indent = ""] = /^ */.exec(line)!;
  if (end <= indent.length) return [line];
  return [line.slice(0, end), ...folded(`${indent}    ${line.slice(end + 1)}`)];
}

const escaped = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

const keywords = new Set([
  ...Object.keys(fileWords),
  ...Object.keys(statementWords),
  "class",
  "def",
  "return",
]);

/** The first word of a statement, of a spec or of Python, in the colour of links. */
function coloured(line: string): string {
  const [, blanks = "", word = "", rest = ""] = /^(\s*)(\w*)(.*)$/.exec(line) ?? [];
  if (!keywords.has(word)) return escaped(line);
  return `${blanks}<tspan fill="var(--vscode-textLink-foreground)">${word}</tspan>${escaped(rest)}`;
}
