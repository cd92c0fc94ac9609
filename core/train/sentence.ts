/** The first sentence of a result: which code keeps which factor. */
import type { Unjudgeable } from "./protocol";
import type { Judged } from "./verdicts";

/** `Zx`, `Zx and Zy`, `Zx, Zy and W`. */
function joined(names: readonly string[], word: "and" | "or" = "and"): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} ${word} ${names.at(-1)}`;
}

/**
 * For example: "Zx and Zy keep digit (0.83 and 0.81; chance 0.10). Zx carries some of angle (R² 0.31). Zy does not keep angle."
 * First what is kept, factor by factor, with what probes read of draws; then what only noise hides, with what they read of
 * the mean; then what is dropped, and what the samples leave open. Empty without verdicts.
 */
export function describeVerdicts(judged: readonly Judged[]): string {
  const factors = [...new Set(judged.map(({ factor }) => factor))];
  const of = (factor: string, verdict: Judged["verdict"]): Judged[] =>
    judged.filter((one) => one.factor === factor && one.verdict === verdict);
  const kept = (
    [
      ["keeps", "keep"],
      ["some", "carry some of"],
    ] as const
  ).flatMap(([verdict, verb]) =>
    factors.flatMap((factor) => {
      const group = of(factor, verdict);
      return group.length > 0 ? [`${clause(group, verb)} ${factor} (${values(group)}).`] : [];
    }),
  );
  const hidden = factors.flatMap((factor) => {
    const group = of(factor, "hidden");
    const [its, mean] = group.length > 1 ? ["their", "means still predict"] : ["its", "mean still predicts"];
    const numbers = joined(group.map((one) => one.mean.toFixed(2)));
    return group.length > 0
      ? [
          `${factor} in ${codesOf(group)} is hidden by noise only: ${its} ${mean} it (${measured(group, numbers)}).`,
        ]
      : [];
  });
  const dropped = byCodes(factors, (factor) => of(factor, "drops"));
  const open = (Object.keys(reasons) as Unjudgeable[]).flatMap((because) =>
    byCodes(factors, (factor) => of(factor, "unjudged").filter((one) => one.because === because)).map(
      ({ group, about }) =>
        `${joined(about)} in ${codesOf(group)} cannot be judged: ${reasons[because](about.length > 1)}.`,
    ),
  );
  return [
    ...kept,
    ...hidden,
    ...dropped.map(
      ({ group, about }) =>
        `${codesOf(group)} ${group.length > 1 ? "do" : "does"} not keep ${joined(about, "or")}.`,
    ),
    ...open,
  ].join(" ");
}

/** Why samples leave a factor open, or several of them. */
const reasons: Record<Unjudgeable, (several: boolean) => string> = {
  constant: (several) => `${several ? "they are" : "it is"} constant in the held-out samples`,
  "one-class": (several) => `the held-out samples have only one class of ${several ? "each" : "it"}`,
  "few-rows": () => "there are too few held-out samples",
};

/** Factors that go with the same codes, together. */
function byCodes(
  factors: readonly string[],
  groupOf: (factor: string) => Judged[],
): { group: Judged[]; about: string[] }[] {
  const found = new Map<string, { group: Judged[]; about: string[] }>();
  for (const factor of factors) {
    const group = groupOf(factor);
    if (group.length === 0) continue;
    const key = group.map(({ code }) => code).join();
    const entry = found.get(key) ?? { group, about: [] };
    entry.about.push(factor);
    found.set(key, entry);
  }
  return [...found.values()];
}

const codesOf = (group: readonly Judged[]): string => joined(group.map(({ code }) => code));

/** `Zx and Zy keep`, `Zx keeps`, `Zx carries some of`. */
function clause(group: readonly Judged[], verb: string): string {
  const one = verb.replace(/^(\w+?)(y?)(?= |$)/, (_, stem: string, y: string) => stem + (y ? "ies" : "s"));
  return `${codesOf(group)} ${group.length > 1 ? verb : one}`;
}

function values(group: readonly Judged[]): string {
  const numbers = joined(
    group.map(({ value, capped, ranked }) => {
      // Rounded down: no claim goes beyond what the rate allows.
      if (capped) return `at most ${(Math.floor(value * 100) / 100).toFixed(2)} by its rate`;
      return value.toFixed(2) + (ranked ? `, class ${ranked.class} ranked ${ranked.value.toFixed(2)}` : "");
    }),
  );
  return measured(group, numbers);
}

function measured(group: readonly Judged[], numbers: string): string {
  const { measure, chance } = group[0]!;
  return measure === "scalar" ? `R² ${numbers}` : `${numbers}; chance ${chance.toFixed(2)}`;
}
