/**
 * Bias and spread of every bound that reports information, by information and batch size, on a Gaussian channel with the
 * best critic or the true density. Gives the body of docs/bounds.md.
 */
import { boundOf } from "../../core/theory/bounds/index";
import {
  chained,
  decoded,
  density,
  given,
  rate,
  ratioOf,
  scores,
  shuffled,
  sides,
  withBaseline,
} from "../oracles/arguments";
import { average, valuesOf } from "../oracles/average";
import { channelOf, informationOf, type Channel } from "../oracles/gaussian";

export const page = "docs/bounds.md";

const DIMENSIONS = 3;
const INFORMATION = [0.5, 1, 2, 3.49, 6];
const ROWS = [32, 128, 512];
/** Values of a batch that one entry is made of. */
const BATCHES = 100;

const clipped: typeof density = (channel, rows) => {
  const make = scores()(channel, rows);
  return (batch) => ({ ...make(batch), clip: 5 });
};
const weighed: typeof density = (channel, rows) => {
  const make = density(channel, rows);
  return (batch) => ({ ...make(batch), samples: rows });
};

/** The entropy of so many standard normal numbers. */
const entropy = (dimensions: number): number => (dimensions / 2) * Math.log(2 * Math.PI * Math.E);
/** What two noisy copies of standard normal values share, from the share of variance that each has of them. */
const shared = (dimensions: number, first: number, second: number): number =>
  (-dimensions / 2) * Math.log(1 - first * second);
const share = ({ noise }: Channel): number => 1 / (1 + noise ** 2);

/** The arguments with which each bound is at its best, and what its value exceeds I(x; z) by where it is tight. */
const measured: [string, typeof density, ((channel: Channel) => number)?][] = [
  ["infonce", scores()],
  ["mine", shuffled],
  ["nwj", scores(1)],
  ["flo", withBaseline()],
  ["smile", clipped],
  ["canonical", sides],
  ["kl", rate],
  ["l1out", density],
  ["club", density],
  ["mws", weighed],
  ["density-ratio", ratioOf],
  ["gaussian", decoded, ({ dimensions }) => -entropy(dimensions)],
  // Given a copy b of x with noise of variance 1: I(x; z) - I(b; z).
  ["conditional", given, (channel) => -shared(channel.dimensions, share(channel), 0.5)],
  // Of two such codes: what they share, and the entropy of x.
  [
    "chain",
    chained,
    (channel) =>
      shared(channel.dimensions, share(channel), share(channel)) +
      entropy(channel.dimensions) -
      informationOf(channel),
  ],
];

const shown = (x: number): string =>
  Number.isFinite(x)
    ? x
        .toFixed(Math.abs(x) < 100 ? 2 : 0)
        .replace(/^-0\.00$/, "0.00")
        .replace("-", "−")
    : "not finite";

async function entry(
  [id, make, excess = () => 0]: (typeof measured)[number],
  information: number,
  rows: number,
): Promise<string> {
  const channel = channelOf(DIMENSIONS, information);
  const values = await valuesOf(boundOf(id)!, rows, BATCHES, make(channel, rows));
  const { mean, deviation } = average(values);
  return `${shown(mean - information - excess(channel))} ± ${shown(deviation)}`;
}

/** The page without its mark. */
export async function write(): Promise<string> {
  const lines = [
    "# How far each bound is from the truth",
    "",
    `Codes z = x + noise of ${DIMENSIONS} standard normal values x, whose information I(x; z) is known; every bound with its best critic, baseline, prior or density, so that what is left is its own bias and spread, not that of training. An entry is the mean of ${BATCHES} batches less the truth, and the standard deviation of one batch, in nats. \`mine\` takes one shuffled pair a row; \`smile\` clips at 5; \`mws\` takes the data to be as large as the batch; \`gaussian\` is compared with I(x; z) less the entropy of x, \`conditional\` with I(x; z) less what a noisy copy of x tells of z, \`chain\` with what two such codes share and the entropy of x.`,
    "",
  ];
  for (const rows of ROWS) {
    lines.push(`## Batches of ${rows}`, "");
    lines.push(`| bound | side | ${INFORMATION.map((value) => `I = ${value}`).join(" | ")} |`);
    lines.push(`|---|---|${INFORMATION.map(() => "---").join("|")}|`);
    for (const row of measured) {
      const [id] = row;
      const entries: string[] = [];
      for (const information of INFORMATION) entries.push(await entry(row, information, rows));
      lines.push(`| \`${id}\` | ${boundOf(id)!.side} | ${entries.join(" | ")} |`);
    }
    lines.push("");
  }
  const ceilings = ROWS.map((rows) => `${Math.log(rows).toFixed(2)} at ${rows}`).join(", ");
  lines.push(
    `\`infonce\` reports at most log N: ${ceilings}. \`club\` grows with the inverse of the noise, whatever the batch. A lower bound that says much with high confidence needs a batch that grows with the exponential of the information (McAllester and Stratos 2020).`,
  );
  return `${lines.join("\n")}\n`;
}
