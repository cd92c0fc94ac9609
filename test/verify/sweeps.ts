/**
 * Sweeps of designs whose optimum is known, beside that optimum. Gives the body of docs/sweeps.md. Every training is kept by its
 * content, so that an interrupted measurement continues, and a row is measured again only where it may change.
 */
import { runStudy } from "../../core/studies/engine";
import type { SweepAnswer } from "../../core/studies/sweep/answer";
import { sweep } from "../../core/studies/sweep/index";
import { subjectOf, trainersHere } from "../studies/here";
import { keptHome } from "../studies/kept-home";
import { gaussianBottleneck, symmetricBottleneck } from "../studies/known";

export const page = "docs/sweeps.md";

const SEEDS = "3";

async function swept(text: string, given: Record<string, string>): Promise<SweepAnswer> {
  const subject = subjectOf(text);
  const home = await keptHome("sweeps", trainersHere());
  return runStudy(sweep, subject, sweep.read({ ...given, seeds: SEEDS }, subject), home);
}

const shown = (value: number | undefined): string => (value === undefined ? "none" : value.toFixed(2));
const off = (value: number | undefined, known: number): string =>
  value === undefined
    ? ""
    : `${value >= known ? "+" : "−"}${Math.abs(100 * (value / known - 1)).toFixed(1)} %`;
const row = (name: string, known: number, measured: number | undefined, range: string): string =>
  `| ${name} | ${shown(known)} | ${shown(measured)} | ${range} | ${off(measured, known)} |`;

const HEAD = ["| | known | measured | range | off by |", "|---|---|---|---|---|"];

/** The largest rate that the upward branch reaches, over all seeds. */
const upward = ({ points, terms }: SweepAnswer): number =>
  Math.max(
    ...points
      .filter(({ direction }) => direction === "up")
      .map((point) =>
        terms.filter(({ side }) => side === "compress").reduce((sum, { id }) => sum + point.terms[id]!, 0),
      ),
  );

/** How many branches began anew, since their codes were empty at the largest beta. */
function beganAnew({ restarted }: SweepAnswer): string {
  if (restarted.length === 0) return "";
  const found = restarted.filter(({ by }) => by !== undefined).length;
  return ` Of ${SEEDS} downward branches ${restarted.length} began with empty codes and began anew, ${found} of them with codes that carry something.`;
}

async function symmetric(
  rho: number,
  known: { exists: number; wins: number },
  given: Record<string, string>,
): Promise<string[]> {
  const answer = await swept(symmetricBottleneck(rho, { samples: 20000 }), given);
  const down = answer.jumps.find(({ direction }) => direction === "down");
  const { hysteresis } = answer;
  return [
    `## Two codes of one number each, correlation ${rho}`,
    "",
    `Without decoders, \`canonical\` between the codes. Zero information is a minimum at every beta; another one exists from ${known.exists} on and has the lower loss from ${known.wins} on.`,
    "",
    ...HEAD,
    row(
      "collapse, turned downward",
      known.exists,
      down?.at,
      down ? `${shown(down.low)} to ${shown(down.high)}, ${down.seeds} of ${down.of} seeds` : "",
    ),
    row("equal loss of both minima", known.wins, hysteresis?.equal, ""),
    "",
    `Turned upward, the codes carry at most ${upward(answer).toFixed(3)} nats together.${beganAnew(answer)}`,
    "",
  ];
}

async function gaussian(): Promise<string[]> {
  const answer = await swept(gaussianBottleneck(), { points: "16", from: "0.7", to: "60" });
  const rows = (answer.theory?.thresholds ?? []).map(({ at, text }, i) => {
    const onset = answer.onsets[i];
    return row(text, at, onset?.beta, onset ? `${shown(onset.low)} to ${shown(onset.high)} (95 %)` : "");
  });
  return [
    "## A code of a Gaussian vector that predicts another",
    "",
    "Three correlated directions, a decoder of unit variance. Direction i turns on where beta is 1 over the variance that a line predicts of it. Measured by a fit of the whole curve of rates, the interval by the jackknife over points.",
    "",
    ...HEAD,
    ...rows,
    "",
  ];
}

/** The page without its mark. */
export async function write(): Promise<string> {
  const lines = [
    "# What sweeps find where the optimum is known",
    "",
    `Each sweep turns beta upward and downward, the weights carried on, with ${SEEDS} seeds, on the data \`gaussian-pair\`.`,
    "",
    ...(await symmetric(0.5, { exists: 14.928, wins: 18.295 }, { points: "14", from: "10.5", to: "51" })),
    ...(await symmetric(0.7, { exists: 6.997, wins: 8.551 }, { points: "14", from: "5", to: "24" })),
    ...(await symmetric(0.8, { exists: 5, wins: 6.094 }, { points: "14", from: "3.5", to: "12" })),
    ...(await symmetric(0.9, { exists: 3.546, wins: 4.296 }, { points: "14", from: "2.5", to: "12" })),
    ...(await gaussian()),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}
