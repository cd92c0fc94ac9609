/** The class of an exported file: its constructor, and its methods made from the objective's expressions. */
import type { Expr } from "../../program/expression";
import { children, topological } from "../../program/traverse";
import type { DerivedLoss } from "../../theory/derivation/loss";
import { lawOf } from "../../theory/laws/index";
import { componentsOf } from "../../theory/fusions/mixture";
import { frozenCode } from "../../theory/terms/frozen";
import { knobsOf, scalarText, type ScalarStyle } from "../../theory/terms/scalar";
import type { Information, Scalar } from "../../theory/spec";
import type { Bound } from "../../theory/bound";
import { drawArguments, drawKinds, draws, drawText, type DrawKind } from "./draws";
import { drawnBy, drawnFirst, inputsOf, Method, type Inputs } from "./method";
import { PythonWriter } from "./expression";
import { constructorLines, learnedBy, modulePath, parameterPath } from "./modules";
import { filled, pythonNumber, pythonString, wrapped, type Names } from "./names";
import { localNames } from "./globals";
import { ALL_ROWS, comparing, gatheredCodes, gatherLines } from "./gathered";
import { contrastsMethod, reconstructMethod, sampleMethod } from "./reads";
import { shapeText } from "./shapes";
import {
  absentOf,
  argumentsOf,
  codesOf,
  encodedBy,
  indent,
  method,
  projectInputs,
  streamsOf,
  unpacked,
  type ModuleSource,
} from "./source";

const dictionary = (entries: readonly string[]): string => `{${entries.join(", ")}}`;

export function classLines(name: string, source: ModuleSource): string[] {
  const { derived, objective, lossOnly } = source;
  const { latents, knobs } = derived.spec;
  const codes = latents.map(({ name: latent, law }) => `${latent} ${law.name}(${law.size})`).join(", ");
  const values = knobs.map((knob) => `${pythonString(knob.name)}: ${pythonNumber(knob.value)}`);
  const rates = objective.missing.map(({ stream, rate }) => `${pythonString(stream)}: ${pythonNumber(rate)}`);
  const methods = [constructorMethod(source)];
  const absent = !lossOnly && !source.project && objective.missing.length > 0;
  if (absent) methods.push(drawPresentMethod());
  if (!lossOnly) methods.push(encodeMethod(source));
  methods.push(forwardMethod(source));
  if (!lossOnly && Object.keys(objective.reconstructions).length > 0) methods.push(reconstructMethod(source));
  if (source.project) methods.push(sampleMethod(source));
  if (source.project && Object.keys(objective.contrasts).length > 0) methods.push(contrastsMethod(source));
  return [
    `class ${name}(nn.Module):`,
    ...indent([
      `"""${lossOnly ? "The loss" : "Encoders, decoders, critics and the loss"} of ${derived.spec.name}.`,
      "",
      ...filled(`Codes: ${codes}.`),
      '"""',
      "",
      ...(source.project ? [] : [`KNOBS = ${dictionary(values)}`]),
      ...(absent ? [`MISSING = ${dictionary(rates)}`] : []),
      ...methods.flatMap((lines) => ["", ...lines]),
    ]),
  ];
}

/** A class of encoders and decoders alone: `encode`, and `decoder` by stream. @param attributes lines of the class */
export const networkLines = (
  name: string,
  source: ModuleSource,
  doc: string,
  attributes: readonly string[],
): string[] => [
  `class ${name}(nn.Module):`,
  ...indent([
    ...filled(`"""${doc}"""`),
    "",
    ...attributes,
    "",
    ...constructorMethod(source),
    "",
    ...encodeMethod(source),
  ]),
];

/**
 * What there is of each code: `(mean, log-variance), [N, k] each`, by latent where their laws differ; of a mixture as a
 * whole its mean.
 */
function handedText({ derived: { spec } }: ModuleSource, codes: readonly string[]): string {
  const texts = spec.latents.map(({ name, law }) => [name, lawOf(law.name).handed] as const);
  const [first] = texts;
  const alike = texts.every(([, text]) => text === first?.[1]);
  const mixtures = codes.filter((name) => componentsOf(spec, { name }) !== undefined);
  return [
    ...(alike ? [first?.[1] ?? ""] : texts.map(([name, text]) => `${name}: ${text}`)),
    ...mixtures.map((name) => `of ${name} as a whole its mean, [N, k]`),
  ].join("; ");
}

/** The codes that `forward` takes apart: of a loss alone those that its terms read. */
function readCodes(source: ModuleSource): [string, Expr[]][] {
  const codes = codesOf(source);
  if (!source.lossOnly) return codes;
  const roots = [...argumentsOf(source.objective), ...Object.values(source.objective.shaped)];
  const inside = topological(roots, new Set(encodedBy(source)));
  const read = new Set([...roots, ...inside.flatMap(children)]);
  return codes.filter(([, values]) => values.some((e) => read.has(e)));
}

