/** Pages of the language's words, one a kind of word. */
import {
  parameterText,
  signatureOf,
  vocabulary,
  type Category,
  type Entry,
} from "../../core/language/vocabulary";
import { critics } from "../../core/theory/critics/index";
import { fusions } from "../../core/theory/fusions/index";
import { laws } from "../../core/theory/laws/index";
import { priors } from "../../core/theory/priors/index";
import { blocks, code, facts, fenced, link, page } from "./markdown";

/** What the theory says of a word, beside the language. */
interface Described {
  name: string;
  doc: string;
  citation?: string;
}

const described: Partial<Record<Category, readonly Described[]>> = {
  law: laws,
  fusion: fusions,
  prior: priors,
};

interface Section {
  title: string;
  category: Category;
  text: string;
}

interface WordPage {
  path: string;
  title: string;
  summary: string;
  sections: readonly Section[];
}

export const wordPages: readonly WordPage[] = [
  {
    path: "statements.md",
    title: "Statements",
    summary: "What a file and a spec are made of, line by line.",
    sections: [
      { title: "Lines of a file", category: "file", text: "A file holds any number of specs." },
      {
        title: "Statements of a spec",
        category: "statement",
        text: "Each begins with its word. Their order is free.",
      },
      { title: "Clauses", category: "clause", text: "Words that go on inside a statement." },
    ],
  },
  {
    path: "terms.md",
    title: "Information terms and wants",
    summary: "What is compressed and kept, what is wanted, and what a term may run over.",
    sections: [
      {
        title: "Information terms",
        category: "functional",
        text: "Values are in nats. `compress` asks for an upper bound, `keep` for a lower one; see the bounds.",
      },
      {
        title: "Wants",
        category: "intent",
        text: "What must survive, in words. A want is checked against what the codes can hold: nothing reaches a code that its inputs do not tell, and what is decoded from one code alone must be in it. A spec with wants alone can have its codes and terms written, by the action *Write the terms for these wants*.",
      },
      {
        title: "Domains of `each`",
        category: "domain",
        text: "What a statement can be repeated over, beside names.",
      },
    ],
  },
  {
    path: "streams.md",
    title: "Streams",
    summary: "Kinds of observed streams, and streams made from others.",
    sections: [
      {
        title: "Kinds",
        category: "kind",
        text: "What stands behind the colon of `modality`, `target` and `observe`.",
      },
      { title: "Derived streams", category: "derivation", text: "What stands behind the equals sign." },
    ],
  },
  {
    path: "codes.md",
    title: "Codes",
    summary: "Laws, fusions and priors of latents.",
    sections: [
      { title: "Laws", category: "law", text: "The distribution of a code, given what it is inferred from." },
      {
        title: "Fusions",
        category: "fusion",
        text: "How several inputs of a code are joined; without `by`, one encoder reads them all.",
      },
      {
        title: "Priors",
        category: "prior",
        text: "What a rate is paid against; the standard normal where nothing is said.",
      },
    ],
  },
  {
    path: "training.md",
    title: "Networks and training",
    summary: "What overrides the networks of a spec, and what its preview runs.",
    sections: [
      { title: "Networks", category: "network", text: "What stands behind the equals sign of `network`." },
      { title: "Roles of networks", category: "role", text: "Which network is meant." },
      { title: "Settings of `train`", category: "setting", text: "What a preview runs." },
      { title: "Optimizers", category: "optimizer", text: "How it is trained." },
    ],
  },
];

export const wordPage = ({ title, summary, sections }: WordPage): string =>
  page(
    `# ${title}`,
    summary,
    ...sections.map((section) =>
      blocks(`## ${section.title}`, section.text, ...vocabulary[section.category].map(wordText)),
    ),
    link("The manual", "README.md"),
  );

function wordText(entry: Entry): string {
  const own = described[entry.category]?.find(({ name }) => name === entry.word);
  const parameters = (entry.parameters ?? []).map(
    (parameter) =>
      `- ${code(parameterText(parameter))}: ${parameter.doc}${parameter.values ? ` (${parameter.values.map(code).join(", ")})` : ""}`,
  );
  return blocks(
    `### ${code(entry.word)}`,
    code(signatureOf(entry)),
    entry.doc,
    own && own.doc !== entry.doc ? own.doc : undefined,
    parameters.join("\n"),
    facts(
      ["Formula", entry.formula && code(entry.formula)],
      ["Units", entry.units],
      ["Source", own?.citation],
    ),
    fenced(entry.example),
  );
}

/** What may be asked for by `critic = ...`. */
export const criticPage = (): string =>
  page(
    "# Critics",
    "How a bound between two codes scores a pair, asked for by `critic = ...` behind the bound.",
    ...critics.map(({ name, doc, citation, temperature, equalWidths }) =>
      blocks(
        `## ${code(name)}`,
        doc,
        facts(
          ["Temperature", `${temperature} where none is said`],
          ["Needs", equalWidths ? "sides of equal width" : undefined],
          ["Source", citation],
        ),
        fenced(`keep I(Zx; Zy) by infonce(critic = ${name})`),
      ),
    ),
    link("The manual", "README.md"),
  );
