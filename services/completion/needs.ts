/**
 * The statements that a spec needs next, whole: what has no code yet, no price, no term that keeps it. What its `want`
 * lines ask for comes first; the rest follows from what is declared.
 */
import { builtIn, undeclared } from "../declare";
import { analysed } from "../derived";
import type { Document } from "../document";
import type { SpecField } from "../new-spec/data";
import type { SpecTree } from "../../core/language/tree";
import type { DerivedLoss } from "../../core/theory/derivation/loss";
import { lawOf } from "../../core/theory/laws/index";
import type { Knob, Latent, Spec } from "../../core/theory/spec";
import { ancestors } from "../../core/theory/terms/roles";
import { isCompressed, isKept } from "../../core/theory/wants/duties";
import { isAsked } from "../../core/theory/wants/intents";
import { Names } from "../../core/theory/wants/names";
import { wantedLines } from "../../core/theory/wants/wanted";

interface Line {
  /** With the places to fill. */
  snippet: string;
  /** Why it is needed. */
  detail: string;
}

/** A term, with its weight where it has one: `w * `. */
interface NeededTerm {
  weight: string;
  term: string;
  detail: string;
}

/** What is known of the spec around the cursor. */
interface Known {
  tree: SpecTree;
  spec: Spec;
  loss: DerivedLoss;
  /** The lines that the wants ask for. */
  wanted: string[];
}

const forWants = "the wants need it";

/** Everything a spec needs, the most urgent first. */
export function neededLines(document: Document, tree: SpecTree): Line[] {
  const known = knownOf(document, tree);
  if (known === undefined) return [];
  return [
    ...streamLines(known),
    ...wantLines(known),
    ...latentLines(known),
    ...knobLines(known),
    ...termsFor(known, "compress").map((term) => termLine("compress", term)),
    ...termsFor(known, "keep").map((term) => termLine("keep", term)),
    ...eachLines(known),
    ...known.wanted.filter(starts("separate")).map((snippet) => ({ snippet, detail: forWants })),
    ...inheritedLines(known),
    ...networkLines(known),
    ...lateStreamLines(known),
  ];
}

/** The terms of a side that nothing holds yet, the most urgent first. */
export function neededTerms(document: Document, tree: SpecTree, side: "compress" | "keep"): NeededTerm[] {
  const known = knownOf(document, tree);
  return known === undefined ? [] : termsFor(known, side);
}

function termsFor(known: Known, side: "compress" | "keep"): NeededTerm[] {
  const wanted = known.wanted.filter(starts(side)).map((line) => readTerm(line.slice(side.length + 1)));
  const needed = [...wanted, ...(side === "compress" ? unpaid(known) : unkept(known))];
  return needed.filter(({ term }, i) => needed.findIndex((other) => other.term === term) === i);
}

function knownOf(document: Document, tree: SpecTree): Known | undefined {
  const { spec, derived: loss } = analysed(document, tree) ?? {};
  if (spec === undefined || loss === undefined) return undefined;
  const wants = tree.statements.flatMap((statement) => (statement.kind === "want" ? statement.wants : []));
  return { tree, spec, loss, wanted: wantedLines(wants, loss) };
}

const starts =
  (word: string) =>
  (line: string): boolean =>
    line.startsWith(`${word} `);

function readTerm(text: string): NeededTerm {
  const at = text.indexOf("I(");
  return { weight: text.slice(0, at), term: text.slice(at), detail: forWants };
}

const termLine = (side: string, { weight, term, detail }: NeededTerm): Line => ({
  snippet: `${side} ${weight}${term}`,
  detail,
});

/** Fields of the built-in data that are not declared. */
function fieldsLeft({ tree, spec }: Known): SpecField[] {
  const data = builtIn(tree);
  return data === undefined ? [] : undeclared(spec, data);
}

/** Of the undeclared fields: streams, then one target where no code is there yet. */
function streamLines(known: Known): Line[] {
  const { spec } = known;
  const begun = spec.latents.length > 0;
  return fieldsLeft(known).flatMap(({ name, kind, role, doc }) => {
    if (role === "stream") return [{ snippet: `modality ${name} : ${kind}`, detail: doc }];
    const targeted = spec.streams.some((stream) => stream.role === "target");
    return begun || targeted ? [] : [{ snippet: `target ${name} : ${kind}`, detail: doc }];
  });
}

