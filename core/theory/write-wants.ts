/** Writes the codes and terms that the `want` lines of a spec ask for: what is written is tried before it is offered. */
import { within, type Diagnostic, type TextEdit } from "../language/diagnostic";
import { applyEdits } from "../language/formatter";
import { insertLines } from "../language/insert-lines";
import type { SpecTree } from "../language/tree";
import { asWritten } from "../language/written";
import { analyse, type Analysis } from "./analyse";
import { unmet } from "./wants/intents";
import { wantedLines } from "./wants/wanted";

interface WrittenWants {
  edits: TextEdit[];
  /** Wants that the lines do not meet, as they are written, with the reason as the end of a sentence. */
  left: { want: string; reason: string }[];
  /** What is known of the text with the lines in it. */
  after: Analysis;
}

/** A line that could not be written. */
interface Refused {
  line: string;
  message: string;
}

/** Lines are written again without those that turn out to be wrong, at most this often. */
const TRIES = 8;

/**
 * The lines for the wants of a spec that are not met yet.
 * @returns undefined where there are none to write, or none of them meets a want
 */
export function writeWants(analysis: Analysis, tree: SpecTree): WrittenWants | undefined {
  const analysed = analysis.specs.find((spec) => spec.tree === tree);
  const wants = tree.statements.flatMap((statement) => (statement.kind === "want" ? statement.wants : []));
  if (analysed?.derived === undefined || wants.length === 0) return undefined;
  const { own, origin } = analysis.library;
  const before = unmetOf(analysis, tree, own.text);
  let lines = wantedLines(wants, analysed.derived);
  const refused: Refused[] = [];
  for (let i = 0; i < TRIES && lines.length > 0; i++) {
    const edits = asWritten(own.text, insertLines(tree, lines));
    const text = applyEdits(own.text, edits);
    const after = analyse(text, origin, analysis);
    const written = after.file.specs.find(({ name }) => name.text === tree.name.text);
    if (written === undefined) return undefined;
    const errors = newErrors(analysis, after);
    if (errors.length === 0) {
      const left = unmetOf(after, written, text).map((one) => ({ ...one, ...refusalOf(one.want, refused) }));
      return left.length < before.length ? { edits, left, after } : undefined;
    }
    const faulty = refusals(errors, written, text).filter(({ line }) => lines.includes(line));
    if (faulty.length === 0) return undefined;
    refused.push(...faulty);
    lines = lines.filter((line) => !faulty.some((one) => one.line === line));
  }
  return undefined;
}

/** Wants of a spec that its loss does not meet, and those with names that are not declared. */
function unmetOf({ specs }: Analysis, tree: SpecTree, text: string): WrittenWants["left"] {
  const analysed = specs.find((spec) => spec.tree === tree);
  const { spec, derived } = analysed ?? {};
  return tree.statements.flatMap((statement) =>
    statement.kind !== "want"
      ? []
      : statement.wants.flatMap(({ range }) => {
          const want = spec?.wants.find((one) => one.range.start === range.start);
          const reason =
            want === undefined
              ? "it names something that is not declared"
              : spec!.latents.length === 0
                ? "there is no latent"
                : unmet(want, derived!)?.reason;
          return reason === undefined ? [] : [{ want: text.slice(range.start, range.end), reason }];
        }),
  );
}

const keyOf = ({ code, message }: Diagnostic): string => `${code} ${message}`;

function newErrors(before: Analysis, after: Analysis): Diagnostic[] {
  const had = new Set(before.diagnostics.map(keyOf));
  return after.diagnostics.filter((found) => found.severity === "error" && !had.has(keyOf(found)));
}

/** The statements in which something is wrong, as they are written, with what is. */
const refusals = (errors: readonly Diagnostic[], { statements }: SpecTree, text: string): Refused[] =>
  errors.flatMap(({ range, message }) =>
    statements
      .filter((statement) => within(range, statement.range))
      .map((statement) => ({ line: text.slice(statement.range.start, statement.range.end), message })),
  );

/** Why a line of the want's streams could not be written. */
function refusalOf(want: string, refused: readonly Refused[]): { reason?: string } {
  const [, names = ""] = /\(([^)]*)\)/.exec(want) ?? [];
  const own = refused.find(({ line }) =>
    names.split(/[\s,]+/).some((name) => name !== "" && line.split(/[^\w]+/).includes(name)),
  );
  return own === undefined ? {} : { reason: own.message };
}
