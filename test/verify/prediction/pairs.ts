/** The pairs: a spec as its preview trains it, and as its project does with networks as wide as a real run has. */
import { catalogue } from "../../../core/catalogue/index";
import { analyse } from "../../../core/theory/analyse";

/** Layers of every encoder and decoder of a project; a preview has those of the language's defaults. */
export const WIDE = "mlp(512, 512)";
export const SAMPLES = 2000;
export const JUDGED = 1000;
export const EPOCHS = 10;
export const BATCH = 64;
/** Values of beta, as factors of the method's own. */
export const FACTORS = [1 / 4, 4] as const;

const METHODS = ["beta-vae", "dvib", "beta-dvcca", "beta-joint-dvcca", "mvae", "dvsib"];

interface Data {
  name: string;
  /** Streams X and Y as they are declared there. */
  X: string;
  Y: string;
  /** The class that a target is, and its number of values. */
  classes: [field: string, count: number];
  factors: readonly string[];
}

const scalars = (...names: string[]): string[] => names.map((name) => `observe ${name} : scalar`);

const DATA: readonly Data[] = [
  {
    name: "planted-factors",
    X: "vector(64)",
    Y: "vector(64)",
    classes: ["label", 10],
    factors: [
      ...scalars("shared_1", "shared_2", "own_X_1", "own_X_2", "own_Y_1", "own_Y_2", "weak_X", "weak_Y"),
      "observe group : label(2)",
    ],
  },
  {
    name: "noisy-digits",
    X: "image(28, 28)",
    Y: "image(28, 28)",
    classes: ["digit", 10],
    factors: scalars("angle", "scale", "noise", "thickness"),
  },
  {
    name: "sounding-digits",
    X: "image(28, 28) = picture",
    Y: "audio(32, 32) = sound",
    classes: ["digit", 10],
    factors: ["observe speaker : label(6)", ...scalars("pitch", "tempo", "angle", "scale")],
  },
];

export interface Pair {
  method: string;
  data: string;
  factor: (typeof FACTORS)[number];
  beta: number;
  /** What factors are called in other methods, where this one has another name. */
  names: Readonly<Record<string, string>>;
  preview: string;
  project: string;
}

function pairsOf(file: string, data: Data): Pair[] {
  const entry = catalogue().find((one) => one.file === file)!;
  const { spec } = analyse(entry.text).specs[0]!;
  const { value, from, to } = spec!.knobs.find(({ name }) => name === "beta")!;
  const views = spec!.streams.filter(({ role }) => role === "modality").map(({ name }) => name as "X" | "Y");
  const target = spec!.streams.find(({ role }) => role === "target");
  const [field, count] = data.classes;
  return FACTORS.map((factor) => {
    const beta = value * factor;
    const text = (networks: readonly string[]): string =>
      [
        `spec P extends ${entry.tree.name.text} {`,
        `data "${data.name}" { samples = ${SAMPLES}, validation = 256, test = ${JUDGED}, seed = 1 }`,
        ...views.map((view) => `modality ${view} : ${data[view]}`),
        target ? `target ${target.name} : label(${count}) = ${field}` : `observe ${field} : label(${count})`,
        ...data.factors,
        `knob beta = ${beta} in ${from} .. ${to} log`,
        ...networks,
        `train { epochs = ${EPOCHS}, batch = ${BATCH}, seed = 1 }`,
        "}",
      ].join("\n");
    const wide = views.flatMap((view) =>
      ["encoder", "decoder"].map((role) => `network ${role} ${view} = ${WIDE}`),
    );
    return {
      ...{ method: entry.method, data: data.name, factor, beta },
      names: target ? { [target.name]: field } : {},
      preview: text([]),
      project: text(wide),
    };
  });
}

/** Methods, data and values of beta, each with each. */
export const pairs = (): Pair[] => METHODS.flatMap((file) => DATA.flatMap((data) => pairsOf(file, data)));
