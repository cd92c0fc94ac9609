/** Fields that a folder gives its files: their folders as classes, and a table that names them. */
import type { FolderSource } from "../reader";
import type { Column } from "./columns";
import { columnOf } from "./cells";
import { parseTable, type TextTable } from "./csv";
import { textsOf } from "./texts";

/** Names of a table's column that has the names of files. */
const NAMES = /^(file|file_?name|path|file_?path|image|audio|sound)$/i;
const TABLE = /\.(csv|tsv)$/i;

/**
 * Fields of files of a folder: `label` from the folder that each is in, where there are several; and the columns of a table
 * beside them with the names of the files: a column `file`, `file_name`, `path`, or another one whose cells are these names.
 * @throws DataError when the table is damaged
 */
export async function labelsOf(source: FolderSource, files: readonly string[]): Promise<Map<string, Column>> {
  const fields = new Map<string, Column>();
  const folders = files.map((name) => name.split("/").at(-2));
  if (new Set(folders).size > 1) fields.set("label", textsOf(folders));
  for (const name of source.folder.names.filter((one) => TABLE.test(one))) {
    const bytes = await source.folder.read(name);
    const table = await parseTable({ uri: `${source.uri}/${name}`, about: source.about, bytes });
    const { names, samples, delimiter } = table;
    const within = name.includes("/") ? name.slice(0, name.lastIndexOf("/") + 1) : "";
    const found = rowsOf(table, within, files);
    if (found === undefined) {
      fields.set(name, {
        notNumbers: `none of its columns has the names of the files, such as ${files[0]!}`,
      });
      continue;
    }
    names.forEach((field, i) => {
      if (i !== found.column)
        fields.set(
          field,
          columnOf(
            files.map((_, sample) => (samples[found.rows[sample]!]?.[i] ?? "").trim()),
            delimiter,
          ),
        );
    });
  }
  return fields;
}

/** The column that names the files, and the row of each file; undefined where no column does. */
function rowsOf(
  { names, samples }: TextTable,
  within: string,
  files: readonly string[],
): { column: number; rows: (number | undefined)[] } | undefined {
  const named = names
    .map((_, i) => i)
    .sort((a, b) => Number(NAMES.test(names[b]!)) - Number(NAMES.test(names[a]!)));
  for (const column of named) {
    const paths = samples.map((row) => row[column]!.trim().replaceAll("\\", "/").replace(/^\.\//, ""));
    // As paths from the table's folder on, and, of tables from elsewhere, as names with or without an ending.
    for (const called of [(path: string) => path, lastPart, withoutEnding]) {
      const places = placesOf(paths.map(called));
      const rows = files.map((file) => {
        const own = file.startsWith(within) ? file.slice(within.length) : file;
        return places.get(called(own));
      });
      const matched = rows.filter((row) => row !== undefined).length;
      const distinct = new Set(rows).size >= matched;
      if (distinct && (NAMES.test(names[column]!) ? matched > 0 : 2 * matched > files.length))
        return { column, rows };
    }
  }
  return undefined;
}

const lastPart = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
const withoutEnding = (path: string): string => lastPart(path).replace(/\.[a-z]{3,4}$/i, "");

/** The place of each text; none of texts that are there twice. */
function placesOf(texts: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  const twice = new Set<string>();
  texts.forEach((text, i) => (places.has(text) ? twice.add(text) : places.set(text, i)));
  for (const text of twice) places.delete(text);
  return places;
}
