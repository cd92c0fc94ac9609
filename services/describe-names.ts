/** Declared names as Markdown: what they are, who makes them, and where they count. */
import { count } from "../core/language/text";
import type { DerivedTerm } from "../core/theory/derivation/loss";
import { catalogue } from "../core/catalogue";
import type { Declaration } from "../core/language/declaration";
import type { SpecTree } from "../core/language/tree";
import { informationText } from "../core/theory/terms/print";
import { annealText } from "../core/theory/terms/schedule";
import { knobsOf } from "../core/theory/terms/scalar";
import type { Information, Knob, Latent, Spec, Stream } from "../core/theory/spec";
import { lossText } from "../core/views/unicode";
import type { AnalysedSpec } from "../core/theory/analysed";
import { transformText } from "../core/theory/transform-text";
import { analysed } from "./derived";
import { code, facts, paragraphs, recognitionText, source } from "./describe";
import { termMarkdown } from "./describe-terms";
import type { Document } from "./document";
import { kindOf } from "./scope";
import { signed } from "../core/language/number-text";

/** The meaning of a name. @param within the spec it is used in, which may have inherited it */
export function declarationMarkdown(
  document: Document,
  declaration: Declaration,
  within = declaration.spec,
): string {
  const { name: text, spec: tree, statement } = declaration;
  const kind = kindOf(declaration);
  const known = analysed(document, kind === "spec" ? tree : within);
  switch (kind) {
    case "spec":
      return known
        ? specMarkdown(known)
        : document.analysis.library.sourceOf(tree)
          ? usedSpecMarkdown(document, tree)
          : methodMarkdown(text);
    case "modality":
    case "target":
    case "observe": {
      const stream = known?.spec?.streams.find((one) => one.name === text);
      return known?.spec && stream ? streamMarkdown(stream, known.spec) : `**${code(text)}** · ${kind}`;
    }
    case "latent": {
      const latent = known?.spec?.latents.find((one) => one.name === text);
      return known?.spec && latent ? latentMarkdown(latent, known) : `**${code(text)}** · latent`;
    }
    case "knob": {
      const knob = known?.spec?.knobs.find((one) => one.name === text);
      return known?.spec && knob ? knobMarkdown(knob, known) : `**${code(text)}** · knob`;
    }
    case "label": {
      const loss = known?.derived;
      const labelled = loss?.terms.filter(({ term }) => term.label === text) ?? [];
      const parts = labelled.map((term) => termMarkdown(term, loss!));
      return parts.length > 0 ? parts.join("\n\n---\n\n") : `**${code(text)}** · name of a term`;
    }
    case "decoder":
      return `**${code(text)}** · a separate decoder for the same stream and codes`;
    case "each":
      return paragraphs(
        `**${code(text)}** · is replaced by each name in turn`,
        statement && source(document.text.slice(statement.range.start, statement.range.end)),
      );
  }
}

const titled = ({ name, title }: SpecTree): string => `${code(name.text)}${title ? `: ${title.value}` : ""}`;

/** A file that is used, by its path as written. */
export const usedFileMarkdown = (path: string, specs: readonly SpecTree[]): string =>
  paragraphs(
    `**${code(path)}** · used file`,
    specs.length > 0 ? specs.map((spec) => `- ${titled(spec)}`).join("\n") : "It contains no spec.",
  );

/** A spec of a used file. */
function usedSpecMarkdown(document: Document, spec: SpecTree): string {
  const use = document.analysis.library.usedSpecs().find(({ tree }) => tree === spec)?.use;
  return paragraphs(
    `**${code(spec.name.text)}** · spec${spec.title ? `: ${spec.title.value}` : ""}`,
    spec.doc,
    use && `From ${code(use.path.value)}.`,
  );
}

/** A method of the catalogue, by the name of its spec. */
function methodMarkdown(name: string): string {
  const entry = catalogue().find(({ tree }) => tree.name.text === name);
  if (entry === undefined) return `**${code(name)}** · spec`;
  return paragraphs(
    `**${code(name)}** · ${entry.method}`,
    entry.summary,
    `*${entry.source}*`,
    source(entry.text.trim()),
  );
}

