/** AnnData and MuData: matrices of cells, or other samples, with a table about them. */
import type { Hdf5Node as Node } from "../hdf5-node";
import type { FileArray, NumberArray, UnreadArray } from "../reader";
import { columnOfValues, numbersOf, type Column } from "./columns";
import { arrayAt, attributeOf, childrenOf, groupAt, openArrayAt, valuesAt } from "./hdf5-nodes";

/** Numbers of a matrix that is stored as a sparse one. */
const MOST_DENSE = 2 ** 28;

/** `X`, the columns of `obs` by their names, and `raw/X`, `obsm/NAME`, `layers/NAME`. */
export function readAnnData(root: Node, into: Map<string, FileArray>, prefix = ""): void {
  const X = prefix === "" ? "X" : prefix.slice(0, -1);
  if (childrenOf(root).includes("X")) into.set(X, withNames(matrixAt(root, "X"), root));
  const raw = groupAt(root, "raw");
  if (raw && childrenOf(raw).includes("X")) into.set(`${prefix}raw/X`, withNames(matrixAt(raw, "X"), raw));
  for (const place of ["obsm", "layers"]) {
    const group = groupAt(root, place);
    for (const name of group ? childrenOf(group) : [])
      into.set(`${prefix}${place}/${name}`, matrixAt(group!, name));
  }
  readObs(root, into, prefix);
}

/** Modalities by their names, each with the rows of all: where one has no row of a sample, its numbers are NaN. */
export function readMuData(root: Node, modalities: Node, into: Map<string, FileArray>): void {
  readObs(root, into, "");
  const maps = groupAt(root, "obsmap");
  for (const name of childrenOf(modalities)) {
    const modality = groupAt(modalities, name);
    if (modality === undefined) continue;
    const own = new Map<string, FileArray>();
    readAnnData(modality, own, `${name}/`);
    const map = maps === undefined ? undefined : valuesAt(maps, name);
    const rows =
      map === undefined || typeof map === "string"
        ? undefined
        : // Counted from 1; 0 where the modality lacks the sample.
          Int32Array.from(map.values, (place) => Number(place) - 1);
    for (const [field, column] of own)
      if (!into.has(field))
        into.set(field, rows === undefined || "notNumbers" in column ? column : placed(column, rows));
  }
}

/** The matrix with the names of its variables, where they are stored. */
function withNames(matrix: FileArray, root: Node): FileArray {
  const variables = groupAt(root, "var");
  const index = variables && attributeOf(variables, "_index");
  const names = typeof index === "string" ? valuesAt(variables!, index) : "";
  if ("notNumbers" in matrix || typeof names === "string" || names.values.length !== matrix.shape[1])
    return matrix;
  const columns = Array.from(names.values, String);
  if (!("read" in matrix)) return { ...matrix, columns };
  return {
    ...matrix,
    read: (rows) =>
      matrix.read(rows).then((found) => ("notNumbers" in found ? found : { ...found, columns })),
  };
}

/** An array of a modality, read or not, at the places of all samples. */
function placed(array: NumberArray | UnreadArray, places: Int32Array): FileArray {
  if (!("read" in array)) return spread(array, places);
  return {
    shape: [places.length, ...array.shape.slice(1)],
    dtype: "float32",
    read: async (rows) => {
      const asked = rows === undefined ? places : Int32Array.from(rows, (row) => places[row]!);
      const needed = Int32Array.from(new Set(asked.filter((place) => place >= 0))).sort();
      if (needed.length > 0 && needed.at(-1)! >= array.shape[0]!) return { notNumbers: UNKNOWN_ROWS };
      const found = await array.read(needed);
      const read = new Map(Array.from(needed, (place, i) => [place, i]));
      return "notNumbers" in found
        ? found
        : spread(
            found,
            asked.map((place) => read.get(place) ?? -1),
          );
    },
  };
}

const UNKNOWN_ROWS = "its map of samples names rows that are not there";

