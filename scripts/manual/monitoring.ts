/** The main figures of the measured pages in docs/monitoring, in the page that leads to them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../../docs/monitoring");

/** Paragraphs of a page that begin with its figures in bold; where it has none, its list. */
function figuresOf(page: string): string[] {
  const lines = page.split("\n");
  const bold = lines.filter((line) => line.startsWith("**"));
  return bold.length > 0 ? bold : lines.filter((line) => line.startsWith("- ")).map((line) => line.slice(2));
}

/** docs/monitoring.md with the figures of each page. @throws Error where a page has no place in the text */
export function withFigures(text: string): string {
  return readdirSync(folder).reduce((rest, file) => {
    const name = file.replace(/\.md$/, "");
    const place = new RegExp(`(<!-- figures of ${name} -->\n)[\\s\\S]*?(<!-- end -->)`);
    if (!place.test(rest)) throw new Error(`docs/monitoring.md has no place for the figures of ${name}`);
    const figures = figuresOf(readFileSync(join(folder, file), "utf8")).map((line) => `- ${line}\n`);
    return rest.replace(
      place,
      (_, before: string, after: string) => `${before}\n${figures.join("")}\n${after}`,
    );
  }, text);
}
