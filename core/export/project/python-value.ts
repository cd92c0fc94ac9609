/** Plain values as Python literals. */
import { pythonNumber, pythonString, WIDTH } from "../pytorch/names";

/** What has a literal: objects become dictionaries; `tuple` makes an array one. */
export type PythonValue =
  | string
  | number
  | boolean
  | null
  | readonly PythonValue[]
  | { readonly tuple: readonly PythonValue[] }
  | { readonly [key: string]: PythonValue };

const isTuple = (value: object): value is { tuple: readonly PythonValue[] } =>
  "tuple" in value && Array.isArray(value.tuple);

/** The literal, on one line where it fits after `used` letters, else an entry a line. */
function pythonValue(value: PythonValue, indent = "", used = 0): string {
  if (typeof value === "string") return pythonString(value);
  if (typeof value === "number") return pythonNumber(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value === null) return "None";
  const deeper = `${indent}    `;
  const [open, close, entries] = Array.isArray(value)
    ? ["[", "]", (value as readonly PythonValue[]).map((each) => ["", each] as const)]
    : isTuple(value)
      ? ["(", ")", value.tuple.map((each) => ["", each] as const)]
      : ["{", "}", Object.entries(value).map(([key, each]) => [`${pythonString(key)}: `, each] as const)];
  const flat = entries.map(([key, each]) => `${key}${pythonValue(each, "", -Infinity)}`).join(", ");
  const line = `${open}${flat}${open === "(" && entries.length === 1 ? "," : ""}${close}`;
  if (indent.length + used + line.length <= WIDTH) return line;
  const lines = entries.map(([key, each]) => `${deeper}${key}${pythonValue(each, deeper, key.length)},`);
  return [open, ...lines, `${indent}${close}`].join("\n");
}

/** A module's value with what it is: name, a sentence, value. */
export type NamedValue = readonly [name: string, doc: string, value: PythonValue];

/** Lines that assign the values, each after its sentence. */
export const assigned = (values: readonly NamedValue[]): string[] =>
  values.flatMap(([name, doc, value]) => [
    `# ${doc}`,
    `${name} = ${pythonValue(value, "", name.length + 3)}`,
  ]);
