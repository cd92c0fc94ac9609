/** A page for each bound. */
import type { Bound, BoundOption, Proof } from "../../core/theory/bound";
import { sides } from "../../core/theory/sides";
import { analyse } from "../../core/theory/analyse";
import { termNames } from "../../core/theory/terms/names";
import { blocks, code, facts, fenced, latexBlock, link, page } from "./markdown";

const readings: Record<Bound["reads"], string> = {
  information: "information, in nats",
  "information minus entropy": "information minus the entropy of the decoded streams, in nats",
  "information plus entropy": "information plus the entropy of the decoded streams, in nats",
  rate: "a rate, in nats",
  proxy: "not information, so it is never shown in nats",
};

export function boundPage(bound: Bound): string {
  const { spec, terms } = analyse(exampleSpec(bound)).specs[0]!.derived!;
  const { term } = terms[0]!;
  const names = termNames(term, spec);
  return page(
    `# ${code(bound.id)}: ${bound.title}`,
    bound.doc,
    facts(
      ["Side", sides[bound.side].name],
      ["Side of the spec", bound.serves.map(code).join(" and ")],
      ["Its value is", readings[bound.reads]],
      ["Gap", bound.gap],
      ["Ceiling", bound.ceiling],
      ["Needs", bound.needs],
      ["Broken by", bound.breaks],
      ["Source", bound.citation],
    ),
    blocks("## Formula", fenced(bound.formula(names), "text"), latexBlock(bound.latex(names))),
    why(bound, bound.proof(term, spec)),
    blocks(
      "## In the loss",
      `In the loss it is written as ${code(bound.symbol(names))}:`,
      latexBlock(bound.symbolLatex(names)),
    ),
    options(bound),
    blocks("## Example", fenced(bound.example)),
    link("The manual", "../README.md"),
  );
}

/** A spec in which a bound's example is the only term. */
export function exampleSpec({ example }: Bound): string {
  const code = example.includes("H(Z)")
    ? "latent Z : categorical(2) from X prior Z = learned"
    : "latent Z : gaussian(2) from X";
  return `spec S { modality X : counts(4) modality Y : vector(4) target L : label(2) ${code} latent W : gaussian(2) from X latent Zx : gaussian(2) from X latent Zy : gaussian(2) from Y ${example} }`;
}

/** The line of mathematics that puts it on its side, or says why it has none. */
function why({ side }: Bound, { formula, latex, by }: Proof): string {
  const none = side === "estimate" || side === "proxy";
  return blocks(
    `## ${none ? "Why it is not a bound" : "Why it is a bound"}`,
    fenced(formula, "text"),
    latexBlock(latex),
    by,
  );
}

function options({ positional, options: named, flags = [] }: Bound): string | undefined {
  const lines = [
    ...(positional ? [option(positional, positional.name)] : []),
    ...named.map((one) => option(one, `${one.name} = ...`)),
    ...flags.map(({ name, doc }) => `- ${code(name)}: ${doc}`),
  ];
  return lines.length > 0 ? blocks("## Options", lines.join("\n")) : undefined;
}

const option = ({ doc, values, default: usual }: BoundOption, written: string): string =>
  `- ${code(written)}: ${doc}${values?.length ? ` One of ${values.map(code).join(", ")}.` : ""} Default: ${usual}.`;
