/** Apache Parquet: tables by columns. */
import type { AsyncBuffer, FileMetaData } from "hyparquet";
import { DataError } from "../dataset";
import { ofRows, type DataReader, type DataSource, type UnreadArray } from "../reader";
import { columnOfValues, withUnreadVectors, type Column } from "./columns";
import { damaged, unsupported } from "./file";

/** Cells of a column: each is kept as a value of its own while the column is read. */
const MOST_CELLS = 2 ** 27;
/** Columns that pandas adds for the index of a table. */
const INDEX = /^__index_level_\d+__$/;

export const parquet: DataReader = {
  id: "parquet",
  title: "Parquet table (`.parquet`)",
  doc: "Each column is a field of its name, as in a table of text; a column of lists of equally many numbers is a vector.",
  limits: `Snappy, gzip, Brotli, LZ4 and Zstandard; no encryption, no records within columns; ${MOST_CELLS / 1e6} million rows. Only the columns that are used are read.`,
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
    const { parquetMetadataAsync } = await import("hyparquet");
    const file = bufferOf(source);
    const metadata = await orDamaged(source, () => parquetMetadataAsync(file));
    const rows = Number(metadata.num_rows);
    const columns = columnsOf(source, metadata).map((name): [string, UnreadArray] => [
      name,
      {
        // A column of lists shows its width once it is read.
        shape: [rows],
        dtype: "float32",
        read: async (wanted) => ofRows(await columnAt(source, { metadata, name }), wanted),
      },
    ]);
    return withUnreadVectors(new Map(columns));
  },
};

/** A column, of which only the bytes are read that it has. */
async function columnAt(
  source: DataSource,
  { metadata, name }: { metadata: FileMetaData; name: string },
): Promise<Column> {
  const { parquetRead } = await import("hyparquet");
  const { compressors } = await import("hyparquet-compressors");
  const rows = Number(metadata.num_rows);
  if (rows > MOST_CELLS)
    throw unsupported(
      source,
      `its column ${name} has ${rows} rows, more than ${MOST_CELLS / 1e6} million`,
      `Save the rows that you need, with Python: import pandas; pandas.read_parquet("${source.uri}").sample(1_000_000).to_parquet("part.parquet")`,
    );
  const cells = new Array<unknown>(rows);
  let read = 0;
  const file = bufferOf(source);
  await orDamaged(source, () =>
    parquetRead({
      file,
      metadata,
      compressors,
      columns: [name],
      onChunk({ columnName, columnData, rowStart }) {
        // The library cannot be told here that something is wrong: nobody awaits this.
        if (columnName !== name) return;
        read += columnData.length;
        const fits = Math.min(columnData.length, rows - rowStart);
        for (let i = 0; i < fits; i++) cells[rowStart + i] = columnData[i];
      },
    }).catch((error: unknown) => {
      file.abandon();
      throw error;
    }),
  );
  if (read !== rows) throw damaged(source, `the column ${name} has ${read} rows, and the table ${rows}`);
  return columnOfValues(cells);
}

/** The names of the columns. @throws DataError when the footer claims what cannot be */
function columnsOf(source: DataSource, { schema, num_rows, row_groups }: FileMetaData): string[] {
  const names = new Set(
    row_groups.flatMap(({ columns }) => columns.map(({ meta_data }) => meta_data?.path_in_schema[0] ?? "")),
  );
  const rows = Number(num_rows);
  if (!Number.isSafeInteger(rows) || rows < 0 || schema.length === 0)
    throw damaged(source, `its footer claims ${rows} rows`);
  return [...names].filter((name) => name !== "" && !INDEX.test(name));
}

/**
 * The file as the library reads it. Once it has been abandoned no range arrives any more: where the library fails, columns that
 * it has begun would fail later with nobody to hear it, which ends a process.
 */
function bufferOf({ size, read }: DataSource): AsyncBuffer & { abandon(): void } {
  let abandoned = false;
  return {
    byteLength: size,
    abandon: () => void (abandoned = true),
    // A copy: the library takes the buffer for the range.
    slice: async (start, end = size) => {
      const from = Math.min(size, start < 0 ? Math.max(0, size + start) : start);
      const bytes = await read(from, Math.max(from, Math.min(end, size)));
      // First the library goes on as far as it can, and may fail.
      await Promise.resolve();
      return abandoned ? new Promise<never>(() => undefined) : new Uint8Array(bytes).buffer;
    },
  };
}

async function orDamaged<T>(source: DataSource, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof DataError) throw error;
    const what = error instanceof Error ? error.message : String(error);
    throw damaged(source, what.replace(/^parquet /, ""));
  }
}
