/** What the two bounds on the entropy of a categorical code share. */
import { mean, type Expr } from "../../program/expression";
import type { Model } from "../model-interface";
import { informationText } from "../terms/print";
import { latentOf } from "../terms/roles";
import type { Spec, Term } from "../spec";

/** Why a term is not the entropy of one categorical code. */
export function refusesEntropy(id: string, { information }: Term, spec: Spec): string | undefined {
  if (information.kind !== "functional" || information.functional !== "H")
    return `\`${id}\` needs the entropy of a categorical code, as in \`H(Z)\`.`;
  const text = informationText(information);
  const [code, ...others] = information.of;
  if (code === undefined || others.length > 0)
    return `\`${text}\` is the entropy of several codes together; \`${id}\` needs a single code. Write a term for each.`;
  const latent = latentOf(spec, code);
  if (latent === undefined)
    return `\`${code.name}\` is a stream, whose entropy is fixed by the data. \`${id}\` needs a code.`;
  if (code.subset?.length === 0)
    return `\`${code.name}[]\` is a sample from the prior. \`H\` needs an inferred code.`;
  const { name, size } = latent.law;
  return name === "categorical"
    ? undefined
    : `\`${text}\` needs a \`categorical\` code, and \`${code.name}\` is \`${name}(${size})\`. Use \`I\` terms, or make the code \`categorical(${Math.max(2, size)})\`.`;
}

/** The probabilities of the term's code, [N, k]. */
export function probabilitiesOf({ information }: Term, model: Model): Expr {
  const [code] = information.kind === "functional" ? information.of : [];
  return model.code(code!).mean;
}

/** What the batch's codes are taken together: [k]. */
export const together = (probabilities: Expr): Expr => mean(probabilities, 0);
