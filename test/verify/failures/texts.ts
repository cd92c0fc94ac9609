/** Texts of trainings on planted factors. */
import { plantedFactors } from "../../../core/data/generators/planted-factors";

export interface Words {
  seed: number;
  /** Options of the data beside the usual ones, which they replace. */
  data?: Readonly<Record<string, number>>;
  /** What is declared, optimised and drawn into account: the body of the spec. */
  body: string;
  epochs?: number;
  batch?: number;
  rate?: number;
}

const USUAL = { samples: 4000, validation: 500, test: 2000 };

/** Every factor of the planting that the streams of the body do not read themselves, observed. */
function observed(body: string): string[] {
  return plantedFactors.fields.flatMap(({ name, kind, role, only }) => {
    const read = new RegExp(`(target|modality) ${name} |= ${name}\\b`).test(body);
    const there = only === undefined || new RegExp(`modality ${only} `).test(body);
    return role === "factor" && there && !read ? [`observe ${name} : ${kind}`] : [];
  });
}

export function text({ seed, data = {}, body, epochs = 24, batch = 128, rate = 1e-3 }: Words): string {
  const options = Object.entries({ ...USUAL, ...data, seed }).map(([name, value]) => `${name} = ${value}`);
  const modalities = [...body.matchAll(/modality (\w+) /g)].map(([, name]) => name);
  const lines = [
    `data "planted-factors" { ${options.join(", ")} }`,
    ...body
      .trim()
      .split("\n")
      .map((line) => line.trim()),
    ...observed(body),
    ...modalities.flatMap((name) =>
      ["encoder", "decoder"].map((part) => `network ${part} ${name} = mlp(64)`),
    ),
    `train { epochs = ${epochs}, batch = ${batch}, optimizer = adam(${rate}) }`,
  ];
  return `spec Planted {\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;
}
