/**
 * What it costs to read files of data, beside numpy: `node --import tsx test/bench/data.ts`. Writes DATA.md. Needs about 3 GB in
 * the folder of temporary files for as long as it runs.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { format } from "prettier";
import { largePages } from "../../trainer/spawn";
import { pythonWithTorch } from "../reference/driver";
import { median } from "./turns";

const ROUNDS = 5;
/** At most so many times numpy's processor time, and the memory that is bound. */
const GOAL = 2;

/** A file, its field and width, and how many rows of it are used; all where absent. */
const files: readonly { file: string; field: string; width: number; rows?: number; what: string }[] = [
  { file: "float32.npy", field: "float32", width: 500, what: "float32" },
  { file: "float64.npy", field: "float64", width: 500, what: "float64" },
  { file: "float16.npy", field: "float16", width: 500, what: "float16" },
  { file: "int64.npy", field: "int64", width: 500, what: "int64" },
  { file: "big-endian.npy", field: "big-endian", width: 500, what: "float32, big-endian" },
  { file: "fortran.npy", field: "fortran", width: 500, what: "float32, Fortran order" },
  { file: "stored.npz", field: "x", width: 500, what: "float32, stored in an archive" },
  { file: "compressed.npz", field: "x", width: 500, what: "float32, compressed in an archive" },
  { file: "gzip.npy.gz", field: "gzip", width: 500, what: "float32, in a gzip file" },
  {
    file: "five.npz",
    field: "a3",
    width: 2000,
    rows: 2400,
    what: "2,400 rows of one of five arrays of an archive",
  },
];

const here = (name: string): string => new URL(name, import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "bottleneck-bench-"));
try {
  const python = pythonWithTorch();
  execFileSync(python, [here("data/write.py"), folder], { stdio: "inherit" });
  const rows = files.map(({ file, field, width, rows, what }) => {
    const path = join(folder, file);
    const rounds = Array.from({ length: ROUNDS }, () => {
      const args = [
        "--import",
        "tsx",
        here("data/read.ts"),
        path,
        field,
        String(width),
        ...(rows ? [String(rows - 400)] : []),
      ];
      const env = { ...process.env, ...largePages() };
      const own = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8", env })) as {
        processor: number;
        memory: number;
        held: number;
      };
      const numpy = Number(
        execFileSync(python, [here("data/read.py"), path, field, ...(rows ? [String(rows)] : [])], {
          encoding: "utf8",
        }),
      );
      return { ...own, numpy };
    });
    const of = (key: "processor" | "memory" | "held" | "numpy"): number =>
      median(rounds.map((round) => round[key]));
    const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);
    return [
      what,
      mebibytes(statSync(path).size),
      of("processor").toFixed(0),
      of("numpy").toFixed(0),
      (of("processor") / of("numpy")).toFixed(1),
      mebibytes(of("held")),
      mebibytes(of("memory")),
    ];
  });
  const heads = [
    "array",
    "file, MiB",
    "ours, ms",
    "numpy, ms",
    "ours over numpy",
    "bound, MiB",
    "memory, MiB",
  ];
  const over = (ratioOf: (row: readonly string[]) => number): string =>
    rows
      .filter((row) => ratioOf(row) > GOAL)
      .map((row) => `${row[0]} (${ratioOf(row).toFixed(1)} times)`)
      .join(", ") || "none";
  const late = over((row) => Number(row[4]));
  const large = over((row) => Number(row[6]) / Number(row[5]));
  const text = `# Reading files of data

Written by \`node --import tsx test/bench/data.ts\` on ${new Date().toISOString().slice(0, 10)}: ${cpus()[0]!.model}, ${cpus().length} cores,
Node ${process.version.slice(1)}, load average of the machine ${loadavg()[0]!.toFixed(1)}. Milliseconds of processor time from the opened
process to the fields of a data set, the median of ${ROUNDS} processes, which have the environment of a trainer; numpy's to a float32 array of its own. Arrays are
50,000 rows of 500 numbers, but for the last: five of 37,500 rows of 2,000. Memory is the most that the process had beyond
what it had before, with the field and the stream that is bound to it.

The goal is at most ${GOAL} times numpy's processor time and ${GOAL} times the memory that is bound. Above the time: ${late}.
Above the memory: ${large}.

Where the numbers are kept as they are saved, they are read to where they are kept. About half of what is left is the system's,
which hands out 95 MiB of fresh memory: 30 ms with the large pages that numpy and trainers ask for, twice that without. The rest is a
random split of 50,000 rows and code that runs for the first time; numpy's time has neither. Columns of Fortran order are put in
place number by number, in JavaScript. An array of int64 is kept as int32, and the stream that is bound to it as float32: both
are 95 MiB. Of few rows, large pages add up to 16 MiB.

| ${heads.join(" | ")} |
|${heads.map(() => "---").join("|")}|
${rows.map((row) => `| ${row.join(" | ")} |`).join("\n")}
`;
  writeFileSync(here("DATA.md"), await format(text, { parser: "markdown", printWidth: 110 }));
  console.log(text);
} finally {
  rmSync(folder, { recursive: true });
}