/** Factors that probes could report. */
function lateStreamLines(known: Known): Line[] {
  return fieldsLeft(known)
    .filter(({ role }) => role === "factor")
    .map(({ name, kind, doc }) => ({ snippet: `observe ${name} : ${kind}`, detail: doc }));
}

const namesOf = (spec: Spec, role: "modality" | "target"): string[] =>
  spec.streams.filter((stream) => stream.role === role).map(({ name }) => name);

function wantLines({ tree, spec }: Known): Line[] {
  const [modalities, targets] = [namesOf(spec, "modality"), namesOf(spec, "target")];
  // Also those that name codes which are still to be declared.
  const wants = tree.statements.flatMap((statement) => (statement.kind === "want" ? statement.wants : []));
  const has = (intent: string, of?: string): boolean =>
    wants.some(
      (want) => want.intent.text === intent && (of === undefined || want.of.some(({ text }) => text === of)),
    );
  const share = modalities.length > 1 && !has("shared") ? [`shared(${modalities.join(", ")})`] : [];
  const factor = spec.streams.find(({ role }) => role === "observe")?.name;
  const texts = [
    ...(targets.length > 0 ? [] : share),
    ...(has("shared") ? modalities.filter((name) => !has("private", name)) : []).map(
      (name) => `private(${name})`,
    ),
    ...targets.filter((name) => !has("predict", name)).map((name) => `predict(${name})`),
    ...(modalities.length === 1 && !has("reconstruct") ? [`reconstruct(${modalities[0]})`] : []),
    ...(factor !== undefined && !has("forget") ? [`forget(\${1:${factor}})`] : []),
    ...(targets.length > 0 ? share : []),
  ];
  return texts.map((text) => ({ snippet: `want ${text}`, detail: "what must survive" }));
}

/** Codes that the wants name, and one for the streams that no code reads. */
function latentLines({ spec, wanted }: Known): Line[] {
  const asked = wanted.filter(starts("latent")).map((line) => ({
    snippet: line
      .replace(/\((\d+)\)/, (_all, size: string) => `(\${1:${size}})`)
      .replace(/ by (.*)$/, (_all, fusion: string) => ` by \${2:${fusion}}`),
    detail: forWants,
  }));
  const read = new Set(spec.latents.flatMap(({ name }) => [...ancestors(spec, name)]));
  const unread = namesOf(spec, "modality").filter((name) => !read.has(name));
  const named = new Names(spec, []);
  const own = unread.map((stream) => {
    const name = unread.length > 1 || spec.latents.length > 0 ? named.code("Z", [stream]) : named.free("Z");
    return {
      snippet: `latent \${1:${name}} : gaussian(\${2:8}) from ${stream}`,
      detail: "no code reads it yet",
    };
  });
  return asked.length > 0 ? asked : own;
}

function knobLines({ spec, wanted }: Known): Line[] {
  const asked = wanted.filter(starts("knob"));
  const has = (name: string): boolean =>
    spec.knobs.some((knob) => knob.name === name) || asked.some(starts(`knob ${name}`));
  const lines = [...asked, ...(has("beta") ? [] : ["knob beta = 32 in 0.1 .. 1024 log"])];
  return lines.map((line) => ({ snippet: withNumbers(line), detail: "multiplies terms" }));
}

/** Each number as a place to fill. */
function withNumbers(line: string): string {
  let places = 0;
  return line.replace(/\d+(\.\d+)?/g, (number) => `\${${++places}:${number}}`);
}

/** Codes whose information costs nothing yet. */
const unpaid = ({ spec, loss }: Known): NeededTerm[] =>
  spec.latents
    .filter(({ name, law }) => !lawOf(law.name).deterministic && !isCompressed(loss, name))
    .map(({ name, from }) => ({
      weight: "",
      term: `I(${from.join(", ")}; ${name})`,
      detail: `nothing limits ${name} yet`,
    }));

/** Targets that nothing predicts, codes that nothing keeps, streams that nothing reconstructs. */
function unkept(known: Known): NeededTerm[] {
  const { spec, loss } = known;
  const codes = spec.latents.map(({ name }) => name);
  if (codes.length === 0) return [];
  const readers = (stream: string): string[] => codes.filter((code) => ancestors(spec, code).has(stream));
  const targets = namesOf(spec, "target").filter((name) => !isAsked(loss, name, codes));
  const streams = namesOf(spec, "modality").filter(
    (name) => readers(name).length > 0 && !isAsked(loss, name, codes),
  );
  return [
    ...targets.map((name) => ({
      weight: "",
      term: `I(${name}; ${codes.join(", ")})`,
      detail: `nothing predicts ${name} yet`,
    })),
    ...pairs(known),
    ...streams.map((name) => ({
      weight: weightOf(spec),
      term: `I(${name}; ${readers(name).join(", ")})`,
      detail: `nothing reconstructs ${name} yet`,
    })),
  ];
}

