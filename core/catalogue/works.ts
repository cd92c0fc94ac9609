/**
 * Works that a text cites, as values: `Alemi, Fischer, Dillon, Murphy 2017, "Deep Variational Information Bottleneck",
 * ICLR`. Only what the text says is there; a short citation (`Alemi et al. 2017`) gets the rest from the one work of the
 * catalogue that it can mean.
 */
import { catalogue } from "./index";

export interface Work {
  /** Family names, in order. */
  authors: string[];
  /** Whether there are more authors than are named. */
  others: boolean;
  year: number;
  title?: string;
  /** Conference, journal or publisher, as cited; no preprint. */
  venue?: string;
  /** Number of its preprint. */
  arxiv?: string;
}

const FAMILY = String.raw`(?:(?:van|der|den|de) )*\p{Lu}[\p{L}'-]+(?: \p{Lu}[\p{L}'-]+)*`;
const CITED = new RegExp(
  String.raw`(?<authors>${FAMILY}(?:(?:, | and )${FAMILY})*)(?<others> et al\.)? (?<year>(?:19|20)\d\d)` +
    String.raw`(?:, "(?<title>[^"]+)")?(?:, (?:arXiv:(?<arxiv>\d{4}\.\d{4,5})|(?<venue>submitted to \p{Lu}+ \d{4}|\p{Lu}[\p{L}\d]*(?: \p{Lu}[\p{L}\d]*)*(?: \d+)?)))?`,
  "gu",
);

/** All that is cited in a text, in order, as it says there; a name without a title may be no venue. */
const citedIn = (text: string): Work[] =>
  [...text.matchAll(CITED)].map(({ groups }) => {
    const { authors, others, year, title, arxiv, venue } = groups as Record<string, string | undefined>;
    return {
      authors: authors!.split(/, | and /),
      others: others !== undefined,
      year: Number(year),
      ...(title !== undefined && { title }),
      ...(venue !== undefined && { venue }),
      ...(arxiv !== undefined && { arxiv }),
    };
  });

let whole: readonly Work[] | undefined;

/** Every work that a source of the catalogue cites with its title. */
export const titledWorks = (): readonly Work[] =>
  (whole ??= [
    ...new Map(
      catalogue()
        .flatMap(({ source }) => citedIn(source))
        .filter(({ title }) => title !== undefined)
        .map((work) => [keyOf(work), work]),
    ).values(),
  ]);

/** The works that a text cites, each as fully as the catalogue knows it. */
export const worksIn = (text: string): Work[] => citedIn(text).map(completed);

function completed(cited: Work): Work {
  if (cited.title !== undefined) return cited;
  const meant = titledWorks().filter((work) => mayMean(cited, work));
  if (meant.length === 1) return meant[0]!;
  const { venue, ...rest } = cited;
  // What follows the year of a short citation is mostly the name of a method, or a place in the work.
  const known = titledWorks().some((work) => work.venue === venue);
  return known ? cited : rest;
}

/** Whether a short citation can be of a work: the same authors, or those that it names before `et al.`. */
function mayMean({ authors, others, year }: Work, work: Work): boolean {
  if (year !== work.year || !authors.every((name, i) => work.authors[i] === name)) return false;
  return others || (!work.others && authors.length === work.authors.length);
}

/** The key of a work in a bibliography, such as `alemi2017deep`: first author, year, first long word of the title. */
export function keyOf({ authors, year, title = "" }: Work): string {
  const word =
    title.split(/[^\p{L}]+/u).find((each) => each.length > 3 && !/^(with|from)$/i.test(each)) ?? "";
  return `${authors[0]!}${year}${word}`
    .normalize("NFD")
    .replace(/[^A-Za-z\d]/g, "")
    .toLowerCase();
}
