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
    summary: "The lines of a file and the statements of a spec.",
    sections: [
      { title: "Lines of a file", category: "file", text: "A file can contain any number of specs." },
      {
        title: "Statements of a spec",
        category: "statement",
        text: "Each statement begins with its keyword. They can be in any order.",
      },
      { title: "Clauses", category: "clause", text: "Parts of a statement." },
    ],
  },
  {
    path: "terms.md",
    title: "Information terms and wants",
    summary: "Compressed and kept information, wants, and repeated terms.",
    sections: [
      {
        title: "Information terms",
        category: "functional",
        text: "Values are in nats. `compress` asks for an upper bound, `keep` for a lower one; see the bounds.",
      },
      {
        title: "Wants",
        category: "intent",
        text: "Statements of the information that must survive. A want is checked against the graph: a code cannot carry more than its inputs contain, and a stream that is decoded from one code alone must be in it. The codes and terms for wants that are not met yet are written by the action *Write the terms for these wants*, which is also the first completion while there is no term.",
      },
      {
        title: "Domains of `each`",
        category: "domain",
        text: "Sets over which a statement can be repeated, in addition to names.",
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
        text: "The words after the colon of `modality`, `target` and `observe`.",
      },
      {
        title: "Derived streams",
        category: "derivation",
        text: "Functions after the equals sign of a stream.",
      },
      {
        title: "Transforms",
        category: "transform",
        text: "Words after the field of a stream (after its kind, where the field has the name of the stream), carried out in the order written. Means and standard deviations are those of the training rows. Pictures and reconstructions are shown in the units of the data.",
      },
    ],
  },
  {
    path: "codes.md",
    title: "Codes",
    summary: "Laws, fusions and priors of latents.",
    sections: [
      { title: "Laws", category: "law", text: "The distribution of a code given its inputs." },
      {
        title: "Fusions",
        category: "fusion",
        text: "The combination of several inputs of a code. Without `by`, one encoder reads all of them.",
      },
      {
        title: "Priors",
        category: "prior",
        text: "The distribution to which the rate is the divergence. The default is the standard normal.",
      },
    ],
  },
  {
    path: "training.md",
    title: "Networks and training",
    summary: "The networks of a spec, and the options of its preview.",
    sections: [
      { title: "Networks", category: "network", text: "The words after the equals sign of `network`." },
      { title: "Roles of networks", category: "role", text: "The network that a statement replaces." },
      { title: "Settings of `train`", category: "setting", text: "Options of a preview." },
      { title: "Optimizers", category: "optimizer", text: "The training algorithm." },
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
    "Functions that score a pair of codes, chosen by `critic = ...` after the bound.",
    ...critics.map(({ name, doc, citation, temperature, equalWidths }) =>
      blocks(
        `## ${code(name)}`,
        doc,
        facts(
          ["Temperature", `default ${temperature}`],
          ["Needs", equalWidths ? "sides of equal width" : undefined],
          ["Source", citation],
        ),
        fenced(`keep I(Zx; Zy) by infonce(critic = ${name})`),
      ),
    ),
    link("The manual", "README.md"),
  );
