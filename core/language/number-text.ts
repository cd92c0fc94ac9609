/** Numbers as text, wherever a person reads one. Numbers that are written into a spec are in `knob-text.ts`. */

/** So many significant digits, with the minus of a keyboard: in messages, which speak of the text. */
export const rounded = (value: number, digits = 3): string => String(Number(value.toPrecision(digits)));

/** The same with a true minus sign. */
export const signed = (value: number, digits = 3): string => rounded(value, digits).replace("-", "\u2212");

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** `3.8·10⁻⁴`, of a number below 0.001. */
function small(size: number): string {
  const [mantissa, exponent] = size.toExponential(1).split("e-") as [string, string];
  return `${mantissa}·10⁻${[...exponent].map((digit) => SUPERSCRIPTS[Number(digit)]!).join("")}`;
}

/** `12,345`, of a whole number of 0 or more. The browser's own formatter takes long to start. */
export const whole = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ",");

/** Three significant digits, as powers of ten below 0.001; a true minus sign. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 100) return sign(value, whole(Math.round(size)));
  if (size !== 0 && size < 0.001) return sign(value, small(size));
  // Rounding may carry into one digit more (9.999 to 10.00), so the digits are counted after it.
  const digits = size >= 10 ? 1 : size >= 0.1 || size === 0 ? 2 : 3;
  return sign(value, size.toFixed(digits));
}

const sign = (value: number, text: string): string => (value < 0 ? `\u2212${text}` : text);

/** `1.93 nats`, `−17 nats`. */
export const nats = (value: number): string => `${number(value)} nats`;

/** Two decimals, `0.83`: a share, or a value beside others; no sign before a zero. */
export const hundredths = (value: number): string =>
  value.toFixed(2).replace(/^-(0\.00$)?/, (_, zero?: string) => zero ?? "\u2212");

/** `3 s`, `1 min 20 s`; `26 min`, `2 h 5 min` where seconds say no more. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "";
  const all = Math.max(0, Math.ceil(seconds));
  if (all < 60) return `${all} s`;
  if (all < 600) return `${Math.floor(all / 60)} min ${all % 60} s`;
  const minutes = Math.round(all / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
