/** The works that a loss rests on, as BibTeX entries. */
import type { Work } from "../../catalogue/works";
import { citationsOf, type Citation } from "../citations";
import { latexText } from "../latex-text";
import { exportMark, type ExportTarget } from "../target";

export const bibtex = {
  id: "bibtex",
  title: "BibTeX entries",
  doc: "The works that a paper with this loss cites, as BibTeX entries: the method, the bounds, the critics and the laws of the codes.",
  format: "BibTeX",
  extension: "bib",
  write(derived, base) {
    const lines = [
      `% ${exportMark}`,
      "% Each entry has what the catalogue and the bounds cite, with family names only. Complete the entries before you print them.",
      "",
      ...citationsOf(derived).map(entry),
    ];
    return [{ name: `${base}.bib`, text: `${lines.join("\n").trimEnd()}\n` }];
  },
} as const satisfies ExportTarget;

/** How BibTeX files a venue, by its name as the catalogue cites it. */
export const venues: Readonly<Record<string, "article" | "inproceedings" | "book">> = {
  AAAI: "inproceedings",
  AISTATS: "inproceedings",
  Biometrika: "article",
  CVPR: "inproceedings",
  "CVPR Workshops": "inproceedings",
  ECCV: "inproceedings",
  Entropy: "article",
  ICCV: "inproceedings",
  ICLR: "inproceedings",
  ICML: "inproceedings",
  "IEEE TPAMI": "article",
  JMLR: "article",
  JOSS: "article",
  MICCAI: "inproceedings",
  NeurIPS: "inproceedings",
  "Neural Computation": "article",
  "PLOS Computational Biology": "article",
  "Physical Review E": "article",
  SDM: "inproceedings",
  Science: "article",
  Springer: "book",
  UAI: "inproceedings",
};

const fieldOf = { article: "journal", inproceedings: "booktitle", book: "publisher" } as const;

function entry({ key, work, for: uses }: Citation): string {
  const { kind, fields } = published(work);
  const all: [string, string][] = [
    ["author", authors(work)],
    ...(work.title === undefined ? [] : [["title", `{${latexText(work.title)}}`] as [string, string]]),
    ["year", String(work.year)],
    ...fields,
  ];
  const lines = all.map(([name, value]) => `  ${name} = {${value}},`);
  return `% For ${uses.join("; ")}\n@${kind}{${key},\n${lines.join("\n")}\n}\n`;
}

/** `{van den Oord} and Li and others`: braces keep a family name of several words together. */
const authors = ({ authors: names, others }: Work): string =>
  [
    ...names.map((name) => (name.includes(" ") ? `{${latexText(name)}}` : latexText(name))),
    ...(others ? ["others"] : []),
  ].join(" and ");

function published({ venue, arxiv }: Work): { kind: string; fields: [string, string][] } {
  if (arxiv !== undefined)
    return {
      kind: "misc",
      fields: [
        ["eprint", arxiv],
        ["archivePrefix", "arXiv"],
        ["howpublished", `arXiv:${arxiv}`],
      ],
    };
  if (venue === undefined) return { kind: "misc", fields: [] };
  const [, name = venue, volume] = /^(.*?) (\d{1,3})$/.exec(venue) ?? [];
  const kind = venues[name];
  if (kind === undefined) return { kind: "misc", fields: [["howpublished", latexText(venue)]] };
  return {
    kind,
    fields: [[fieldOf[kind], name], ...(volume ? [["volume", volume] as [string, string]] : [])],
  };
}
