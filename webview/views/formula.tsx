import temml from "temml";

interface Props {
  latex: string;
  text: string;
  /** Breaks a long formula between its terms, where there is little room. */
  wrapped?: boolean;
}

/** A formula as MathML, which browsers draw themselves; the plain text where LaTeX cannot be read. */
export function Formula({ latex, text, wrapped = false }: Props) {
  let math: string;
  try {
    // The page's policy allows no style attributes; they only fine-tune what the elements say already.
    math = temml
      .renderToString(latex, {
        displayMode: !wrapped,
        throwOnError: true,
        ...(wrapped ? { wrap: "tex" } : {}),
      })
      .replace(/ style="[^"]*"/g, "");
  } catch {
    return <p class="loss">{text}</p>;
  }
  return (
    <div
      class={`formula ${wrapped ? "wrapped" : ""}`}
      aria-label={text}
      dangerouslySetInnerHTML={{ __html: math }}
    />
  );
}
