/** Ablations of a spec: a stream, a term or a code left out, and codes narrower or wider. Each is a whole spec, or is refused. */
import type { Statement } from "../../language/tree";
import { printStatement } from "../../language/printer";
import { isKept } from "../../theory/wants/duties";
import { isRefusal, variantOf, type Refusal, type Variant, type Written } from "./statements";
import { withWidths } from "./widths";
import { without } from "./without";

export interface Ablation {
  /** `drop-Y`, `shrink`. */
  id: string;
  /** As a heading: "Without stream Y". */
  title: string;
  variant: Variant | Refusal;
}

const known = new WeakMap<Written, readonly Ablation[]>();

/** Every ablation of a spec; made once. */
export function ablationsOf(written: Written): readonly Ablation[] {
  const made = known.get(written) ?? ablated(written);
  known.set(written, made);
  return made;
}

const ablated = (written: Written): Ablation[] => [
  ...streamsOut(written),
  ...codesOut(written),
  ...termsOut(written),
  resized(written, "shrink", "Codes half as wide", (size) => Math.max(1, Math.floor(size / 2))),
  resized(written, "widen", "Codes twice as wide", (size) => 2 * size),
];

/** Names of the modalities that codes are inferred from, or that are reconstructed. */
const streamsIn = ({ derived }: Written): string[] =>
  derived.spec.streams.filter(({ role }) => role === "modality").map(({ name }) => name);

const streamsOut = (written: Written): Ablation[] =>
  streamsIn(written).map((name) => ({
    id: `drop-${name}`,
    title: `Without the stream ${name}`,
    variant: dropped(written, without(written.statements, [name])),
  }));

const codesOut = (written: Written): Ablation[] =>
  written.derived.spec.latents.map(({ name }) => ({
    id: `drop-${name}`,
    title: `Without the code ${name}`,
    variant: dropped(written, without(written.statements, [name])),
  }));

function termsOut(written: Written): Ablation[] {
  const { statements } = written;
  const seen = new Map<string, number>();
  return statements.flatMap((one): Ablation[] => {
    if (one.kind !== "term" && one.kind !== "separate") return [];
    const name = nameOf(one);
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    const id = `drop-${name}${times > 1 ? `-${times}` : ""}`;
    const rest = statements.filter((other) => other !== one);
    return [{ id, title: `Without the term ${printStatement(one)}`, variant: dropped(written, rest) }];
  });
}

/** The label of a term, or what it says without its weight and its bound. */
function nameOf(one: Extract<Statement, { kind: "term" | "separate" }>): string {
  if (one.kind === "separate") return `separate-${one.left.name.text}-${one.right.name.text}`;
  if (one.label) return one.label.text;
  const bare = { ...one, terms: one.terms.map(({ range, term }) => ({ range, term })) };
  return printStatement(bare).replace(/\s+/g, " ").replace(" ", "-").replaceAll(" ", "");
}

/** The rest of a spec, where a term is left that keeps something. */
function dropped(written: Written, statements: Statement[]): Variant | Refusal {
  const keeps = statements.some((one) => one.kind === "term" && one.side === "keep");
  if (!keeps) return { refused: "no term is left that keeps anything" };
  const variant = variantOf(written, statements);
  if (isRefusal(variant)) return variant;
  return variant.derived.spec.latents.some(({ name }) => isKept(variant.derived, name))
    ? variant
    : { refused: "no term is left that keeps anything in a code" };
}

function resized(written: Written, id: string, title: string, to: (size: number) => number): Ablation {
  const statements = withWidths(written.statements, (_, size) => to(size));
  const variant = statements ? variantOf(written, statements) : { refused: "every code has one coordinate" };
  return { id, title, variant };
}
