/** An example as a list shows it: what its text says of itself. */
import { parse } from "../core/language/parser";

interface Example {
  /** Of its spec. */
  name: string;
  /** The question that it answers. */
  question: string;
  /** The first sentence of its comment. */
  doc: string;
  /** Name of the data that it trains on. */
  data?: string;
}

/** @returns undefined where the text has no spec */
export function exampleOf(text: string): Example | undefined {
  const [spec] = parse(text).tree.specs;
  if (spec === undefined) return undefined;
  const data = spec.statements.find((statement) => statement.kind === "data");
  const comment = (spec.doc ?? "").replace(/\s+/g, " ");
  return {
    name: spec.name.text,
    question: spec.title?.value ?? "",
    doc: /^.*?[.?](?= |$)/.exec(comment)?.[0] ?? comment,
    ...(data === undefined ? {} : { data: data.source.value }),
  };
}
