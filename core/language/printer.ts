/** Tree to canonical text. Printing a parsed print gives the same text; comments are the formatter's matter. */
import {
  printBound,
  printCall,
  printNames,
  printProduct,
  printSetting,
  printValue,
  printVariable,
  printWeightedTerm,
} from "./print-values";
import { renderRows, type Row } from "./rows";
import { quote } from "./scanner";
import type {
  DataStatement,
  FileTree,
  Name,
  SpecTree,
  Statement,
  StringValue,
  TrainStatement,
  Transform,
  Value,
} from "./tree";

/** Statements wider than this are broken, where that keeps their meaning. */
export const pageWidth = 100;

/** The canonical text of a file. */
export function print(tree: FileTree): string {
  const rows: Row[] = [];
  const line = (text: string): number => rows.push({ indent: 0, group: "", cells: [text], blank: false });
  if (tree.version) line(`language ${tree.version.text}`);
  for (const { path } of tree.uses) line(`use ${quote(path.value)}`);
  const texts = rows.length > 0 ? [renderRows(rows)] : [];
  return [...texts, ...tree.specs.map(printSpec)].join("\n");
}

/** The canonical text of one spec, its documentation included. */
function printSpec(spec: SpecTree): string {
  const rows: Row[] = [
    ...docRows(spec.doc, 0),
    { indent: 0, group: "", cells: [printHeader(spec)], blank: false },
  ];
  let family: string | undefined;
  for (const statement of spec.statements) {
    const own = familyOf(statement);
    const added = [...docRows(statement.doc, 2), ...statementRows(statement, 2)];
    const first = added[0];
    if (first && family !== undefined && family !== own) first.blank = true;
    family = own;
    rows.push(...added);
  }
  rows.push({ indent: 0, group: "", cells: ["}"], blank: false });
  return renderRows(rows);
}

/** `spec A "title" extends B(X = photo) {`. */
export function printHeader({ name, title, extension }: SpecTree): string {
  const words = ["spec", name.text];
  if (title) words.push(quote(title.value));
  if (extension) {
    const renames = extension.renames.map(({ from, to }) => `${from.text} = ${to.text}`).join(", ");
    words.push("extends", extension.base.text + (renames === "" ? "" : `(${renames})`));
  }
  return `${words.join(" ")} {`;
}

/** A statement on one line, if need be broken over several; without its documentation. */
export function printStatement(statement: Statement): string {
  return statementCells(statement).cells.join(" ");
}

function docRows(doc: string | undefined, indent: number): Row[] {
  if (doc === undefined) return [];
  return doc
    .split("\n")
    .map((line) => ({ indent, group: "doc", cells: [`/// ${line}`.trimEnd()], blank: false }));
}

/** Statements of one family stand together. */
function familyOf(statement: Statement): string {
  switch (statement.kind) {
    case "share":
    case "prior":
    case "latent":
      return "latent";
    case "knob":
    case "anneal":
      return "knob";
    case "term":
    case "separate":
    case "each":
      return "term";
    case "stream":
    case "missing":
      return "stream";
    default:
      return statement.kind;
  }
}

function statementRows(statement: Statement, indent: number): Row[] {
  const block = statement.kind === "data" || statement.kind === "train";
  const cells = statementCells(statement);
  if (block && indent + printStatement(statement).length > pageWidth) {
    return [
      { indent, group: "", cells: [blockOpening(statement)], blank: false },
      ...statement.settings.map((setting) => ({
        indent: indent + 2,
        group: "",
        cells: [printSetting(setting)],
        blank: false,
      })),
      { indent, group: "", cells: ["}"], blank: false },
    ];
  }
  return [{ indent, ...cells, blank: false }];
}

/** A count after a word: a number as it is, anything else in parentheses. */
const printCount = (value: Value): string =>
  value.kind === "number" ? value.text : `(${printValue(value)})`;

/** `data "..." {`, `train {`. */
export function blockOpening(statement: DataStatement | TrainStatement): string {
  return statement.kind === "data" ? `data ${quote(statement.source.value)} {` : "train {";
}

const printField = (field: Name | StringValue): string =>
  field.kind === "name" ? field.text : quote(field.value);

const printTransform = ({ name, between }: Transform): string =>
  between ? `${name.text}(${printValue(between.low)} .. ${printValue(between.high)})` : name.text;

