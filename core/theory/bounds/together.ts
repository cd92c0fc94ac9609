/** InfoNCE of several codes at once: a lower bound on their total correlation. */
import {
  add,
  div,
  gather,
  identity,
  logMeanExp,
  mean,
  mul,
  reshape,
  sub,
  type Expr,
} from "../../program/expression";
import { productOfPairs, productOfRows } from "../critics/product";
import type { Model } from "../model-interface";
import { informationText, variableText } from "../terms/print";
import { latentOf } from "../terms/roles";
import type { BoundRequest, Spec, Term } from "../spec";
import { learnedTemperature } from "./temperature";

/** Why a term is no total correlation of codes that a product can score. */
export function refusesTogether(id: string, { information, bound }: Term, spec: Spec): string | undefined {
  if (information.kind !== "functional") return undefined;
  const text = informationText(information);
  if (information.functional !== "TC")
    return `\`${id}\` bounds the information that codes share, and \`${text}\` is a property of one code. Compress it instead.`;
  if (information.of.length < 2)
    return `\`${id}\` bounds the total correlation of two or more codes, and \`${text}\` is that of one code's coordinates. Compress it instead.`;
  const stream = information.of.find((code) => latentOf(spec, code) === undefined);
  if (stream) return `\`${text}\` needs latents, and \`${stream.name}\` is a stream.`;
  const asked = bound?.options.critic;
  if (asked !== undefined && asked !== "product")
    return `\`critic = ${asked}\` scores only two codes. For \`${text}\` use \`critic = product\`.`;
  const widths = [...new Set(information.of.map((code) => latentOf(spec, code)!.law.size))];
  return widths.length === 1
    ? undefined
    : `\`critic = product\` multiplies codes coordinate by coordinate, and these have ${widths.join(" and ")}. Give all of them the same width.`;
}

/**
 * Scores of the true tuples, `together` [N], and for each code, `scores1`, `scores2`, ..., those of its rows with rows of
 * the others that do not belong together, [N, N]: all but one of the others are shuffled.
 */
export type Together = { together: Expr } & Record<`scores${number}`, Expr>;

/** What the total correlation of several codes is scored from. */
export function argumentsTogether(
  { information }: Term,
  model: Model,
  request: BoundRequest | undefined,
): Together {
  const variables = information.kind === "functional" ? information.of : [];
  const codes = variables.map((variable) => model.code(variable).sample);
  const name = variables.map(variableText).join("-");
  const shuffled = codes.map(
    (code, i) => () => gather(code, model.permutation(`${name}/${variableText(variables[i]!)}`)),
  );
  const asked = request?.options.temperature;
  const heat = asked === "learned" ? learnedTemperature(model, name, 1) : (asked ?? 1);
  const scaled = (scores: Expr): Expr => (heat === 1 ? scores : div(scores, heat as Expr | number));
  const anchors = request?.flags.includes("one-way") ? codes.slice(0, 1) : codes;
  const scores = anchors.map((code, anchor): [keyof Together, Expr] => {
    const others = [...codes.keys()].filter((i) => i !== anchor);
    const rows = others.map((i, at) => (at === 0 ? codes[i]! : shuffled[i]!()));
    return [`scores${anchor + 1}`, scaled(productOfPairs(code, rows))];
  });
  return { together: scaled(productOfRows(codes)), ...Object.fromEntries(scores) } as Together;
}

/** For each code, the scores of all tuples with each of its rows, [N, N]: the true one is on the diagonal. */
export function contrastsTogether({ together, ...scores }: Together): Expr[] {
  const eye = identity("N");
  return Object.values(scores).map((all) =>
    add(mul(all, sub(1, eye)), mul(reshape(together, ["N", 1]), eye)),
  );
}

/** The mean over the codes of how much better the true tuple scores than all tuples with that code's row. */
export function valueTogether(args: Together): Expr {
  const contrasts = contrastsTogether(args).map((withTrue) =>
    mean(sub(args.together, logMeanExp(withTrue, 1))),
  );
  return div(
    contrasts.reduce((sum, contrast) => add(sum, contrast)),
    contrasts.length,
  );
}