/** Groups of networks that a loss alone takes from its caller. */
const ownModules: Readonly<Record<string, string>> = {
  decoder: "stream, from samples [N, k] to [N, width], in place of those made here.",
  encoder: "code, which a prior applies to inputs of its own.",
};

function constructorMethod(source: ModuleSource): string[] {
  // What only the encoders need is the caller's own where the file is the loss alone.
  const given = source.lossOnly ? encodedBy(source) : [];
  const { networks, parameters } = learnedBy(
    [...argumentsOf(source.objective), ...Object.values(source.objective.shaped)],
    [...given, ...Object.values(source.objective.terms), ...Object.values(source.objective.coordinates)],
  );
  const replaceable = Object.keys(ownModules).filter(
    (group) => source.lossOnly && networks.some(({ name }) => name.startsWith(`${group}.`)),
  );
  const docs = replaceable.map((group) => `${group}: your own modules by ${ownModules[group]!}`);
  return method(`__init__(self${replaceable.map((group) => `, ${group}=None`).join("")})`, [
    ...(docs.length > 0 ? filled(`"""${docs.join(" ")}"""`) : []),
    "super().__init__()",
    ...constructorLines(networks, parameters, replaceable, source.packages),
    ...frozenLines(source, networks, parameters),
  ]);
}

/** Parts of frozen codes ask for no gradients, so that no optimiser and no other process waits for any. */
const frozenLines = (
  { derived: { spec } }: ModuleSource,
  ...parts: readonly (readonly { name: string }[])[]
): string[] =>
  parts.flatMap((learned, i) =>
    learned
      .filter(({ name }) => frozenCode(spec, name) !== undefined)
      .map(({ name }) => `${i === 0 ? modulePath(name) : parameterPath(name)}.requires_grad_(False)`),
  );

function drawPresentMethod(): string[] {
  return method("draw_present(self, streams)", [
    '"""Which rows have each stream that may be absent, [N] by stream.',
    "",
    ...filled(
      "Only the rows are drawn: as many lack each stream as MISSING says, spread over those that lack others as evenly as whole rows allow.",
    ),
    '"""',
    "x = next(iter(streams.values()))",
    "n = len(x)",
    "present = {}",
    "groups = [torch.randperm(n, device=x.device)]",
    "for name, rate in self.MISSING.items():",
    ...indent([
      "quotas = [len(rows) * rate for rows in groups]",
      "losses = [int(quota) for quota in quotas]",
      "order = sorted(range(len(groups)), key=lambda i: losses[i] - quotas[i])",
      "for i in order[: int(n * rate + 0.5) - sum(losses)]:",
      "    losses[i] += 1",
      "present[name] = torch.ones(n, dtype=torch.bool, device=x.device)",
      "for rows, lost in zip(groups, losses):",
      "    present[name][rows[:lost]] = False",
      "parts = [(rows[lost:], rows[:lost]) for rows, lost in zip(groups, losses)]",
      "groups = [rows for part in parts for rows in part if len(rows) > 0]",
    ]),
    "return present",
  ]);
}

function encodeMethod(source: ModuleSource): string[] {
  const body = new Method(
    localNames(["streams", ...drawArguments, "n"]),
    streamsOf(source),
    absentOf(source),
    encodedBy(source),
  );
  // All at once, so that a network that several codes read is applied once.
  body.write(encodedBy(source));
  const entries = codesOf(source).map(([name, values]) => {
    const texts = body.write(values);
    return `${pythonString(name)}: ${texts.length === 1 ? texts[0]! : `(${texts.join(", ")})`}`;
  });
  const drawn = drawnBy(body.inputs).map((kind) => `, ${draws[kind].argument}=None`);
  return method(`encode(self, streams${drawn.join("")})`, [
    ...encodeDoc(source, body.inputs),
    ...body.lines(),
    ...wrapped("return {", entries, "}"),
  ]);
}

function encodeDoc(source: ModuleSource, inputs: Inputs): string[] {
  const shapes = `"""Each code by latent: ${handedText(source, Object.keys(source.objective.codes))}.`;
  if (!drawnBy(inputs).includes("present")) return filled(`${shapes}"""`);
  return [...filled(shapes), "", ...filled(`present: ${draws.present.doc}; all there unless given.`), '"""'];
}

