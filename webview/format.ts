/** Numbers as people read them. */

/** Three significant digits, no exponent between 0.001 and 99,999; a true minus sign. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 100) return sign(value, Math.round(size).toLocaleString("en-US"));
  if (size !== 0 && size < 0.001) return sign(value, size.toExponential(1));
  // Rounding may carry into one digit more (9.999 to 10.00), so the digits are counted after it.
  const digits = size >= 10 ? 1 : size >= 0.1 || size === 0 ? 2 : 3;
  return sign(value, size.toFixed(digits));
}

const sign = (value: number, text: string): string => (value < 0 ? `\u2212${text}` : text);

/** `1.93 nats`, `−17 nats`. */
export const nats = (value: number): string => `${number(value)} nats`;

/** A share, `0.83`. */
export const share = (value: number): string => value.toFixed(2).replace(/^-/, "\u2212");

/** `3 s`, `1 min 20 s`. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "";
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** A knob's value as it would be written in a spec: at most three significant digits. */
export const knobText = (value: number): string => String(Number(value.toPrecision(3)));
