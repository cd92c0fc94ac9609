/** Words and bounds as Markdown: text and Unicode first, nothing that an editor could not draw. */
import { signatureOf, parameterText, type Category, type Entry } from "../core/language/vocabulary";
import type { Bound, BoundOption } from "../core/theory/bound";
import { critics } from "../core/theory/critics";
import { sides } from "../core/theory/sides";
import type { Recognition } from "../core/theory/recognition/recognise";

const categoryNames: Record<Category, string> = {
  file: "line of a file",
  statement: "statement",
  clause: "part of a statement",
  kind: "kind of stream",
  derivation: "derived stream",
  transform: "transform of a field",
  law: "law of a code",
  fusion: "fusion of inputs",
  prior: "prior",
  functional: "information term",
  intent: "intent",
  network: "network",
  optimizer: "optimizer",
  setting: "setting",
  domain: "set of names",
  role: "part of the model",
};

/** Paragraphs; empty ones are left out. */
export const paragraphs = (...parts: (string | false | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== false && part !== "").join("\n\n");

/** A piece of a spec, to be coloured as one. */
export const source = (text: string): string => `\`\`\`bottleneck\n${text}\n\`\`\``;

/** Text as code within a line; backquotes in it do no harm. */
export const code = (text: string): string => (text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``);

/** A word of the language: how it is written, what it is, its formula and units, an example. */
export function entryMarkdown(entry: Entry): string {
  const parameters = (entry.parameters ?? []).map(
    (parameter) => `- ${code(parameterText(parameter))}: ${parameter.doc}${valuesText(parameter.values)}`,
  );
  return paragraphs(
    `**${code(signatureOf(entry))}** · ${categoryNames[entry.category]}`,
    entry.doc,
    formulaLine(entry.formula, entry.units),
    parameters.join("\n"),
    source(entry.example),
  );
}

const valuesText = (values: readonly string[] | undefined): string =>
  values === undefined ? "" : ` (${values.map(code).join(", ")})`;

const formulaLine = (formula: string | undefined, units: string | undefined): string | undefined =>
  formula === undefined ? undefined : `${code(formula)}${units === undefined ? "" : `, in ${units}`}`;

/** A bound by itself, over variables A and B. */
export function boundMarkdown(bound: Bound): string {
  const options = bound.options.map(
    ({ name, doc, values, default: usual }) =>
      `- ${code(name)}: ${doc}${valuesText(values)}; default ${code(usual)}`,
  );
  return paragraphs(
    `**${code(`by ${bound.id}`)}** · ${bound.title}, ${sides[bound.side].name}`,
    bound.doc,
    formulaLine(
      bound.formula({ left: "A", right: "B", given: "C" }),
      bound.reads === "proxy" ? undefined : "nats",
    ),
    facts([
      ["Gap", bound.gap],
      ["Ceiling", bound.ceiling],
      ["Needs", bound.needs],
    ]),
    options.join("\n"),
    source(bound.example),
    `*${bound.citation}*`,
  );
}

/** Which published method a loss is, or is near to. */
export function recognitionText({ match, method, text, ...told }: Recognition): string | undefined {
  if (match === "none" || method === undefined) return undefined;
  const verdict = match === "near" ? "Closest method" : "Known as";
  return [
    `${verdict}: **${text}**.`,
    told.source && `*${told.source}*`,
    told.variants.length > 0 && `Here: ${told.variants.join("; ")}.`,
    told.limits.length > 0 && `Limits: ${told.limits.join("; ")}.`,
  ]
    .filter(Boolean)
    .join(" ");
}

/** Named facts, one a line; those without a value are left out. */
export const facts = (entries: [string, string | undefined][]): string =>
  entries
    .flatMap(([name, value]) => (value === undefined || value === "" ? [] : [`- **${name}**: ${value}`]))
    .join("\n");

/** A value of an option of a bound: a critic by what it does, another word by its option. */
export function boundValueMarkdown(bound: Bound, { name, doc }: BoundOption, value: string): string {
  const critic = name === "critic" ? critics.find((one) => one.name === value) : undefined;
  return critic === undefined
    ? paragraphs(`**${code(`${name} = ${value}`)}** · option of ${code(bound.id)}`, doc)
    : paragraphs(`**${code(value)}** · critic`, critic.doc, `*${critic.citation}*`);
}
