/** Times as people read them. */

/** `2026-03-01 14:05`, of milliseconds since 1970, by the clock of whoever reads it. */
export function moment(at: number): string {
  const time = new Date(at);
  const two = (part: number): string => String(part).padStart(2, "0");
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}`;
}
