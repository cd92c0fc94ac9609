/** What may have to survive in the codes of a new spec, in plain words and as `want` lines. */
import { quoted } from "../../core/language/text";
import type { SpecData, SpecField } from "./data";

/** One thing that must survive. */
export interface Survivor {
  /** As a `want` line asks for it: `shared(X, Y)`; of a prediction, without the label. */
  id: string;
  intent: "shared" | "private" | "reconstruct" | "predict";
  /** The streams that it names; a prediction names its label later. */
  streams: string[];
  /** In plain words: "what X and Y share". */
  title: string;
  /** How the codes are held to it, in one sentence. */
  doc: string;
  /** Whether most people want it of these streams. */
  usual: boolean;
}

const words = (names: readonly string[]): string => quoted(names).replaceAll("`", "");

/** What streams of the data can be asked to keep. */
export function survivors(data: Pick<SpecData, "fields">, streams: readonly string[]): Survivor[] {
  const several = streams.length > 1;
  const labelled = labelsOf(data).length > 0;
  const shared: Survivor = {
    id: `shared(${streams.join(", ")})`,
    intent: "shared",
    streams: [...streams],
    title: `What ${words(streams)} share`,
    doc: "Codes of the streams that are informative about each other.",
    usual: true,
  };
  const own = streams.map((name): Survivor => ({
    id: `private(${name})`,
    intent: "private",
    streams: [name],
    title: `What only ${name} has`,
    doc: `A code of ${name} for what the other streams do not contain.`,
    usual: false,
  }));
  const predict: Survivor = {
    id: "predict()",
    intent: "predict",
    streams: [],
    title: "What predicts a label",
    doc: "The codes predict a label of the data; everything else costs.",
    usual: !several,
  };
  const rebuilt = streams.map((name): Survivor => ({
    id: `reconstruct(${name})`,
    intent: "reconstruct",
    streams: [name],
    title: `Enough to reconstruct ${name}`,
    doc: `A decoder reconstructs ${name} from its code.`,
    usual: !several && !labelled,
  }));
  return [...(several ? [shared] : []), ...(labelled ? [predict] : []), ...(several ? own : []), ...rebuilt];
}

/** The labels of the data, which a spec can have as its target. */
export const labelsOf = ({ fields }: Pick<SpecData, "fields">): SpecField[] =>
  fields.filter(({ role, kind }) => role === "factor" && kind.startsWith("label"));
