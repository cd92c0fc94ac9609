/** What the name of a method leaves open, and how a loss has it: estimators, the side of beta, sums or means, networks. */
import { betaConventions, type CatalogueEntry } from "../../catalogue/index";
import { links, rebuildings } from "../wants/duties";
import type { DerivedLoss } from "../derivation/loss";
import { informationText } from "../terms/print";
import { evaluate, knobsOf } from "../terms/scalar";
import { rounded } from "../../language/number-text";

/** @param beta on the side of what is kept */
export function variantsOf(
  loss: DerivedLoss,
  { convention }: Pick<CatalogueEntry, "convention">,
  beta: number,
): string[] {
  return [
    ...estimators(loss),
    ...betaSides(convention, beta),
    ...sumsAndMeans(loss, convention),
    ...shared(loss),
    ...drawn(loss),
  ];
}

const estimators = (loss: DerivedLoss): string[] =>
  links(loss).map(({ term, bound, request }) => {
    const critic = request?.options["critic"];
    const how = [critic && `a ${critic} critic`, ...(request?.flags ?? [])].filter(Boolean).join(", ");
    return `${informationText(term.information)} by ${bound.title}${how ? ` (${how})` : ""}`;
  });

function betaSides({ beta: side }: CatalogueEntry["convention"], beta: number): string[] {
  if (side === "none") return [];
  const there = side === "cost" ? `: ${rounded(beta)} here is ${rounded(1 / beta)} there` : "";
  return [`in the source, ${betaConventions[side]}${there}`];
}

function sumsAndMeans(loss: DerivedLoss, { values }: CatalogueEntry["convention"]): string[] {
  const told = rebuildings(loss).flatMap(({ term, bound, request, decoding }) => {
    const text = informationText(term.information);
    const { size, name } = decoding.streams[0]!;
    const weight = knobsOf(term.weight).length === 0 ? evaluate(term.weight, {}) : undefined;
    const scale = bound.id === "gaussian" ? request?.arguments[0] : undefined;
    return [
      ...(size > 1 && weight !== undefined && Math.abs(weight * size - 1) < 0.01
        ? [`${text} is a mean over the ${size} values of ${name}`]
        : []),
      ...(typeof scale === "number" && scale !== 1
        ? [
            `${text} by gaussian(${scale}) equals unit variance with ${rounded(1 / scale ** 2)} times the weight`,
          ]
        : []),
    ];
  });
  const source = values === "mean" ? ["the source uses means over values; here they are sums"] : [];
  return [...source, ...new Set(told)];
}

const shared = ({ spec }: DerivedLoss): string[] =>
  spec.latents.flatMap(({ name, encoder }) => (encoder ? [`one encoder for ${encoder} and ${name}`] : []));

const drawn = ({ terms }: DerivedLoss): string[] =>
  terms.some(({ term }) => term.drawn) ? ["some terms are chosen at random at each step"] : [];
