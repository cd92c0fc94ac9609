/** Papers: what a loss cites is there, once, and nothing is in an entry that no citation says. */
import assert from "node:assert/strict";
import test from "node:test";
import temml from "temml";
import { catalogue } from "../../core/catalogue/index";
import { keyOf, titledWorks, worksIn } from "../../core/catalogue/works";
import { bibtex, venues } from "../../core/export/targets/bibtex";
import { latex } from "../../core/export/targets/latex";
import { analyse } from "../../core/theory/analyse";
import { bounds } from "../../core/theory/bounds/index";
import { critics } from "../../core/theory/critics/index";
import { laws } from "../../core/theory/laws/index";

const textOf = (text: string): string => bibtex.write(analyse(text).specs[0]!.derived!, "a")[0]!.text;

interface Entry {
  key: string;
  fields: Record<string, string>;
}

const entriesOf = (text: string): Entry[] =>
  [...text.matchAll(/^@\w+\{(\w+),\n((?: {2}\w+ = \{.*\},\n)+)\}$/gm)].map(([, key, body]) => ({
    key: key!,
    fields: Object.fromEntries([...body!.matchAll(/^ {2}(\w+) = \{(.*)\},$/gm)].map(([, k, v]) => [k!, v!])),
  }));

const citations = [...bounds, ...critics, ...laws].flatMap(({ citation }) => citation ?? []);

test("the entries of every method start with its source, and each is whole and there once", () => {
  for (const { text, source, file } of catalogue()) {
    const written = textOf(text);
    const entries = entriesOf(written);
    assert.equal(entries.length, [...written.matchAll(/^@/gm)].length, `${file}: an entry cannot be read`);
    assert.equal(new Set(entries.map(({ key }) => key)).size, entries.length, file);
    assert.equal(entries[0]!.key, keyOf(worksIn(source)[0]!), file);
    assert.ok(entries[0]!.fields["title"], file);
    for (const { fields } of entries) assert.ok(fields["author"] && fields["year"], file);
  }
});

test("every bound, critic and law with a citation names at least one work", () => {
  for (const citation of citations) assert.ok(worksIn(citation).length > 0, citation);
});

test("nothing is in an entry that no citation says", () => {
  const said = [...catalogue().map(({ source }) => source), ...citations].join("\n");
  const values = ({ fields }: Entry): string[] => [
    ...fields["author"]!.split(" and ").filter((name) => name !== "others"),
    ...Object.entries(fields).flatMap(([name, value]) => (/author|archivePrefix/.test(name) ? [] : [value])),
  ];
  for (const { text, file } of catalogue())
    for (const entry of entriesOf(textOf(text)))
      for (const value of values(entry))
        assert.ok(said.includes(value.replace(/^\{|\}$/g, "")), `${file}, ${entry.key}: ${value}`);
});

test("no two works of the catalogue have one key, and BibTeX files each venue", () => {
  const works = titledWorks();
  assert.equal(new Set(works.map(({ title }) => title)).size, works.length);
  for (const { title, venue, arxiv } of works)
    assert.ok(
      arxiv !== undefined || venue?.startsWith("submitted") || venues[venue?.replace(/ \d+$/, "") ?? ""],
      `${title}: no entry for the venue ${venue}`,
    );
});

test("a short citation is completed by the one work that it can mean, else has what it says", () => {
  const titles = (text: string): (string | undefined)[] => worksIn(text).map(({ title }) => title);
  assert.deepEqual(titles("Kingma and Welling 2014, appendix B; Alemi et al. 2017, equation 14"), [
    "Auto-Encoding Variational Bayes",
    "Deep Variational Information Bottleneck",
  ]);
  assert.deepEqual(worksIn("Cheng et al. 2020, CLUB"), [{ authors: ["Cheng"], others: true, year: 2020 }]);
  // Another paper of the same first author and year.
  assert.deepEqual(worksIn("Lawry Aguila, Chapman, Altmann 2023, MICCAI"), [
    { authors: ["Lawry Aguila", "Chapman", "Altmann"], others: false, year: 2023, venue: "MICCAI" },
  ]);
  assert.deepEqual(titles("Wang et al. 2016"), ["Deep Variational Canonical Correlation Analysis"]);
  assert.deepEqual(titles("Lee et al. 2021"), [undefined]);
});

test("the critic that a bound takes by itself is cited too", () => {
  const spec = (bound: string): string =>
    `spec A {\n  modality X : vector(4)\n  modality Y : vector(4)\n  latent Z : gaussian(2) from X\n  latent W : gaussian(2) from Y\n  compress I(X; Z)\n  compress I(Y; W)\n  keep I(Z; W) by ${bound}\n}`;
  assert.match(textOf(spec("infonce")), /the critic dot/);
  assert.match(textOf(spec("mine")), /the critic concat/);
  assert.match(textOf(spec("infonce(critic = cosine)")), /the critic cosine/);
});

test("LaTeX cites by keys of the bibliography, its method first, and has a table of all terms", () => {
  for (const { text, source, file } of catalogue()) {
    const derived = analyse(text).specs[0]!.derived!;
    const tex = latex.write(derived, "a")[0]!.text;
    const keys = new Set(entriesOf(textOf(text)).map(({ key }) => key));
    const cites = [...tex.matchAll(/\\cite\{([\w,]+)\}/g)].flatMap(([, all]) => all!.split(","));
    for (const key of cites) assert.ok(keys.has(key), `${file}: ${key}`);
    assert.equal(cites[0], keyOf(worksIn(source)[0]!), file);
    assert.match(tex, /^% Compile: pdflatex a\.tex, bibtex a, then pdflatex a\.tex twice\.$/m);
    assert.match(tex, /\\bibliography\{a\}\n\\end\{document\}/);
    const table = /\\begin\{tabular\}\{(l+)\}\n([^]*?)\\end\{tabular\}/.exec(tex);
    const rows = table![2]!.split("\n").filter((line) => line.endsWith("\\\\"));
    assert.ok(rows.length > 1 && rows.length <= derived.terms.length + 1, file);
    for (const row of rows) {
      const cells = row.slice(0, -2).split(" & ");
      assert.equal(cells.length + (row.startsWith("& ") ? 1 : 0), table![1]!.length, `${file}: ${row}`);
      for (const [, formula] of row.matchAll(/\$(.*?)\$/g))
        assert.doesNotThrow(() => temml.renderToString(formula!, { throwOnError: true }), `${file}: ${row}`);
    }
    // Each bound of the loss is in it.
    for (const { bound } of derived.terms)
      assert.ok(
        rows.some((row) => row.includes(`\\texttt{${bound.id}}`)),
        `${file}: ${bound.id}`,
      );
  }
});
