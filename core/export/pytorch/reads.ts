/** Methods that read what the loss does not return: reconstructions, and of a project its codes and scores. */
import type { Expr } from "../../program/expression";
import { drawArguments, draws } from "./draws";
import { localNames } from "./globals";
import { drawnBy, inputsOf, Method } from "./method";
import { filled, pythonString, wrapped } from "./names";
import {
  absentOf,
  codesOf,
  encodedBy,
  projectInputs,
  method,
  streamsOf,
  unpacked,
  type ModuleSource,
} from "./source";

export function reconstructMethod(source: ModuleSource): string[] {
  const names = localNames(["streams", "codes", ...drawArguments, "n"]);
  const { objective } = source;
  const codes = unpacked(codesOf(source), names);
  const roots = Object.values(objective.reconstructions);
  const body = new Method(names, streamsOf(source), absentOf(source), roots, codes.known);
  const entries = Object.entries(objective.reconstructions).map(
    ([stream, e]) => `${pythonString(stream)}: ${body.write([e])[0]!}`,
  );
  const deeper = inputsOf(encodedBy(source), absentOf(source));
  const drawn = drawnBy(body.inputs, deeper);
  const handed = drawnBy(deeper).map((kind) => `, ${draws[kind].argument}`);
  const doc = '"""The mean of each decoded stream, from the means of its codes; [N, width].';
  const given = drawn.flatMap((kind) => {
    const unless = kind === "present" ? "all there unless given" : "drawn here unless given";
    return filled(`${draws[kind].argument}: ${draws[kind].doc}; ${unless}.`);
  });
  const parameters = drawn.map((kind) => `, ${draws[kind].argument}=None`);
  return method(`reconstruct(self, streams${parameters.join("")})`, [
    ...(given.length > 0 ? [doc, "", ...given, '"""'] : [`${doc}"""`]),
    `codes = self.encode(streams${handed.join("")})`,
    ...codes.lines,
    ...body.lines(),
    ...wrapped("return {", entries, "}"),
  ]);
}

/**
 * A method that computes expressions from the codes of a batch. It takes every draw of the model, since a project
 * draws them all at once.
 * @param entries text of each returned entry, from the text of its expressions
 */
function readMethod(
  source: ModuleSource,
  name: string,
  doc: string,
  entries: readonly { key: string; of: readonly Expr[]; text: (texts: string[]) => string }[],
): string[] {
  const names = localNames(["streams", "codes", ...drawArguments, "n"]);
  const codes = unpacked(codesOf(source), names);
  const roots = entries.flatMap(({ of }) => of);
  const body = new Method(names, streamsOf(source), absentOf(source), roots, codes.known);
  body.write(roots);
  const written = entries.map(({ key, of, text }) => `${pythonString(key)}: ${text(body.write([...of]))}`);
  const encoding = drawnBy(inputsOf(encodedBy(source), absentOf(source)));
  const all = drawnBy(projectInputs(source));
  return method(`${name}(self, streams${all.map((kind) => `, ${draws[kind].argument}`).join("")})`, [
    ...filled(`"""${doc}"""`),
    `codes = self.encode(streams${encoding.map((kind) => `, ${draws[kind].argument}`).join("")})`,
    ...codes.lines,
    ...body.lines(all),
    ...wrapped("return {", written, "}"),
  ]);
}

/** Mean and draw of each code: what probes judge. */
export const sampleMethod = (source: ModuleSource): string[] =>
  readMethod(
    source,
    "sample",
    "Mean and draw of each code, [N, k] each, by latent. Arguments are those of forward.",
    Object.entries(source.objective.means).map(([key, mean]) => ({
      key,
      of: [mean, source.objective.draws[key]!],
      text: (texts) => `(${texts.join(", ")})`,
    })),
  );

/** The scores of contrastive terms, by which one temperature is fitted on held-out rows. */
export const contrastsMethod = (source: ModuleSource): string[] =>
  readMethod(
    source,
    "contrasts",
    "Scores [N, N] of the terms that tell true tuples from others, true ones on the diagonal, by term; arguments as in forward.",
    Object.entries(source.objective.contrasts).map(([key, tables]) => ({
      key,
      of: tables,
      text: (texts) => `[${texts.join(", ")}]`,
    })),
  );