/** Rows of a modality at the places of all samples. */
function spread(column: NumberArray, rows: Int32Array): Column {
  const stored = column.shape[0]!;
  if (rows.length === stored && rows.every((row, i) => row === i)) return column;
  if (rows.some((row) => row < -1 || row >= stored)) return { notNumbers: UNKNOWN_ROWS };
  const width = column.values.length / Math.max(1, stored);
  const shape = [rows.length, ...column.shape.slice(1)];
  const classes = column.words !== undefined;
  const values = new (classes ? Int32Array : Float32Array)(rows.length * width).fill(classes ? -1 : NaN);
  rows.forEach((row, i) => {
    if (row >= 0) values.set(column.values.subarray(row * width, (row + 1) * width), i * width);
  });
  return { ...column, shape, values, dtype: classes ? "int32" : "float32" };
}

function readObs(root: Node, into: Map<string, FileArray>, prefix: string): void {
  const obs = groupAt(root, "obs");
  if (obs === undefined) return;
  const index = attributeOf(obs, "_index");
  for (const name of childrenOf(obs)) {
    if (name === index || name === "_index" || name === "__categories") continue;
    const field = into.has(prefix + name) ? `${prefix}obs/${name}` : prefix + name;
    const group = groupAt(obs, name);
    into.set(field, group === undefined ? arrayAt(obs, name) : encodedColumn(group));
  }
}

/** A column of classes with their names, or one with a mask of what is missing. */
function encodedColumn(group: Node): Column {
  const names = childrenOf(group);
  if (names.includes("categories") && names.includes("codes")) {
    const [codes, categories] = [valuesAt(group, "codes"), valuesAt(group, "categories")];
    if (typeof codes === "string") return { notNumbers: codes };
    if (typeof categories === "string") return { notNumbers: categories };
    const words = Array.from(categories.values, String);
    const values = Int32Array.from(codes.values, Number);
    if (values.some((code) => code < -1 || code >= words.length))
      return { notNumbers: "its codes name categories that are not there" };
    return { shape: [values.length], dtype: "int32", values, words };
  }
  if (names.includes("values")) {
    const [values, mask] = [valuesAt(group, "values"), valuesAt(group, "mask")];
    if (typeof values === "string") return { notNumbers: values };
    const missing = typeof mask === "string" ? undefined : mask.values;
    return columnOfValues(Array.from(values.values, (value, i) => (missing?.[i] ? undefined : value)));
  }
  return { notNumbers: "it is a group, not a column" };
}

/** A matrix, dense or stored as a sparse one; read when it is asked for. */
function matrixAt(group: Node, name: string): FileArray {
  const sparse = groupAt(group, name);
  if (sparse === undefined) return openArrayAt(group, name);
  const shape = Array.from((attributeOf(sparse, "shape") ?? []) as ArrayLike<number>, Number);
  if (shape.length !== 2 || !(shape[1]! > 1)) return dense(sparse);
  return { shape, dtype: "float32", read: (rows) => Promise.resolve(dense(sparse, rows)) };
}

/** Rows of a matrix that is stored as a sparse one by rows or columns; all where none are given. */
function dense(sparse: Node, asked?: Int32Array): Column {
  const shape = attributeOf(sparse, "shape") as ArrayLike<number> | undefined;
  const [data, indices, starts] = ["data", "indices", "indptr"].map((part) => valuesAt(sparse, part));
  if (
    shape?.length !== 2 ||
    data === undefined ||
    indices === undefined ||
    starts === undefined ||
    typeof data === "string" ||
    typeof indices === "string" ||
    typeof starts === "string"
  )
    return { notNumbers: "it is a group, not a matrix" };
  const [all, columns] = [Number(shape[0]), Number(shape[1])];
  const rows = asked?.length ?? all;
  if (!(rows * columns <= MOST_DENSE))
    return {
      notNumbers: `it is a sparse matrix of ${all} x ${columns}, too large to be made dense; choose its variable genes first`,
    };
  const byRows = attributeOf(sparse, "encoding-type") !== "csc_matrix";
  const values = new Float32Array(rows * columns);
  const placeOf = asked && new Map(Array.from(asked, (row, i) => [row, i]));
  const lines = starts.values.length - 1;
  for (let line = 0; line < lines; line++) {
    if (byRows && placeOf?.has(line) === false) continue;
    for (let at = Number(starts.values[line]); at < Number(starts.values[line + 1]); at++) {
      const other = Number(indices.values[at]);
      const row = byRows ? line : other;
      const place = placeOf === undefined ? row : placeOf.get(row);
      if (place !== undefined) values[place * columns + (byRows ? other : line)] = Number(data.values[at]);
    }
  }
  return { ...numbersOf(values), shape: [rows, columns] };
}
