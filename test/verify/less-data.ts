/**
 * How many pairs of pictures it takes until a code names the digit that both show: by what the pair shares, by reconstruction,
 * and by labels. Gives the body of docs/less-data.md. Trainings are kept by their content.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { table } from "../../scripts/manual/markdown";
import { runStudy } from "../../core/studies/engine";
import { isTrained, type Job, type Outcome, type Trained } from "../../core/studies/job";
import { reachedAt } from "../../core/studies/samples/curve";
import { median } from "../../core/gaussian/simulation";
import type { Next } from "../../core/studies/study";
import { keptHome } from "../studies/kept-home";
import { subjectOf, trainersHere } from "../studies/here";

export const page = "docs/less-data.md";

const SIZES = [500, 1000, 2000, 4000, 8000];
const SEEDS = [1, 2, 3];
const TARGETS = [0.6, 0.7];
const CODES = ["Zx", "Zy"] as const;

interface Data {
  title: string;
  statement: string;
}

const sizes = "samples = 8000, validation = 1000, test = 1000, seed = 1";
const generator: Data = { title: "`noisy-digits`", statement: `data "noisy-digits" { ${sizes} }` };
const mnist: Data = {
  title: "MNIST",
  statement: `data "t10k-images-idx3-ubyte.gz" { labels = "t10k-labels-idx1-ubyte.gz", views = "noisy-views", ${sizes} }`,
};

interface Method {
  title: string;
  /** How the digit is declared. */
  digit: "observe" | "target";
  beta: number;
  keeps: string;
}

const methods: readonly Method[] = [
  {
    title: "DVSIB: what both pictures share",
    digit: "observe",
    beta: 32,
    keeps: "keep I(Zx; Zy) by infonce",
  },
  {
    title: "two beta-VAEs: each picture is reconstructed",
    digit: "observe",
    beta: 1,
    keeps: "keep I(X; Zx)\n  keep I(Y; Zy)",
  },
  {
    title: "supervision: the digit is predicted",
    digit: "target",
    beta: 32,
    keeps: "keep I(digit; Zx)\n  keep I(digit; Zy)",
  },
];

const textOf = ({ statement }: Data, { digit, beta, keeps }: Method): string => `spec Pair {
  ${statement}
  modality X : image(28, 28)
  modality Y : image(28, 28)
  ${digit} digit : label(10)
  latent Zx : gaussian(8) from X
  latent Zy : gaussian(8) from Y
  knob beta = ${beta} in 0.1 .. 1024 log
  compress I(X; Zx)
  compress I(Y; Zy)
  ${keeps}
  network encoder X = mlp(64)
  network encoder Y = mlp(64)
  ${digit === "observe" && beta === 1 ? "network decoder X = mlp(64)\n  network decoder Y = mlp(64)" : ""}
  train { steps = 400, batch = 128, optimizer = adam(3e-3), seed = 1 }
}
`;

/** Accuracies of each code: the middle of the seeds at each size. */
type Curve = Record<(typeof CODES)[number], { rows: number; score: number }[]>;

async function curveOf(text: string, folder: string): Promise<Curve> {
  const subject = subjectOf(text);
  const jobsAt = (rows: number): Job[] =>
    SEEDS.map((seed) => ({
      ...{ text, uses: {}, location: subject.location, spec: "Pair", light: true },
      overrides: { seed },
      alterations: [{ id: "rows", count: rows, seed, validation: Math.round(rows / 4) }],
    }));
  const all = SIZES.flatMap(jobsAt);
  const study = {
    next(_: unknown, __: unknown, done: (job: Job) => Outcome | undefined): Next<Map<Job, Outcome>> {
      const known = new Map(all.flatMap((job) => (done(job) ? [[job, done(job)!] as const] : [])));
      return known.size === all.length ? { answer: known } : { ask: all };
    },
  };
  const trainers = trainersHere((_, path) => readFile(join(folder, path)));
  const outcomes = [...(await runStudy(study, subject, {}, await keptHome("less-data", trainers))).values()];
  const accuracy = (trained: Trained, code: string): number =>
    trained.measurements.find((one) => one.id === "accuracy" && one.code === code)!.value;
  const ofCode = (code: string): Curve["Zx"] =>
    SIZES.map((rows, i) => {
      const own = outcomes.slice(i * SEEDS.length, (i + 1) * SEEDS.length);
      const scores = own.map((one) => {
        if (isTrained(one)) return accuracy(one, code);
        throw new Error(one.refused);
      });
      return { rows, score: median(scores) };
    });
  return { Zx: ofCode("Zx"), Zy: ofCode("Zy") };
}

