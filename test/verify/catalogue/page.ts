/** The page of measured methods. */
import type { ProbeResult } from "../../trainer/train";
import { table } from "../../../scripts/manual/markdown";
import { exceptionFor, exceptions } from "./exceptions";
import { KNOBS, type Planting } from "./planted";
import type { Measurement } from "./threshold";
import type { Claim } from "./wants";

/** What the probes say of a claim. */
type Verdict = "holds" | "holds in some seeds" | "does not hold";

const number = (value: number): string =>
  value
    .toFixed(2)
    .replace(/^-0\.00$/, "0.00")
    .replace("-", "−");

const toldOf = ({ runs }: Measurement): Measurement["runs"] => runs.filter(({ told }) => told);

const isMet = ({ expects }: Claim, share: number, threshold: number): boolean =>
  expects === "kept" ? share >= threshold : share < threshold;

function verdictOf(measurement: Measurement, i: number, threshold: number): Verdict {
  const claim = measurement.claims[i]!;
  const met = toldOf(measurement).map(({ shares }) => isMet(claim, shares[i]!, threshold));
  return met.every(Boolean) ? "holds" : met.some(Boolean) ? "holds in some seeds" : "does not hold";
}

export function pageHead(
  measured: readonly Measurement[],
  threshold: number,
  seeds: { set: readonly number[]; told: readonly number[] },
): string {
  const verdicts = measured.map((measurement) => ({
    measurement,
    all: measurement.claims.map((_, i) => verdictOf(measurement, i, threshold)),
  }));
  const overall = (all: Verdict[], { entry, claims }: Measurement): string => {
    const failed = claims.filter(({ text }, i) => all[i] !== "holds" && !exceptionFor(entry.file, text));
    if (failed.length > 0) return "**disagrees**";
    return all.every((verdict) => verdict === "holds") ? "agrees" : "agrees, with an exception";
  };
  const claims = verdicts.flatMap(({ all }) => all);
  return [
    "# What each method keeps, measured",
    "",
    `Every method of the catalogue says in \`want\` lines what its codes are for. Here each is trained on data whose factors are known (see [built-in data](manual/data.md)), and probes say what its codes hold. 4,000 samples, 24 epochs, networks of one hidden layer of 64, knobs as the method has them but for those named; nothing is tuned to a method.`,
    "",
    `**The rule.** A share of a factor is its probe's value less chance, over what the best stream tells as it is less chance: 0 is nothing, 1 is all. What is wanted has to reach a share of ${threshold.toFixed(2)} and what is to be forgotten has to stay below; where several codes are named, in each of them. A stream that is wanted back in full is asked for its strong factors, and its weak one is to be dropped where a linear VAE would drop it: where its variance times the weight of the redrawing is below 1. Elsewhere the width of the code decides, and nothing is said of it. The ${threshold.toFixed(2)} is what best parts the two kinds of claims on seeds ${seeds.set.join(" and ")}; verdicts are on seeds ${seeds.told.join(" and ")}, and a claim holds when it holds on each.`,
    "",
    `${claims.filter((verdict) => verdict === "holds").length} of ${claims.length} claims hold.`,
    "",
    table(
      ["Method", "Verdict"],
      verdicts.map(({ measurement, all }) => [
        `[${measurement.entry.method}](manual/methods/${measurement.entry.file}.md)`,
        overall(all, measurement),
      ]),
    ),
    "",
    "## Exceptions",
    "",
    exceptions.length === 0
      ? "None."
      : table(
          ["Method", "Claim", "Why it does not hold here"],
          exceptions.map(({ file, claim, because }) => [
            measured.find(({ entry }) => entry.file === file)?.entry.method ?? file,
            `\`${claim}\``,
            because,
          ]),
        ),
    "",
  ].join("\n");
}

/** Columns of a method's table: a heading, and the factors of which it shows the mean. */
function columnsOf(
  { own, weak, shared, classes }: Planting,
  probes: readonly ProbeResult[],
): [string, string[]][] {
  const known = new Set(probes.map(({ factor }) => factor));
  const columns: [string, string[]][] = [
    ["shared", shared.filter((name) => classes[name] === undefined)],
    ...Object.entries(own).map(([stream, names]): [string, string[]] => [`only ${stream}`, [...names]]),
    ...Object.entries(weak).map(([stream, { factor }]): [string, string[]] => [
      `weak in ${stream}`,
      [factor],
    ]),
    ...Object.keys(classes).map((name): [string, string[]] => [name, [name]]),
  ];
  return columns.filter(([, names]) => names.length > 0 && names.every((name) => known.has(name)));
}

export function methodSection(measurement: Measurement, threshold: number): string {
  const { entry, claims, planting } = measurement;
  const told = toldOf(measurement);
  const columns = columnsOf(planting, told[0]!.probes);
  const codes = [...new Set(told[0]!.probes.map(({ code }) => code))];
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const cell = (code: string, names: readonly string[]): string => {
    const found = told.flatMap(({ probes }) =>
      probes.filter((probe) => probe.code === code && names.includes(probe.factor)),
    );
    const low = Math.min(...found.map((probe) => probe.low));
    const high = Math.max(...found.map((probe) => probe.high));
    return `${number(mean(found.map(({ value }) => value)))} (${number(low)} to ${number(high)})`;
  };
  const chance = (names: readonly string[]): string => {
    const { measure, chance: level } = told[0]!.probes.find(({ factor }) => factor === names[0])!;
    return measure === "R2" ? "R²" : `accuracy, chance ${number(level)}`;
  };
  const knobs = Object.entries(KNOBS[entry.file] ?? {}).map(([name, value]) => `${name} = ${value}`);
  return [
    `## ${entry.method}`,
    "",
    `Keeps: ${entry.keeps} Discards: ${entry.discards}${knobs.length > 0 ? ` Measured at ${knobs.join(", ")}.` : ""}`,
    "",
    table(
      ["Code", ...columns.map(([heading, names]) => `${heading} (${chance(names)})`)],
      codes.map((code) => [code, ...columns.map(([, names]) => cell(code, names))]),
    ),
    "",
    table(
      ["Claim", "Wants it", "Share by seed", "Verdict"],
      claims.map(({ text, expects }, i) => {
        const exception = exceptionFor(entry.file, text);
        const verdict = verdictOf(measurement, i, threshold);
        return [
          `\`${text}\``,
          expects,
          told.map(({ shares }) => number(shares[i]!)).join(", "),
          exception && verdict !== "holds" ? `exception: ${verdict}` : verdict,
        ];
      }),
    ),
    "",
  ].join("\n");
}
