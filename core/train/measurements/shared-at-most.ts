/** Two codes that are meant to be apart, and the most that they share: `no leak` is said of nothing else. */
import { hundredths } from "../../language/number-text";
import type { DerivedLoss } from "../../theory/derivation/loss";
import { ancestors } from "../../theory/terms/roles";
import { isSeparated } from "../../theory/wants/duties";
import type { Spec } from "../../theory/spec";
import type { Slices } from "../clock";
import type { privatePairs } from "../findings/leaks";
import { sharedAtMost as ofRows } from "../probes/index";
import type { MeasuredValue } from "../protocol";
import { only, type CodedRows } from "./coded-rows";
import { marginalRate } from "./marginal-rate";
import { meanOf } from "./mean";
import { measurement } from "./measurement";
import type { Subjects } from "./subjects";

/** Two codes of which at most so many nats are shared leak nothing to each other. */
const NO_LEAK = 0.1;

/** Whether the limit is so low that nothing is shared that would matter. */
const leaksNothing = ({ high }: Pick<MeasuredValue, "high">): boolean => high !== null && high <= NO_LEAK;

export const sharedAtMost = measurement({
  id: "shared-at-most",
  title: "Shared at most",
  doc: `The information that a private and a shared code, or two codes that the spec separates, carry in common: at most so many nats, by the chain rule I(Z; W) = I(X; Z) + I(X; W) − I(X; Z, W), as in a term \`by chain\`. Where that needs the entropy of the streams, this needs none: the first two are bounded from above and the last from below by the densities of the codes under the mixture of the held-out rows (Poole et al. 2019), and neither code shares more than its rate. The lower end is 0. With codes that are sure of single rows the limit is large and says nothing; it falls as there are more held-out rows. Only where the upper end is ${NO_LEAK} nats or less does a report say that there is no leak. There is none for codes without noise, for one that reads the other, and for two that read a common code.`,
  unit: "nats",
  when: "round",
  needs: "apart",
  place: { table: "apart", row: "" },
  measure: (pairs) =>
    pairs.map(({ code, other, atMost, rate }) => {
      const { value, high } = meanOf(atMost);
      const limit = Math.max(0, Math.min(high, rate ?? Infinity));
      return { code, factor: other, value: Math.max(0, Math.min(value, limit)), low: 0, high: limit };
    }),
  remark: (value) => (leaksNothing(value) ? "no leak" : undefined),
  sentence: (values) =>
    values
      .filter(leaksNothing)
      .map(
        ({ code, factor, high }) =>
          `${code} and ${factor} share at most ${hundredths(Math.ceil(100 * high!) / 100)} nats: no leak.`,
      )
      .join(" "),
});

/** Each private code with the shared one beside it, and each two that a term separates; drawn by themselves given the streams. */
export function apartPairs(
  loss: DerivedLoss,
  privates: ReturnType<typeof privatePairs>,
): { code: string; other: string }[] {
  const { latents } = loss.spec;
  const pairs = [
    ...latents.flatMap(({ name }, i) =>
      latents
        .slice(i + 1)
        .flatMap((other) => (isSeparated(loss, name, other.name) ? [[name, other.name] as const] : [])),
    ),
    ...privates.map(({ code, shared }) => [code, shared] as const),
  ];
  const once = new Map(pairs.map((pair) => [pair.toSorted().join(" "), pair]));
  return [...once.values()]
    .filter(([code, other]) => areApart(loss.spec, code, other))
    .map(([code, other]) => ({ code, other }));
}

/** Whether neither reads the other, nor both a third: then only the streams can make them alike. */
function areApart(spec: Spec, code: string, other: string): boolean {
  const [own, others] = [code, other].map((name) => new Set([name, ...ancestors(spec, name)])) as [
    Set<string>,
    Set<string>,
  ];
  return !spec.latents.some(({ name }) => own.has(name) && others.has(name));
}

/** What bounds what each two share: of those that have densities. */
export async function apartIn(
  pairs: ReturnType<typeof apartPairs>,
  coded: CodedRows,
  spec: Spec,
  slices: Slices,
): Promise<Subjects["apart"]> {
  const found: Subjects["apart"][number][] = [];
  for (const pair of pairs) {
    const { densities, rates, rows } = only(coded, [pair.code, pair.other]);
    const [code, other] = [densities[pair.code], densities[pair.other]];
    if (code === undefined || other === undefined || rows.length < 2) continue;
    const limits = [pair.code, pair.other].flatMap((name) => marginalRate(name, rates, spec) ?? []);
    const rate = limits.length > 0 ? { rate: Math.min(...limits) } : {};
    found.push({ ...pair, atMost: ofRows(code, other, rows.length), ...rate });
    await slices.breathe();
  }
  return found;
}