const reachedText = (curve: Curve["Zx"], target: number): string => {
  const rows = reachedAt(curve, target);
  if (rows === undefined) return `not at ${thousands(SIZES.at(-1)!)}`;
  return rows <= SIZES[0]! ? `${SIZES[0]} or fewer` : thousands(Number(rows.toPrecision(2)));
};
const thousands = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ",");

async function section(data: Data, folder: string): Promise<string[]> {
  const curves: { method: Method; curve: Curve }[] = [];
  for (const method of methods) curves.push({ method, curve: await curveOf(textOf(data, method), folder) });
  return [
    `## ${data.title}`,
    "",
    ...CODES.flatMap((code) => [
      code === "Zx"
        ? "From the code of X, the picture that is turned and scaled:"
        : "From the code of Y, the picture over noise:",
      "",
      table(
        ["Method", ...SIZES.map(thousands), ...TARGETS.map((target) => `Pairs to ${target}`)],
        curves.map(({ method, curve }) => [
          method.title,
          ...curve[code].map(({ score }) => score.toFixed(2)),
          ...TARGETS.map((target) => reachedText(curve[code], target)),
        ]),
      ),
      "",
    ]),
    ...heldText(curves),
    "",
  ];
}

/** The sentences that these numbers allow. */
function heldText(curves: readonly { method: Method; curve: Curve }[]): string[] {
  const [shared, rebuilt, labels] = curves.map(({ curve }) => curve) as [Curve, Curve, Curve];
  return CODES.map((code) => {
    const best = (curve: Curve): Curve["Zx"][number] =>
      curve[code].reduce((most, one) => (one.score > most.score ? one : most));
    const [own, others, supervised] = [best(shared), best(rebuilt), best(labels)];
    const accuracies = `at most ${own.score.toFixed(2)} (${thousands(own.rows)} pairs), two beta-VAEs to ${others.score.toFixed(2)}, labels to ${supervised.score.toFixed(2)}`;
    const end = shared[code].at(-1)!;
    const limited =
      end.score < own.score
        ? ` More pairs than ${thousands(own.rows)} do not help DVSIB here: the steps and their rate limit it, not the pairs.`
        : "";
    return `- \`${code}\`: DVSIB comes to ${accuracies}. ${TARGETS.map((target) => needText(shared[code], rebuilt[code], labels[code], target)).join(" ")}${limited}`;
  });
}

function needText(own: Curve["Zx"], rebuilt: Curve["Zx"], labels: Curve["Zx"], target: number): string {
  const [a, b, c] = [own, rebuilt, labels].map((curve) => reachedAt(curve, target));
  if (a === undefined) {
    const reaching =
      c === undefined ? "no method reaches it" : `only labels do, with ${reachedText(labels, target)} pairs`;
    return `It does not reach ${target}${b === undefined ? `; ${reaching}.` : `, and two beta-VAEs do with ${reachedText(rebuilt, target)} pairs.`}`;
  }
  return `It needs ${reachedText(own, target)} pairs to ${target}; two beta-VAEs ${reachedText(rebuilt, target)}, labels ${reachedText(labels, target)}.`;
}

/** The page without its mark. */
export async function write(): Promise<string> {
  const folder = join(process.env["BOTTLENECK_TEST_DATA"] ?? "", "mnist");
  const measured = existsSync(folder) ? await section(mnist, folder) : [];
  return [
    "# Less data: by what two views share, by reconstruction, by labels",
    "",
    `How many pairs of pictures it takes until the digit that both show is read from a code of 8 numbers. Encoders and decoders are perceptrons of 64 units, trained for 400 steps of 128 pairs at a rate of 0.003 whatever the number of pairs (at 0.001, so few steps end before DVSIB reaches 0.6 with any number of them); the checkpoint is chosen on held-out pairs, a quarter as many. A linear probe then learns the digit from draws of the code for the same training pairs, and is judged on ${1000} test pairs. So probes see labels in all three methods; only supervision sees them while the code is trained. Accuracies are the middle of ${SEEDS.length} seeds, and needs are read between sizes on a logarithmic scale.`,
    "",
    "Pairs of one digit are weak labels: whoever pairs them knows which pictures go together. The comparison that holds is with reconstruction at the same width of code and the same training; wider codes or longer trainings help reconstruction more.",
    "",
    ...(await section(generator, folder)),
    ...(measured.length > 0
      ? measured
      : ["MNIST was not there where this page was made (`BOTTLENECK_TEST_DATA`)."]),
  ].join("\n");
}