function specMarkdown({ tree, valid, derived, recognised }: AnalysedSpec): string {
  return paragraphs(
    `**${code(tree.name.text)}** · spec${tree.title ? `: ${tree.title.value}` : ""}`,
    tree.doc,
    valid && derived && code(lossText(derived)),
    recognised && recognitionText(recognised),
    !valid ? "*Fix the errors of this spec to see its loss.*" : undefined,
  );
}

const roleText: Record<Stream["role"], string> = {
  modality: "modality",
  target: "target",
  observe: "known factor, never used in training",
};

function holds({ kind, size, width }: Stream): string {
  if (kind.name === "label") return `${width} classes`;
  if (kind.name === "text") return `at most ${count(size, "word")} a sample, from a vocabulary of ${width}`;
  return `${count(size, "value")} a sample`;
}

const kindText = ({ kind }: Stream): string =>
  kind.sizes.length === 0 ? kind.name : `${kind.name}(${kind.sizes.join(", ")})`;

function streamMarkdown(stream: Stream, spec: Spec): string {
  const readers = spec.latents.filter(({ from }) => from.includes(stream.name)).map(({ name }) => code(name));
  const values = holds(stream);
  const changes = stream.renumber ? ["renumber"] : (stream.transforms ?? []).map(transformText);
  return paragraphs(
    `**${code(stream.name)}** : ${code(kindText(stream))} · ${roleText[stream.role]}`,
    stream.doc,
    facts([
      ["Holds", values],
      ["Data field", stream.field && code(stream.field)],
      ["Transformed by", changes.map(code).join(", then ") || undefined],
      ["Read by", readers.join(", ")],
      ["In the terms", terms(spec, stream.name)],
    ]),
  );
}

function latentMarkdown(latent: Latent, { spec, derived }: AnalysedSpec): string {
  const { name, law, from, fusion, given, prior } = latent;
  const inputs = [from.map(code).join(", "), ...given.map((one) => `given ${code(one)}`)].join(" ");
  const rate =
    derived?.terms.filter((one) => one.reads === "rate" && mentions(one.term.information, name)) ?? [];
  return paragraphs(
    `**${code(name)}** : ${code(`${law.name}(${law.size})`)} · latent`,
    latent.doc,
    facts([
      ["Encoded from", `${inputs}${fusion.name === "single" ? "" : `, fused by ${code(fusion.name)}`}`],
      ["Trained", latent.frozen && `no: its encoder is ${code("frozen")}`],
      ["Prior", code(prior.name)],
      ["Rate", rate.length > 0 ? rate.map(rateText).join("; ") : "no term compresses it"],
      ["In the terms", spec && terms(spec, name)],
    ]),
  );
}

const rateText = ({ term, bound }: DerivedTerm): string =>
  `${code(informationText(term.information))} by ${code(bound.id)}, in nats, summed over its dimensions`;

function knobMarkdown(knob: Knob, { spec, derived }: AnalysedSpec): string {
  const { name, value, from, to, log, anneal } = knob;
  const uses = spec?.terms.filter(({ weight }) => knobsOf(weight).includes(name)) ?? [];
  const kept = derived?.terms.filter(({ term }) => term.side === "keep") ?? [];
  return paragraphs(
    `**${code(`${name} = ${value}`)}** · knob from ${from} to ${to}${log ? ", on a logarithmic scale" : ""}`,
    facts([
      [
        "Weighs",
        name === "beta"
          ? everythingKept(kept.length)
          : uses.map((term) => code(informationText(term.information))).join(", "),
      ],
      [
        "On the cost side",
        name === "beta" && value > 0 ? `β_VAE = 1/beta = ${signed(1 / value, 4)}` : undefined,
      ],
      ["Annealed", anneal && annealText(anneal)],
    ]),
  );
}

const everythingKept = (kept: number): string =>
  `every kept term (${count(kept, "term")}): L = Σ compress − beta · Σ keep`;

function mentions(information: Information, name: string): boolean {
  const all =
    information.kind === "functional"
      ? information.of
      : [...information.left, ...information.right, ...information.given];
  return all.some((variable) => variable.name === name);
}

const terms = (spec: Spec, name: string): string =>
  spec.terms
    .filter(({ information }) => mentions(information, name))
    .map(({ side, information }) => code(`${side} ${informationText(information)}`))
    .join(", ");