/** Two codes of different streams that no term keeps. */
const pairs = ({ spec, loss }: Known): NeededTerm[] => {
  const free = spec.latents.filter(({ name }) => !isKept(loss, name));
  return free.flatMap((a, i) =>
    free
      .slice(i + 1)
      .filter((b) => !a.from.some((source) => b.from.includes(source)) && areLinkable(spec, a, b))
      .map((b) => ({ weight: "", term: `I(${a.name}; ${b.name})`, detail: "nothing keeps these codes yet" })),
  );
};

const areLinkable = (spec: Spec, a: Latent, b: Latent): boolean =>
  !ancestors(spec, a.name).has(b.name) && !ancestors(spec, b.name).has(a.name);

/** One line for several streams of one code that nothing reconstructs yet. */
function eachLines(known: Known): Line[] {
  const { spec, loss } = known;
  const codes = spec.latents.map(({ name }) => name);
  const streams = namesOf(spec, "modality").filter((name) => !isAsked(loss, name, codes));
  const code = codes.find((name) => streams.every((stream) => ancestors(spec, name).has(stream)));
  if (code === undefined || streams.length < 2) return [];
  const scored = namesOf(spec, "target").length > 0;
  const weight = weightOf(spec) || (scored ? "${2:0.02} * " : "");
  const snippet = `each \${1:V} in ${streams.join(", ")}: keep ${weight}I(\${1:V}; ${code})`;
  return [{ snippet, detail: "nothing reconstructs these yet" }];
}

/** A knob that multiplies reconstructions, where there is one beside beta. */
function weightOf({ knobs }: Spec): string {
  const other = knobs.find(({ name }) => name !== "beta");
  return other === undefined ? "" : `${other.name} * `;
}

/** In a spec that extends another: what it inherits, to be written otherwise. */
function inheritedLines({ tree, spec }: Known): Line[] {
  if (tree.extension === undefined) return [];
  const own = new Set(
    tree.statements.flatMap((statement) => ("name" in statement ? [statement.name.text] : [])),
  );
  const lines = [
    ...spec.latents.filter(({ name }) => !own.has(name)).map(latentText),
    ...spec.knobs.filter(({ name }) => !own.has(name)).map(knobText),
    ...(tree.statements.some(({ kind }) => kind === "train") ? [] : ["train { epochs = ${1:20} }"]),
  ];
  return lines.map((snippet) => ({ snippet, detail: "replaces what is inherited" }));
}

function latentText({ name, law, from, fusion, given, frozen }: Latent): string {
  const options = fusion.options.length > 0 ? `(${fusion.options.join(", ")})` : "";
  const by = fusion.name === "single" ? "" : ` by \${3:${fusion.name}${options}}`;
  const conditions = given.length > 0 ? ` given ${given.join(", ")}` : "";
  return `latent ${name} : \${1:${law.name}}(\${2:${law.size}}) from ${from.join(", ")}${by}${conditions}${frozen ? " frozen" : ""}`;
}

const knobText = ({ name, value, from, to, log }: Knob): string =>
  withNumbers(`knob ${name} = ${value} in ${from} .. ${to}${log ? " log" : ""}`);

/** Networks that suit the kinds of streams better than layers that are fully connected. */
function networkLines({ tree, spec }: Known): Line[] {
  const networked = new Set(
    tree.statements.flatMap((statement) =>
      statement.kind === "network" && statement.role === "encoder"
        ? statement.names.map(({ text }) => text)
        : [],
    ),
  );
  return spec.streams
    .filter(
      ({ name, kind }) =>
        ["image", "audio", "video"].includes(kind.name) &&
        !networked.has(name) &&
        spec.latents.some(({ from, fusion }) => from.includes(name) && fusion.name !== "concat"),
    )
    .map(({ name }) => ({
      snippet: `network encoder ${name} = cnn(\${1:16, 32})`,
      detail: "convolutions for its encoder",
    }));
}
