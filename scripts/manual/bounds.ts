/** A page for each bound. */
import type { Bound, BoundOption, BoundSide } from "../../core/theory/bound";
import { analyse } from "../../core/theory/analyse";
import { blocks, code, facts, fenced, latexBlock, link, page } from "./markdown";

export const sides: Record<BoundSide, string> = {
  upper: "an upper bound",
  lower: "a lower bound",
  exact: "exact under its assumptions",
  estimate: "an estimate, without a side",
  proxy: "a training signal whose value is not information",
};

/** Names that examples of each side speak of. */
const namesOf = ({ serves, reads }: Bound): { left: string; right: string; given: string } =>
  serves.includes("compress")
    ? { left: "X", right: "Z", given: "B" }
    : reads === "information minus entropy"
      ? { left: "X", right: "Z", given: "" }
      : { left: "Zx", right: "Zy", given: "" };

const readings: Record<Bound["reads"], string> = {
  information: "information, in nats",
  "information minus entropy": "information less the entropy of what is decoded, in nats",
  "information plus entropy": "information and the entropy of what is decoded, in nats",
  rate: "a rate, in nats",
  proxy: "no information: never shown in nats",
};

export function boundPage(bound: Bound): string {
  const names = namesOf(bound);
  return page(
    `# ${code(bound.id)}: ${bound.title}`,
    bound.doc,
    facts(
      ["Side", sides[bound.side]],
      ["Stands in", bound.serves.map(code).join(" and ")],
      ["Its value is", readings[bound.reads]],
      ["Gap", bound.gap],
      ["Ceiling", bound.ceiling],
      ["Needs", bound.needs],
      ["What breaks it", bound.breaks],
      ["Source", bound.citation],
    ),
    blocks("## Formula", fenced(bound.formula(names), "text"), latexBlock(bound.latex(names))),
    why(bound),
    blocks(
      "## In the loss",
      `It stands in the loss as ${code(bound.symbol(names))}:`,
      latexBlock(bound.symbolLatex(names)),
    ),
    options(bound),
    blocks("## Example", fenced(bound.example)),
    link("The manual", "../README.md"),
  );
}

/** The line of mathematics that puts it on its side, or says why it has none, over its example's names. */
function why({ proof, example, side }: Bound): string {
  const text = `spec S { modality X : vector(4) modality Y : vector(4) modality C : counts(4) target L : label(2) latent Z : gaussian(2) from X latent Zx : gaussian(2) from X latent Zy : gaussian(2) from Y ${example} }`;
  const derived = analyse(text).specs[0]?.derived;
  const found = proof(derived!.terms[0]!.term, derived!.spec);
  const title = side === "estimate" || side === "proxy" ? "Why it is no bound" : "Why it bounds";
  return blocks(`## ${title}`, fenced(found.formula, "text"), latexBlock(found.latex), found.by);
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
  `- ${code(written)}: ${doc}${values?.length ? ` One of ${values.map(code).join(", ")}.` : ""} Where it is not said: ${usual}.`;
