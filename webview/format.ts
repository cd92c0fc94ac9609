/** Numbers as people read them. */

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** `3.8·10⁻⁴`, of a number below 0.001. */
function small(size: number): string {
  const [mantissa, exponent] = size.toExponential(1).split("e-") as [string, string];
  return `${mantissa}·10⁻${[...exponent].map((digit) => SUPERSCRIPTS[Number(digit)]!).join("")}`;
}

/** `12,345`, of a whole number of 0 or more. The browser's own formatter takes long to start. */
export const whole = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ",");

/** `2026-03-01 14:05`, of milliseconds since 1970, by the clock of whoever reads it. */
export function moment(at: number): string {
  const time = new Date(at);
  const two = (part: number): string => String(part).padStart(2, "0");
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}`;
}

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

/** A share, `0.83`. */
export const share = (value: number): string =>
  value.toFixed(2).replace(/^-(0\.00$)?/, (_, zero?: string) => zero ?? "\u2212");

/** `3 s`, `1 min 20 s`; `26 min`, `2 h 5 min` where seconds say no more. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "";
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