function forwardMethod(source: ModuleSource): string[] {
  const { derived, objective, functions, lossOnly } = source;
  const names = localNames([
    ...["streams", "codes", "knobs", ...drawArguments, "n", "weight", "terms", "loss"],
    ...(source.project ? [ALL_ROWS] : []),
  ]);
  const turned = [
    ...new Set(
      derived.terms.flatMap(({ effectiveWeight, term }) => [
        ...knobsOf(effectiveWeight),
        ...(term.target ? knobsOf(term.target.value) : []),
      ]),
    ),
  ];
  const knobs = new Map(turned.map((name) => [name, names.fresh(name)]));
  const codes = unpacked(readCodes(source), names);
  const values = new Map<string, string>();
  const known = new Map<Expr, string>();
  for (const { term, bound } of derived.terms) {
    const variable = names.fresh(`${bound.id}_${variablesOf(term.information).join("_")}`);
    values.set(term.id, variable);
    known.set(objective.terms[term.id]!, variable);
  }
  const split = derived.terms.flatMap(({ term, bound }) => {
    const e = objective.coordinates[term.id];
    if (e === undefined) return [];
    const variable = names.fresh(`${values.get(term.id)!}_by_coordinate`);
    known.set(e, variable);
    const by: Bound = {
      ...bound,
      id: `${bound.id}-by-coordinate`,
      title: `${bound.title} by coordinate`,
      value: (args) => bound.coordinates!(args)!,
    };
    return [{ term, bound: by, variable }];
  });
  const shaped = Object.entries(objective.shaped);
  const valued = derived.terms.map(({ term, bound }) => ({ term, bound, variable: values.get(term.id)! }));
  const applied = [...valued, ...split];
  /** The calls of these terms' bounds, where `read` holds variables for the codes. */
  const called = (
    terms: typeof applied,
    read: ReadonlyMap<Expr, string>,
  ): { body: Method; calls: string[] } => {
    const args = terms.flatMap(({ term }) => Object.values(objective.applications[term.id]!));
    const roots = [...args, ...shaped.map(([, e]) => e)];
    const body = new Method(names, streamsOf(source), absentOf(source), roots, new Map([...read, ...known]));
    // All at once, so that what several terms read is computed once.
    body.write(args);
    const calls = terms.map(({ term, bound, variable }) => {
      const call = functions.call(bound, objective.applications[term.id]!, (e, name) => body.short(e, name));
      return `${variable} = ${call}`;
    });
    return { body, calls };
  };
  const compared = source.project ? comparing(source) : new Set<string>();
  const own = called(
    applied.filter(({ term }) => !compared.has(term.id)),
    codes.known,
  );
  const { body } = own;
  const together = applied.filter(({ term }) => compared.has(term.id));
  const gathered = together.length === 0 ? undefined : gatheredCodes(source, compared, names);
  const all = gathered && called(together, gathered.known);
  const inserted = shapedLines(shaped, known, knobs, names);
  const inLoss = new Map([...values, ...inserted.variables]);
  const { inputs } = body;
  const deeper = lossOnly ? undefined : inputsOf(encodedBy(source), absentOf(source));
  const drawn = drawnBy(
    inputs,
    ...(deeper ? [deeper] : []),
    ...(source.project ? [projectInputs(source)] : []),
  );
  const parameters = [
    "self",
    ...(lossOnly ? ["codes"] : []),
    lossOnly && inputs.streams.size === 0 ? "streams=None" : "streams",
    source.project ? "knobs" : "knobs=None",
    ...drawn.map((kind) => (source.project ? draws[kind].argument : `${draws[kind].argument}=None`)),
  ];
  // Encoders and terms must agree on which rows have a stream.
  const absences = deeper && drawn.includes("present");
  const handed = deeper ? drawnBy(deeper).map((kind) => `, ${draws[kind].argument}`) : [];
  const encoded = `codes = self.encode(streams${handed.join("")})`;
  // What a code is inferred from is the very sample that the terms read.
  const shared = deeper ? drawnBy(deeper).filter((kind) => kind !== "present") : [];
  const first =
    deeper && shared.length > 0
      ? [
          "weight = next(self.parameters())",
          "n = len(next(iter(streams.values())))",
          ...drawnFirst(shared, "weight", [deeper, inputs]),
        ]
      : [];
  return method(`forward(${parameters.join(", ")})`, [
    ...forwardDoc(source, inputs, deeper),
    ...(turned.length > 0 && !source.project ? ["knobs = {**self.KNOBS, **(knobs or {})}"] : []),
    ...[...knobs].map(([name, variable]) => `${variable} = knobs[${pythonString(name)}]`),
    ...(absences && !source.project
      ? ["if present is None:", "    present = self.draw_present(streams)"]
      : []),
    ...(source.project ? [] : first),
    ...(lossOnly ? [] : [encoded]),
    ...codes.lines,
    ...body.lines(source.project ? drawKinds : [...(absences ? (["present"] as const) : []), ...shared]),
    ...own.calls,
    ...(gathered && all
      ? [...gatherLines(all.body.inputs), ...gathered.lines, ...all.body.lines(drawKinds), ...all.calls]
      : []),
    ...inserted.lines,
    ...lossLines(derived, knobs, inLoss),
    "terms = {",
    ...[...values].map(([id, variable]) => `    ${pythonString(id)}: ${variable},`),
    "}",
    "return loss, terms",
  ]);
}

