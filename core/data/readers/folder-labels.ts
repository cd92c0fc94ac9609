/** Fields that a folder gives its files: their folders as classes, and a table that names them. */
import type { FolderSource } from "../reader";
import type { Column } from "./columns";
import { columnOf } from "./cells";
import { parseTable } from "./csv";
import { textsOf } from "./texts";

/** Names of a table's column that has the names of files. */
const NAMES = /^(file|file_?name|path|file_?path|image|audio|sound)$/i;
const TABLE = /\.(csv|tsv)$/i;

/**
 * Fields of files of a folder: `label` from the folder that each is in, where there are several; and the columns of a table
 * beside them that has a column `file`, `file_name` or `path` with their names.
 * @throws DataError when the table is damaged
 */
export async function labelsOf(source: FolderSource, files: readonly string[]): Promise<Map<string, Column>> {
  const fields = new Map<string, Column>();
  const folders = files.map((name) => name.split("/").at(-2));
  if (new Set(folders).size > 1) fields.set("label", textsOf(folders));
  for (const name of source.folder.names.filter((one) => TABLE.test(one))) {
    const bytes = await source.folder.read(name);
    const { names, samples, delimiter } = await parseTable({
      uri: `${source.uri}/${name}`,
      about: source.about,
      bytes,
    });
    const column = names.findIndex((one) => NAMES.test(one));
    if (column < 0) continue;
    const within = name.includes("/") ? name.slice(0, name.lastIndexOf("/") + 1) : "";
    const rows = new Map(samples.map((row) => [within + row[column]!.trim().replace(/^\.\//, ""), row]));
    if (!files.some((file) => rows.has(file))) continue;
    names.forEach((field, i) => {
      if (i !== column)
        fields.set(
          field,
          columnOf(
            files.map((file) => (rows.get(file)?.[i] ?? "").trim()),
            delimiter,
          ),
        );
    });
  }
  return fields;
}
