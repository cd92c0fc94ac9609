/** The derived loss as one file of PyTorch. */
import { dataLines } from "./data-lines";
import { whyLastStep } from "../../theory/derivation/last-step";
import type { DerivedLoss } from "../../theory/derivation/loss";
import { buildObjective } from "../../theory/objective/objective";
import { scalarText } from "../../theory/terms/scalar";
import { lengthOf, lengthText, scheduleText } from "../../theory/terms/schedule";
import { transformText } from "../../theory/transform-text";
import { lossText } from "../../views/unicode";
import { exportMark } from "../target";
import { BoundFunctions } from "./bounds";
import { className, namesBeside } from "./globals";
import { ALL_ROWS } from "./gathered";
import { helpers } from "./helpers";
import { classLines, networkLines } from "./module";
import { filled, Names } from "./names";
import { Packages } from "./packages";
import { wrapStatements } from "./wrap";

interface PytorchOptions {
  /** Only the loss: `forward(codes, streams, knobs)`, for a training loop that has encoders of its own. */
  lossOnly: boolean;
  /** The model of a project, which also reads codes and scores. */
  project?: boolean;
}

/**
 * One readable Python file that needs torch alone. Its parameters bear the program's names and its values are the
 * program's: in nats, summed over dimensions, averaged over the batch.
 * @throws Error when the derivation found an error
 */
export function exportPytorch(derived: DerivedLoss, { lossOnly, project = false }: PytorchOptions): string {
  const name = className(derived.spec.name, lossOnly ? "Loss" : "");
  const modules = derived.spec.networks.flatMap(({ network }) =>
    network.name === "torch" ? [network.module] : [],
  );
  const packages = new Packages(modules, namesBeside(name));
  const functions = new BoundFunctions(new Names([...Object.keys(helpers), name, ...packages.tops]));
  const objective = buildObjective(derived);
  const lines = classLines(name, { derived, objective, functions, packages, lossOnly, project });
  return fileText(header(derived, lossOnly), [...functions.definitions, `${lines.join("\n")}\n`], packages);
}

/** Networks of one class of a file. */
interface Networks {
  name: string;
  doc: string;
  derived: DerivedLoss;
  /** Lines of the class. */
  attributes: readonly string[];
}

/**
 * A file of encoders and decoders without a loss.
 * @param doc what it is, for people
 */
export function exportNetworks(doc: string, classes: readonly Networks[]): string {
  const modules = classes.flatMap(({ derived }) =>
    derived.spec.networks.flatMap(({ network }) => (network.name === "torch" ? [network.module] : [])),
  );
  const taken = new Set(classes.flatMap(({ name }) => [...namesBeside(name)]));
  const packages = new Packages([...new Set(modules)], taken);
  const lines = classes.map(({ name, doc: about, derived, attributes }) => {
    const functions = new BoundFunctions(new Names());
    const objective = buildObjective(derived);
    const source = { derived, objective, functions, packages, lossOnly: false, project: true };
    return `${networkLines(name, source, about, attributes).join("\n")}\n`;
  });
  return fileText(['"""' + doc, "", exportMark, '"""', ""].join("\n"), lines, packages);
}

/** Imports and helpers that these parts use, then the parts. */
function fileText(head: string, parts: readonly string[], packages: Packages): string {
  const body = wrapStatements(parts.join("\n\n"));
  const uses = (called: string): boolean =>
    new RegExp(`(?<![\\w.])${called.replaceAll(".", "\\.")}\\(`).test(body);
  return [
    head,
    `${body.includes("math.") ? "import math\n\n" : ""}import torch\nfrom torch import nn\n`,
    ...(uses(ALL_ROWS) ? [`from .parallel import ${ALL_ROWS}\n`] : []),
    ...packages.imports(uses),
    ...Object.entries(helpers).flatMap(([helper, text]) => (uses(helper) ? [text] : [])),
    body,
  ].join("\n\n");
}

function header(derived: DerivedLoss, lossOnly: boolean): string {
  const { name, title } = derived.spec;
  const widest = Math.max(...derived.terms.map(({ term }) => term.id.length));
  const rows = derived.terms.map(({ term, bound, effectiveWeight }) => {
    const side = bound.side === "upper" || bound.side === "lower" ? `${bound.side} bound` : bound.side;
    return `    ${scalarText(effectiveWeight).padEnd(12)} ${term.id.padEnd(widest)} by ${bound.id}, ${side}`;
  });
  return [
    `"""${inDocstring(title === undefined ? name : `${name}: ${title}`)}`,
    "",
    ...filled(lossText(derived)).map((line, i) => `${i === 0 ? "    " : "        "}${line}`),
    "",
    "Weight, term and bound:",
    "",
    ...rows,
    "",
    ...scheduleLines(derived),
    ...dataLines(derived.spec).map(inDocstring),
    ...transformLines(derived),
    ...frozenLines(derived, lossOnly),
    ...filled(trainingText(derived)),
    "",
    "Values are in nats, summed over dimensions and averaged over the batch; beta multiplies the kept terms.",
    exportMark,
    '"""',
    "",
  ].join("\n");
}

/** How knobs change during training, and who changes them. */
function scheduleLines({ schedules, spec }: DerivedLoss): string[] {
  if (schedules.length === 0) return [];
  return [
    "Schedule, which the training loop follows by handing in `knobs` at each step; KNOBS has the last values:",
    "",
    ...schedules.flatMap((schedule) =>
      filled(scheduleText(schedule, spec.training)).map(
        (line, i) => `${i === 0 ? "    " : "        "}${line}`,
      ),
    ),
    "",
  ];
}

/** How long the preview trains, and which weights it reports: what a training loop has to do to get the same. */
function trainingText({ spec, terms }: DerivedLoss): string {
  const { batch, optimizer } = spec.training;
  const because = whyLastStep(terms);
  const chosen =
    because === undefined
      ? "It reports the weights with the lowest loss on all validation samples, among the steps at which it measures them; after a change of a knob it chooses anew."
      : `It reports the weights of the last step, because ${because}.`;
  return `The preview trains for ${lengthText(lengthOf(spec.training))}, ${batch} samples a step, with ${optimizer.name}(${optimizer.rate}). ${chosen}`;
}

/** What is done to streams before they are handed in: they are not transformed here. */
function transformLines({ spec }: DerivedLoss): string[] {
  const lines = spec.streams.flatMap(({ name, transforms = [], renumber }) => {
    const changes = renumber ? ["renumber"] : transforms.map(transformText);
    return changes.length === 0 ? [] : [`    ${name}: ${changes.join(", then ")}`];
  });
  if (lines.length === 0) return [];
  return [
    "Streams are handed in transformed; what is fitted is fitted on the training rows:",
    "",
    ...lines,
    "",
  ];
}

/** Codes that are not trained. */
function frozenLines({ spec }: DerivedLoss, lossOnly: boolean): string[] {
  const frozen = spec.latents.filter((latent) => latent.frozen).map(({ name }) => name);
  if (frozen.length === 0) return [];
  const how = lossOnly
    ? "leave their encoders out of the optimiser"
    : "their encoders take no gradient. Load their weights, or they stay at random first values";
  return [...filled(`Frozen codes: ${frozen.join(", ")}; ${how}.`), ""];
}

/** A text that ends no docstring, and means in it what it says. */
const inDocstring = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll('"""', '\\"""');