/** A statement in columns, with the group of statements it is aligned with. */
export function statementCells(statement: Statement): Pick<Row, "group" | "cells"> {
  switch (statement.kind) {
    case "stream": {
      const { role, name, type, field, fieldTo, derived, transforms = [] } = statement;
      const parts = [name.text];
      if (type) parts.push(`: ${printCall(type)}`);
      if (derived) parts.push(`= ${printCall(derived)}`);
      else if (field) parts.push(`= ${printField(field)}${fieldTo ? ` .. ${printField(fieldTo)}` : ""}`);
      parts.push(...transforms.map(printTransform));
      return { group: "stream", cells: [role, parts.join(" ")] };
    }
    case "knob": {
      const { name, value, from, to, log } = statement;
      const cells = [`knob ${name.text}`, `= ${printValue(value)}`];
      if (from && to) cells.push(`in ${printValue(from)} .. ${printValue(to)}`);
      if (log) cells.push(`${cells.pop()} log`);
      return { group: "knob", cells };
    }
    default:
      return { group: "", cells: [printPlain(statement)] };
  }
}

function printPlain(statement: Exclude<Statement, { kind: "stream" | "knob" }>): string {
  switch (statement.kind) {
    case "latent": {
      const { name, law, from, fusion, given, frozen } = statement;
      const parts = [`latent ${name.text} : ${printCall(law)} from ${printNames(from)}`];
      if (fusion) parts.push(`by ${printCall(fusion)}`);
      if (given.length > 0) parts.push(`given ${printNames(given)}`);
      if (frozen) parts.push("frozen");
      return parts.join(" ");
    }
    case "share":
      return `share ${printNames(statement.names)}`;
    case "prior": {
      const { name, law, from } = statement;
      return `prior ${name.text} = ${law ? printCall(law) : `from ${printNames(from ?? [])}`}`;
    }
    case "term": {
      const opening = statement.label ? `${statement.side} ${statement.label.text}:` : statement.side;
      const terms = statement.terms.map(printWeightedTerm);
      const line = `${opening} ${terms.join(" + ")}`;
      return line.length <= pageWidth ? line : `${opening} ${terms.join("\n    + ")}`;
    }
    case "separate": {
      const { left, right, weight, bound } = statement;
      const parts = [`separate ${printVariable(left)}, ${printVariable(right)}`];
      if (weight) parts.push(`weight ${printProduct(weight)}`);
      if (bound) parts.push(printBound(bound));
      return parts.join(" ");
    }
    case "want":
      return `want ${statement.wants
        .map((want) => {
          const within = want.in.length > 0 ? ` in ${printNames(want.in)}` : "";
          return `${want.intent.text}(${printNames(want.of)})${within}`;
        })
        .join(", ")}`;
    case "anneal": {
      const { name, from, over, unit, after, hold, repeat } = statement;
      const parts = [`anneal ${name.text} from ${printValue(from)} over ${printValue(over)} ${unit}`];
      if (after) parts.push(`after ${printValue(after.value)} ${after.unit}`);
      if (hold) parts.push(`hold ${printValue(hold.value)} ${hold.unit}`);
      if (repeat) parts.push(repeat.count ? `repeat ${printCount(repeat.count)}` : "repeat");
      return parts.join(" ");
    }
    case "network":
      return `network ${statement.role} ${printNames(statement.names)} = ${printCall(statement.network)}`;
    case "data":
    case "train": {
      const settings = statement.settings.map(printSetting).join(", ");
      if (statement.kind === "data" && settings === "") return `data ${quote(statement.source.value)}`;
      return settings === "" ? `${blockOpening(statement)} }` : `${blockOpening(statement)} ${settings} }`;
    }
    case "missing":
      return `missing ${statement.name.text} rate ${printValue(statement.rate)}`;
    case "each": {
      const { variable, domain, body } = statement;
      const over = domain.kind === "names" ? printNames(domain.names) : printCall(domain);
      const doc = docRows(body.doc, 4)
        .map((row) => `\n    ${row.cells.join("")}`)
        .join("");
      return `each ${variable.text} in ${over}:${doc}${doc === "" ? " " : "\n    "}${printStatement(body)}`;
    }
    case "drop":
      return `drop ${statement.name.text}`;
  }
}
