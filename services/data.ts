/** What the settings of a `data` statement mean, by the source they belong to. */

export interface DataSetting {
  name: string;
  doc: string;
}

const samples: DataSetting = { name: "samples", doc: "How many samples training sees." };
const validation: DataSetting = { name: "validation", doc: "How many samples the curves are checked on." };
const test: DataSetting = { name: "test", doc: "How many samples probes are measured on." };
const seed: DataSetting = { name: "seed", doc: "Fixes what is drawn." };

/** Settings of a source: of a built-in generator, or of a file. */
export function dataSettings(source: string): DataSetting[] {
  return source === "noisy-digits" ? [samples, validation, test, seed] : [];
}
