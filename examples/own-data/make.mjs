// Makes the data of the three specs beside it, in the folder `data`: node examples/own-data/make.mjs
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encode } from "fast-png";
import { muData } from "./hdf5.mjs";

const folder = process.argv[2] ?? join(import.meta.dirname, "data");

/** Random numbers from a seed (mulberry32). */
function randomFrom(seed) {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const integer = (below) => Math.floor(uniform() * below);
  return { uniform, normal, integer };
}

/** `count` values of a function of the place. */
const list = (count, value) => Array.from({ length: count }, (_, i) => value(i));

/**
 * Visits of patients as a table: what a watch recorded, and what a laboratory found. Severity is in both, fitness in the
 * watch alone. Units differ, some cells are empty, and the visits of a patient resemble each other.
 */
function visits() {
  const { uniform, normal, integer } = randomFrom(1);
  const patients = list(400, (patient) => ({
    patient: `P${String(patient).padStart(3, "0")}`,
    illness: ["healthy", "mild", "severe"][integer(3)],
    fitness: normal(),
    offsets: list(11, () => 0.5 * normal()),
  }));
  const mean = { healthy: -1.2, mild: 0, severe: 1.2 };
  const names = [
    "steps",
    "pulse",
    "sleep",
    "walks",
    "pauses",
    "glucose",
    "sodium",
    "crp",
    "urea",
    "iron",
    "zinc",
  ];
  const scales = [2500, 12, 1.1, 3, 40, 25, 4, 8, 6, 30, 1];
  const middles = [7000, 72, 7, 6, 200, 100, 140, 20, 20, 90, 14];
  const signs = list(11, () => (uniform() < 0.5 ? -1 : 1));
  const rows = patients.flatMap(({ patient, illness, fitness, offsets }) =>
    list(5, () => {
      const severity = mean[illness] + 0.5 * normal();
      const cells = names.map((_, i) => {
        const own = i < 5 ? fitness * (i % 2 ? 1 : -1) : 0;
        const value = signs[i] * severity + own + offsets[i] + 0.4 * normal();
        // A laboratory does not always measure everything.
        return i >= 5 && uniform() < 0.05 ? "" : (middles[i] + scales[i] * value).toFixed(2);
      });
      return [patient, illness, severity.toFixed(3), fitness.toFixed(3), ...cells];
    }),
  );
  const lines = [["patient", "illness", "severity", "fitness", ...names], ...rows];
  writeFileSync(join(folder, "visits.csv"), `${lines.map((cells) => cells.join(",")).join("\n")}\n`);
}

/** Pictures of shapes in folders by shape, with captions in a table. The brightness of the ground is in no caption. */
function pictures() {
  const { uniform, integer } = randomFrom(2);
  const size = 12;
  const colours = { blue: [40, 80, 230], green: [40, 190, 60], red: [230, 40, 40], yellow: [230, 210, 40] };
  const inside = {
    cross: (x, y) => Math.abs(x) < 1.6 || Math.abs(y) < 1.6,
    disc: (x, y) => x * x + y * y < 18,
    square: (x, y) => Math.abs(x) < 4 && Math.abs(y) < 4,
  };
  const captions = [
    (colour, shape) => `a ${colour} ${shape}`,
    (colour, shape) => `this ${shape} is ${colour}`,
    (colour, shape) => `one ${shape} painted in ${colour}`,
  ];
  const lines = ["file_name,caption,colour,ground"];
  for (const shape of Object.keys(inside)) mkdirSync(join(folder, "pictures", shape), { recursive: true });
  for (let i = 0; i < 1500; i++) {
    const shape = Object.keys(inside)[integer(3)];
    const colour = Object.keys(colours)[integer(4)];
    const ground = uniform();
    const [left, top] = [integer(3) - 1, integer(3) - 1];
    const data = new Uint8Array(3 * size * size);
    for (let at = 0; at < size * size; at++) {
      const [x, y] = [(at % size) - 5.5 - left, Math.floor(at / size) - 5.5 - top];
      const drawn = Math.max(Math.abs(x), Math.abs(y)) < 4.6 && inside[shape](x, y);
      for (let c = 0; c < 3; c++)
        data[3 * at + c] = Math.min(255, (drawn ? colours[colour][c] : 200 * ground) + integer(20));
    }
    const name = `${shape}/${String(i).padStart(4, "0")}.png`;
    writeFileSync(join(folder, "pictures", name), encode({ width: size, height: size, data, channels: 3 }));
    lines.push(`${name},${captions[integer(3)](colour, shape)},${colour},${ground.toFixed(3)}`);
  }
  writeFileSync(join(folder, "pictures", "captions.csv"), `${lines.join("\n")}\n`);
}

/** Cells of six donors, with counts of RNA and of proteins. Both follow the type of a cell; the cycle is in the RNA alone. */
function cells() {
  const { uniform, normal, integer } = randomFrom(3);
  const [genes, proteins, types] = [40, 12, 4];
  const markers = list(types, () => list(genes + proteins, () => 0.9 * normal()));
  const cycling = list(genes, (gene) => (gene < 15 ? 1 : 0) * (uniform() < 0.5 ? -1 : 1));
  const donors = list(6, () => list(genes + proteins, () => 0.15 * normal()));
  /** A count with a mean (Knuth's method). */
  const poisson = (rate) => {
    let [count, left] = [-1, rate];
    do {
      count++;
      left += Math.log(1 - uniform());
    } while (left > 0);
    return count;
  };
  const about = list(1800, () => ({ type: integer(types), donor: integer(6), cycle: normal() }));
  const counts = (from, to, base) =>
    Float32Array.from(
      about.flatMap(({ type, donor, cycle }) =>
        list(to - from, (i) =>
          poisson(
            base *
              Math.exp(
                markers[type][from + i] + donors[donor][from + i] + 0.8 * cycle * (cycling[from + i] ?? 0),
              ),
          ),
        ),
      ),
    );
  const rows = about.map((_, i) => i);
  const modalities = {
    rna: { rows, variables: list(genes, (i) => `gene_${i}`), values: counts(0, genes, 3) },
    protein: {
      rows,
      variables: list(proteins, (i) => `protein_${i}`),
      values: counts(genes, genes + proteins, 8),
    },
  };
  const columns = {
    cell_type: about.map(({ type }) => ["B", "NK", "T", "monocyte"][type]),
    donor: about.map(({ donor }) => `donor_${donor}`),
    cycle: Float32Array.from(about, ({ cycle }) => cycle),
  };
  writeFileSync(
    join(folder, "cells.h5mu"),
    muData(
      rows.map((i) => `cell_${i}`),
      columns,
      modalities,
    ),
  );
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
visits();
pictures();
cells();
console.log(`Made visits.csv, pictures and cells.h5mu in ${folder}`);
