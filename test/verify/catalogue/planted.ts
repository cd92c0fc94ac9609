/** A method of the catalogue as a spec that is trained on planted factors, and the factors that tell what its codes hold. */
import type { CatalogueEntry } from "../../../core/catalogue/index";
import { plantedFactors } from "../../../core/data/generators/planted-factors";
import { plantedSignals } from "../../../core/data/generators/planted-signals";
import type { Generator } from "../../../core/data/generator";
import { analyse } from "../../../core/theory/analyse";
import type { Spec, Stream } from "../../../core/theory/spec";

/** Factors of a generator by what the streams of a method reveal about them. */
export interface Planting {
  data: string;
  /** A stream as it is declared on this data, where that is not as the method says. */
  declare: Readonly<Record<string, string>>;
  /** What all streams tell. */
  shared: readonly string[];
  /** What a stream tells alone, by its name. */
  own: Readonly<Record<string, readonly string[]>>;
  /** What a stream tells alone, below the unit noise of a decoder: one factor and its variance within the stream. */
  weak: Readonly<Record<string, { factor: string; variance: number }>>;
  /** Known classes, by the target that has as many. */
  classes: Readonly<Record<string, number>>;
  /** A spec of the streams that tell the most a code can hold; none where they are too wide for a probe. */
  raw?: { text: string; streams: readonly string[] };
}

const factorsLike = (start: string): string[] =>
  plantedFactors.fields.flatMap(({ name }) => (name.startsWith(start) ? [name] : []));

const SAMPLES = "samples = 4000, validation = 500, test = 2000, seed = 1";

/** Streams and factors of a generator, with a code to be a whole spec. */
function rawText({ name, fields }: Generator): { text: string; streams: string[] } {
  const streams = fields.filter(({ role }) => role === "stream");
  const lines = fields.map((field) =>
    field.role === "stream"
      ? `modality ${field.name} : ${field.kind}`
      : `observe ${field.name} : ${field.kind}`,
  );
  const first = streams[0]!.name;
  const text = `spec Raw { data "${name}" { ${SAMPLES} }
${lines.join("\n")}
latent Z : gaussian(2) from ${first}
compress I(${first}; Z)
keep I(${first}; Z) }
`;
  return { text, streams: streams.map((field) => field.name) };
}

const VIEWS = ["X", "Y", "A"];
const views: Planting = {
  data: "planted-factors",
  declare: {},
  shared: factorsLike("shared_"),
  own: Object.fromEntries(VIEWS.map((view) => [view, factorsLike(`own_${view}_`)])),
  // 0.5 squared, and the noise's 0.6 squared in the same direction.
  weak: Object.fromEntries(VIEWS.map((view) => [view, { factor: `weak_${view}`, variance: 0.61 }])),
  classes: { label: 10, group: 2 },
  raw: rawText(plantedFactors),
};
/** Two samples of one class share the class. */
const partners: Planting = { ...views, shared: ["label"] };
const signals: Planting = {
  data: "planted-signals",
  declare: {},
  shared: ["slow_1", "slow_2"],
  own: { X: ["burst"] },
  weak: {},
  classes: {},
  raw: rawText(plantedSignals),
};
/** Moved and mirrored, a picture keeps its colour, its size and its shape. */
const pictures: Planting = {
  data: "captioned-shapes",
  declare: { S: "image(20, 20, 3) = picture" },
  shared: ["colour"],
  own: {},
  weak: {},
  classes: { colour: 6, shape: 4 },
};

/** The data that fit a method's streams. @throws Error where none do */
export function plantingOf({ file }: CatalogueEntry, spec: Spec): Planting {
  const made = spec.streams.flatMap(({ derived }) => (derived === undefined ? [] : [derived.by]));
  if (made.includes("augment")) return pictures;
  if (made.includes("past")) return signals;
  const unfit = sourcesOf(spec).filter(({ name }) => !VIEWS.includes(name));
  if (unfit.length > 0)
    throw new Error(`${file} reads ${unfit.map(({ name }) => name).join(", ")}, which no planting has`);
  return made.includes("partner") ? partners : views;
}

export const specOf = ({ text }: CatalogueEntry): Spec => analyse(text).specs[0]!.spec!;

const sourcesOf = (spec: Spec): Stream[] =>
  spec.streams.filter(({ role, derived }) => role === "modality" && derived === undefined);

/** The class that stands for a target: the planted one with as many values. @throws Error where there is none */
export function classOf(target: Stream, { classes }: Planting): string {
  const found = Object.entries(classes).find(([, count]) => count === target.kind.sizes[0]);
  if (found === undefined) throw new Error(`no planted factor has as many classes as ${target.name}`);
  return found[0];
}

/** Knobs at which a method is measured, where a newcomer would turn them too: a label is worth a few nats only. */
export const KNOBS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ceb: { beta: 8 },
  "deep-imv": { beta: 8 },
  "distributed-ib": { beta: 8 },
  dmib: { beta: 8 },
  dvib: { beta: 8 },
  "fair-vib": { beta: 8, g: 8 },
  mib: { beta: 16 },
  mvib: { beta: 8 },
};

const EPOCHS = 24;

/** The method on its planting, with every factor that its streams could tell observed, and the classes its targets leave. */
export function plantedText(entry: CatalogueEntry): string {
  const spec = specOf(entry);
  const planting = plantingOf(entry, spec);
  const { data, declare, shared, own, weak, classes } = planting;
  const targets = spec.streams.filter(({ role }) => role === "target");
  const named = new Set(targets.map((target) => classOf(target, planting)));
  const numbers = [
    ...shared.filter((name) => classes[name] === undefined),
    ...spec.streams
      .filter(({ role }) => role === "modality")
      .flatMap(({ name }) => [...(own[name] ?? []), ...(weak[name] ? [weak[name].factor] : [])]),
  ];
  const knobs = spec.knobs.map(({ name, value, from, to, log }) => {
    const turned = KNOBS[entry.file]?.[name] ?? value;
    return `knob ${name} = ${turned} in ${from} .. ${to}${log ? " log" : ""}`;
  });
  const lines = [
    `data "${data}" { ${SAMPLES} }`,
    ...sourcesOf(spec).flatMap(({ name }) => (declare[name] ? [`modality ${name} : ${declare[name]}`] : [])),
    ...targets.map((target) => {
      const field = classOf(target, planting);
      return `target ${target.name} : label(${classes[field]}) = ${field}`;
    }),
    ...numbers.map((name) => `observe ${name} : scalar`),
    ...Object.entries(classes)
      .filter(([name]) => !named.has(name))
      .map(([name, count]) => `observe ${name} : label(${count})`),
    ...knobs,
    ...spec.streams
      .filter(({ role }) => role === "modality")
      .flatMap(({ name }) => ["encoder", "decoder"].map((part) => `network ${part} ${name} = mlp(64)`)),
    `train { epochs = ${EPOCHS}, batch = 128, optimizer = adam(1e-3) }`,
  ];
  return `spec Measured extends ${entry.tree.name.text} {\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;
}
