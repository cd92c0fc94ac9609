import { lossLatex } from "../../core/views/latex";
import { betaBothWays, formulaText, lossText, weightText } from "../../core/views/unicode";
import type { DerivedLoss } from "../../core/theory/derivation/loss";
import { shownTerms, type ShownTerm } from "../../core/theory/derivation/patterns";
import { entropyOf } from "../../core/theory/terms/names";
import { scheduleText } from "../../core/theory/terms/schedule";
import { informationText } from "../../core/theory/terms/print";
import type { AnalysedSpec } from "../../core/theory/analysed";
import { exitCodes, oneFile, type Command } from "../command";
import { graphText } from "../graph";
import { chooseSpecs, findingsOf, nameOf, readSource, showDiagnostics, type Source } from "../source";
import { wrap, type Style, type Terminal } from "../terminal";
import { sides } from "../../core/theory/sides";

export const derive: Command = {
  name: "derive",
  operands: "FILE",
  doc: "Shows the loss of a spec: its graphs, each term with its bound, and the sum.",
  options: {
    spec: { type: "string", value: "NAME", doc: "only this spec; default all specs of the file" },
    steps: { type: "boolean", doc: "print the derivation step by step, with reasons, LaTeX and sources" },
    json: { type: "boolean", doc: "print the derivation as JSON" },
  },
  async run(operands, options, terminal) {
    const source = await readSource(oneFile(operands));
    const specs = chooseSpecs(source, options["spec"] as string | undefined);
    const failed = specs.some(({ valid }) => !valid);
    showDiagnostics(
      source.analysis.diagnostics.filter(({ severity }) => severity === "error"),
      source,
      terminal,
    );
    const whole = specs.filter((spec) => spec.valid && spec.derived !== undefined);
    if (options["json"])
      terminal.out(
        JSON.stringify(
          whole.map((spec) => specJson(spec, source)),
          undefined,
          2,
        ),
      );
    else {
      const print = options["steps"] ? showSteps : show;
      whole.forEach((spec, i) => print(spec, i > 0, terminal));
    }
    return failed ? exitCodes.failed : exitCodes.ok;
  },
};

function show(spec: AnalysedSpec, apart: boolean, { out, style }: Terminal): void {
  const derived = spec.derived!;
  const { tree } = spec;
  const heading = (text: string): void => out(`\n${style.bold(text)}`);
  if (apart) out("");
  out(`${style.bold(nameOf(spec))}${tree.title ? `  ${tree.title.value}` : ""}`);
  out(`\n${style.accent(lossText(derived))}`);
  out(style.quiet("In nats, summed over dimensions, averaged over the batch."));
  const method = spec.recognised;
  if (method !== undefined && method.text !== "") {
    heading(method.match === "near" ? "Nearest method" : "Method");
    out(wrap(`${method.text}.${method.source === undefined ? "" : ` ${method.source}`}`, "  "));
  }
  heading("Compressed (encoder graph)");
  for (const line of graphText(derived.encoderGraph)) out(`  ${line}`);
  heading("Kept (decoder graph)");
  for (const line of graphText(derived.decoderGraph)) out(`  ${line}`);
  heading("Terms");
  for (const term of shownTerms(derived)) showTerm(term, derived, out, style);
  heading("Beta");
  out(wrap(`${betaBothWays(derived).text}.`, "  "));
  if (derived.schedules.length > 0) heading("Schedule");
  for (const schedule of derived.schedules)
    out(wrap(`${scheduleText(schedule, derived.spec.training)}.`, "  "));
  const verdict = derived.steps.at(-1);
  if (verdict !== undefined) {
    heading(verdict.title);
    out(wrap(verdict.text, "  "));
  }
}

/** The derivation as a text to read: what is said of each step, and why it holds. */
function showSteps(spec: AnalysedSpec, apart: boolean, { out, style }: Terminal): void {
  const derived = spec.derived!;
  const { steps } = derived;
  if (apart) out("");
  out(`${style.bold(nameOf(spec))}${spec.tree.title ? `  ${spec.tree.title.value}` : ""}`);
  if (spec.recognised !== undefined && spec.recognised.text !== "")
    out(wrap(`${spec.recognised.text}. ${spec.recognised.source ?? ""}`, ""));
  steps.forEach(({ title, text, formula, latex, proof, facts = [] }, i) => {
    out(`\n${style.bold(`${i + 1}. ${title}`)}`);
    out(wrap(text, "   "));
    if (formula !== undefined) out(style.accent(wrap(formula, "     ")));
    if (latex !== undefined) out(style.quiet(wrap(latex, "     ")));
    if (proof !== undefined) {
      out(`   ${proof.lead}`);
      out(style.accent(wrap(proof.formula, "     ")));
      out(style.quiet(wrap(proof.latex, "     ")));
      out(wrap(proof.by, "   "));
    }
    for (const fact of facts) out(wrap(`${fact.name}: ${fact.text}`, "   "));
  });
  out(`\n${style.bold("The loss")}`);
  out(style.accent(wrap(lossText(derived), "     ")));
  out(style.quiet(wrap(lossLatex(derived), "     ")));
  out(
    wrap(`In nats, summed over dimensions, averaged over the batch. ${betaBothWays(derived).text}.`, "   "),
  );
}

function showTerm(derivedTerm: ShownTerm, derived: DerivedLoss, out: Terminal["out"], style: Style): void {
  const { term, bound, reason, reads, over } = derivedTerm;
  const about =
    reads === "information minus entropy"
      ? `, minus the entropy of ${entropyOf(term, derived.spec)}`
      : reads === "information plus entropy"
        ? ", plus the entropy of the decoded streams"
        : "";
  const ceiling = bound.ceiling === undefined ? "" : ` At most ${bound.ceiling}.`;
  out(`  ${style.accent(`${term.side} ${informationText(term.information)}`)}  × ${weightText(derivedTerm)}`);
  if (over !== undefined) out(wrap(`for ${over.text}`, "    "));
  out(wrap(formulaText(derivedTerm, derived), "    "));
  out(wrap(`${bound.title} (${bound.id}), ${sides[bound.side].name}${about}: ${reason}.${ceiling}`, "    "));
  out(style.quiet(wrap(`Gap: ${bound.gap}`, "    ")));
}

function specJson(spec: AnalysedSpec, source: Source): Record<string, unknown> {
  const derived = spec.derived!;
  const { kept, cost } = betaBothWays(derived);
  return {
    name: nameOf(spec),
    ...(spec.tree.title ? { title: spec.tree.title.value } : {}),
    loss: lossText(derived),
    beta: { kept, cost },
    ...(spec.recognised === undefined ? {} : { method: spec.recognised }),
    encoderGraph: derived.encoderGraph,
    decoderGraph: derived.decoderGraph,
    terms: shownTerms(derived).map((derivedTerm) => {
      const { term, bound, reason, reads, over } = derivedTerm;
      return {
        id: term.id,
        side: term.side,
        term: informationText(term.information),
        ...(over === undefined ? {} : { over }),
        weight: weightText(derivedTerm),
        bound: bound.id,
        boundSide: bound.side,
        formula: formulaText(derivedTerm, derived),
        reads,
        reason,
        gap: bound.gap,
        ...(bound.ceiling === undefined ? {} : { ceiling: bound.ceiling }),
        citation: bound.citation,
      };
    }),
    latex: lossLatex(derived),
    steps: derived.steps,
    schedules: derived.schedules,
    isBound: derived.isBound,
    diagnostics: findingsOf(spec, source).map(({ code, severity, message }) => ({ code, severity, message })),
  };
}
