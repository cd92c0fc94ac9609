/** Errors that only a preview can meet, since it opens the data: `check` reads the text alone. */
import type { DataError } from "../data/dataset";
import type { Diagnostic } from "../language/diagnostic";
import { edited, fix, report, type Rule, type Worded } from "../theory/faults/rule";
import type { DataRequest, Spec } from "../theory/spec";

const bare = `spec A {
  modality X : vector(64)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`;

const trained = edited(bare, [["spec A {", 'spec A {\n  data "planted-factors"']]);

export const noSpec = {
  code: "no-spec",
  severity: "error",
  doc: "A preview trains one spec, but the file contains none, or none of the name that was asked for. Names are case-sensitive.",
  example: "language 1\n",
  fixed: trained,

  /** @param name the one that was asked for, where one was; @param names those of the text */
  at: (name: string | undefined, names: readonly string[]): Diagnostic =>
    report(
      noSpec,
      { start: 0, end: 0 },
      name === undefined
        ? "This file contains no spec; begin with `spec Name { ... }`."
        : `There is no spec \`${name}\` in this file; it has ${names.map((one) => `\`${one}\``).join(", ") || "none"}.`,
    ),
} satisfies Worded;

export const noData = {
  code: "no-data",
  severity: "error",
  doc: "A preview trains on data, and the spec does not name any. A loss can be derived, recognised and exported without data. Name a built-in generator to begin, or a file of your own.",
  example: bare,
  fixed: trained,

  at: ({ name, range }: Spec): Diagnostic =>
    report(
      noData,
      range,
      `\`${name}\` names no data to train on; add \`data "noisy-digits"\` (a built-in generator) or \`data "file.npz"\`.`,
    ),
} satisfies Worded;

export const unfitValues = {
  code: "data",
  severity: "error",
  doc: "The data cannot be trained on as the spec reads them: a file is missing, damaged or of another format, a field does not have the shape that its stream declares, or a likelihood gives a value of it no probability. The message names the file, the field or the sample, and says what to save instead.",
  example: edited(trained, [["keep I(X; Z)", "keep I(X; Z) by bernoulli"]]),
  fixed: trained,

  /** What reading the data refuses, at the words of the spec that asked for it. */
  refused({ about, message, advice, append }: DataError, { streams }: Spec, data: DataRequest): Diagnostic {
    const range =
      about.kind === "option"
        ? data.ranges.options[about.name]
        : about.kind === "stream"
          ? streams.find((stream) => stream.name === about.name)?.range
          : data.ranges.source;
    const end = append === undefined ? undefined : range?.end;
    return report(
      unfitValues,
      range ?? data.range,
      `${message}. ${advice}`,
      end === undefined ? {} : fix(`Write \`${append}\` at the end`, { start: end, end }, ` ${append}`),
    );
  },

  /** @param likelihood where the spec names it, so that another can be written in its place */
  impossible: (likelihood: Diagnostic["range"] | undefined, place: Diagnostic["range"], message: string) =>
    report(
      unfitValues,
      likelihood ?? place,
      message,
      likelihood === undefined ? {} : fix("Use `gaussian`", likelihood, "gaussian"),
    ),
} satisfies Worded;

export const ownNetwork = {
  code: "own-network",
  severity: "error",
  doc: "The preview cannot train your own module. Only the executor `torch` can: choose a Python that has PyTorch by the command *Choose a Python for Previews*, which also chooses this executor; on the command line, set `BOTTLENECK_PYTHON`, `BOTTLENECK_PACKAGES` for a package that is not installed, and `--executor torch`. There, the message says what is wrong with the module: its package is not found, `Module(inputs, outputs)` raises an error, or its output has another shape than `[rows, outputs]`.",
  example: edited(trained, [["keep I(X; Z)", 'keep I(X; Z)\n  network encoder X = torch("package.Module")']]),
  fixed: edited(trained, [["keep I(X; Z)", "keep I(X; Z)\n  network encoder X = mlp(256, 256)"]]),

  /** @param executor the one that trains, by its title */
  elsewhere: (range: Diagnostic["range"], module: string, executor: string): Diagnostic =>
    report(
      ownNetwork,
      range,
      `Only PyTorch can train your own \`${module}\`, and this preview uses ${executor}. Choose a Python with the command Choose a Python for Previews, or on the command line with \`BOTTLENECK_PYTHON\` and \`--executor torch\`; or use \`mlp\`.`,
    ),

  /** @param fault a sentence */
  faulty: (range: Diagnostic["range"], fault: string): Diagnostic => report(ownNetwork, range, fault),
} satisfies Worded;

/** Each has a page of the manual, as the diagnostics of a text have. */
export const refusals: readonly Rule[] = [noSpec, noData, unfitValues, ownNetwork];
