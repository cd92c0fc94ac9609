/** Codes of other widths. */
import type { LatentStatement, NumberValue, Statement } from "../../language/tree";

/** The statements with each latent as wide as `to` says; undefined where that changes none. */
export function withWidths(
  statements: readonly Statement[],
  to: (latent: string, size: number) => number,
): Statement[] | undefined {
  let changes = false;
  const changed = statements.map((one): Statement => {
    const size = one.kind === "latent" ? widthOf(one) : undefined;
    if (one.kind !== "latent" || size === undefined) return one;
    const value = to(one.name.text, size.value);
    if (value === size.value) return one;
    changes = true;
    const width: NumberValue = { ...size, value, text: String(value) };
    const [first, ...others] = one.law.args;
    return { ...one, law: { ...one.law, args: [{ ...first!, value: width }, ...others] } };
  });
  return changes ? changed : undefined;
}

function widthOf({ law }: LatentStatement): NumberValue | undefined {
  const value = law.args[0]?.value;
  return value?.kind === "number" ? value : undefined;
}
