/** A column that says whose each row is, where the split does not ask for it. */
import type { Grouped } from "./dataset";
import type { Options } from "./options";
import { readFields, shapesOf, type OpenTable } from "./table";

/** What people call whom, or what, rows were measured of. */
const NAME =
  /^(subject|patient|participant|person|donor|individual|animal|mouse|speaker|recording|session|group)s?([ _-]?(id|name|number|nr))?$/i;

/**
 * The first column of such a name whose values repeat: at least three, of two rows each in the mean.
 * @param rows that are read; all where absent
 * @throws DataError when the file is damaged
 */
export async function likelyGroups(
  table: OpenTable,
  options: Options,
  rows: Int32Array | undefined,
): Promise<Grouped | undefined> {
  if (["groups", "split", "window"].some((name) => options.has(name))) return undefined;
  const named = shapesOf(table).filter(({ name, shape }) => shape.length === 0 && NAME.test(name));
  for (const { name } of named) {
    const { fields, groups, samples } = await readFields(table, { names: new Set([name]), rows });
    const { values } = fields[name] ?? groups[name] ?? {};
    if (values === undefined) continue;
    const found = new Set<number>(values).size;
    if (found >= 3 && 2 * found <= samples) return { field: name, groups: found, rows: samples };
  }
  return undefined;
}