/** What stands in the loss for a term in place of its value, each a variable. */
function shapedLines(
  shaped: readonly [string, Expr][],
  known: ReadonlyMap<Expr, string>,
  knobs: ReadonlyMap<string, string>,
  names: Names,
): { lines: string[]; variables: [string, string][] } {
  const leaf = (e: Expr): string | undefined => {
    if (e.op === "parameter") return parameterPath(e.name);
    return e.op === "knob" ? knobs.get(e.name) : e.op === "input" ? drawText(e.is) : undefined;
  };
  const writer = new PythonWriter(leaf, names, () => "n", "", known);
  const variables = shaped.map(([id, e]): [string, string] => {
    const [text] = writer.write([e]);
    const variable = names.fresh("in_loss");
    writer.lines.push(`${variable} = ${text!}`);
    return [id, variable];
  });
  return { lines: writer.lines, variables };
}

function forwardDoc(source: ModuleSource, inputs: Inputs, deeper: Inputs | undefined): string[] {
  const read = new Set([...inputs.streams.values(), ...(deeper?.streams.values() ?? [])].map(({ of }) => of));
  const shapes = source.derived.spec.streams.filter(({ name }) => read.has(name)).map(shapeText);
  const codes = readCodes(source).map(([name]) => name);
  return [
    '"""The loss, and its terms in nats by name.',
    "",
    ...(source.lossOnly ? filled(`codes: ${codes.join(", ")}; of each ${handedText(source, codes)}.`) : []),
    ...(source.lossOnly ? expertPriors(source) : []),
    ...(shapes.length > 0 ? filled(`streams: ${shapes.join("; ")}.`) : []),
    source.project ? "knobs: values by name." : "knobs: values that differ from KNOBS.",
    ...drawnBy(inputs, ...(deeper ? [deeper] : [])).flatMap((kind) =>
      filled(
        `${draws[kind].argument}: ${draws[kind].doc}${source.project ? "" : `; ${unlessGiven(kind, source)}`}.`,
      ),
    ),
    '"""',
  ];
}

/** Priors that the caller's encoders have among their experts: the ones of this file, which trains them. */
const expertPriors = ({ derived: { spec } }: ModuleSource): string[] =>
  spec.latents
    .filter(({ fusion, prior }) => fusion.options.includes("prior") && prior.name !== "standard")
    .flatMap(({ name }) =>
      filled(
        `self.prior[${pythonString(name)}] is one of the experts of ${name}: multiply it in where you infer ${name}.`,
      ),
    );

function unlessGiven(kind: DrawKind, { lossOnly }: ModuleSource): string {
  if (kind === "shares") return draws.shares.unless;
  return kind === "present" && lossOnly ? "all there unless given" : "drawn here unless given";
}

function lossLines(
  { terms }: DerivedLoss,
  knobs: ReadonlyMap<string, string>,
  values: ReadonlyMap<string, string>,
): string[] {
  const style: ScalarStyle = { knob: (name) => knobs.get(name)!, times: " * ", minus: "-" };
  const parts = terms.map(({ term, effectiveWeight }, i) => {
    const negative = effectiveWeight.kind === "negation";
    const weight = negative ? effectiveWeight.value : effectiveWeight;
    const value = values.get(term.id)!;
    const sign = negative ? (i === 0 ? "-" : "- ") : i === 0 ? "" : "+ ";
    return `    ${sign}${isOne(weight) ? value : `${factor(weight, style)} * ${value}`}`;
  });
  return ["loss = (", ...parts, ")"];
}

const variablesOf = (information: Information): string[] =>
  (information.kind === "information"
    ? [...information.left, ...information.right, ...information.given]
    : information.of
  ).map(({ name }) => name);

const isOne = (weight: Scalar): boolean => weight.kind === "number" && weight.value === 1;

/** A weight as the first factor of a product. */
function factor(weight: Scalar, style: ScalarStyle): string {
  const text = scalarText(weight, style);
  return weight.kind === "binary" && (weight.operator === "+" || weight.operator === "-")
    ? `(${text})`
    : text;
}
