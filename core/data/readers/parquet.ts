/** Apache Parquet: tables by columns. */
import type { AsyncBuffer, FileMetaData } from "hyparquet";
import { whole, type DataReader } from "../reader";
import { columnOfValues, withVectors, type Column } from "./columns";
import { damaged, unsupported, type DataFile } from "./file";

/** Cells of a table: each is kept as a value of its own while its column is read. */
const MOST_CELLS = 2 ** 27;
/** Columns that pandas adds for the index of a table. */
const INDEX = /^__index_level_\d+__$/;

export const parquet: DataReader = {
  id: "parquet",
  title: "Parquet table (`.parquet`)",
  doc: "Each column is a field of its name, as in a table of text; a column of lists of equally many numbers is a vector.",
  limits: `Snappy, gzip, Brotli, LZ4 and Zstandard; no encryption, no records within columns; ${MOST_CELLS / 1e6} million cells.`,
  example: {
    python: 'table.to_parquet("visits.parquet")',
    spec: [
      'data "visits.parquet" { groups = patient, stratify = illness }',
      "modality watch : vector(5) = steps .. pauses",
      "target illness : label(3)",
    ].join("\n"),
  },
  recognises: (first) => String.fromCharCode(...first.subarray(0, 4)) === "PAR1",
  async arrays(source) {
    const file = await whole(source);
    const { parquetMetadataAsync, parquetRead } = await import("hyparquet");
    const { compressors } = await import("hyparquet-compressors");
    const buffer = bufferOf(file);
    const metadata = await orDamaged(file, () => parquetMetadataAsync(buffer));
    const columns = columnsOf(file, metadata);
    const rows = Number(metadata.num_rows);
    const values = new Map(columns.map((name) => [name, { cells: new Array<unknown>(rows), read: 0 }]));
    await orDamaged(file, () =>
      parquetRead({
        file: buffer,
        metadata,
        compressors,
        columns,
        onChunk({ columnName, columnData, rowStart }) {
          const into = values.get(columnName);
          // The library cannot be told here that something is wrong: nobody awaits this.
          if (into === undefined) return;
          into.read += columnData.length;
          const fits = Math.min(columnData.length, rows - rowStart);
          for (let i = 0; i < fits; i++) into.cells[rowStart + i] = columnData[i];
        },
      }),
    );
    for (const [name, { read }] of values)
      if (read !== rows) throw damaged(file, `the column ${name} has ${read} rows, and the table ${rows}`);
    return withVectors(
      new Map([...values].map(([name, { cells }]): [string, Column] => [name, columnOfValues(cells)])),
    );
  },
};

/** @throws DataError when it would not fit into memory */
function columnsOf(file: DataFile, { schema, num_rows, row_groups }: FileMetaData): string[] {
  const names = new Set(
    row_groups.flatMap(({ columns }) => columns.map(({ meta_data }) => meta_data?.path_in_schema[0] ?? "")),
  );
  const kept = [...names].filter((name) => name !== "" && !INDEX.test(name));
  const rows = Number(num_rows);
  if (!Number.isSafeInteger(rows) || rows < 0 || schema.length === 0)
    throw damaged(file, `its footer claims ${rows} rows`);
  if (rows * kept.length > MOST_CELLS)
    throw unsupported(
      file,
      `it has ${rows} rows of ${kept.length} columns, more than ${MOST_CELLS / 1e6} million cells`,
      `Save the columns and rows that you need, with Python: import pandas; pandas.read_parquet("${file.uri}", columns=[...]).sample(100_000).to_parquet("part.parquet")`,
    );
  return kept;
}

function bufferOf({ bytes }: DataFile): AsyncBuffer {
  return {
    byteLength: bytes.length,
    // A copy: the library takes the buffer for the range.
    slice: (start, end) => new Uint8Array(bytes.subarray(start, end)).buffer,
  };
}

async function orDamaged<T>(file: DataFile, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw damaged(file, what.replace(/^parquet /, ""));
  }
}
