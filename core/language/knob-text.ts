/** A knob's value as text, wherever one is shown or written: at most six significant digits, as a spec may have it. */
export const knobText = (value: number): string => String(Number(value.toPrecision(6)));

/** The same for a value that must lie within a range, which rounding may not leave. */
export function knobTextWithin(value: number, { from, to }: { from: number; to: number }): string {
  const text = knobText(Math.min(to, Math.max(from, value)));
  if (Number(text) < from) return String(from);
  return Number(text) > to ? String(to) : text;
}
