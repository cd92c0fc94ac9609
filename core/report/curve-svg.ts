/** The loss over a training as a picture within a page; it takes its colours from where it stands. */
import { signed, whole } from "../language/number-text";
import type { Curves } from "../train/curves";

const [WIDTH, HEIGHT, LEFT, BELOW] = [560, 200, 64, 26];

/** The training loss as a line, the held-out loss as a dashed one; empty before there are two points. */
export function lossSvg({ total, heldOutTotal }: Pick<Curves, "total" | "heldOutTotal">): string {
  const finite = [...total.values, ...heldOutTotal.values].filter(Number.isFinite);
  const last = Math.max(0, total.steps.at(-1) ?? 0, heldOutTotal.steps.at(-1) ?? 0);
  if (total.steps.length < 2 || finite.length < 2) return "";
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const x = (step: number): number => LEFT + ((WIDTH - LEFT - 8) * step) / last;
  const y = (value: number): number => 8 + ((HEIGHT - BELOW - 8) * (high - value)) / (high - low || 1);
  const line = ({ steps, values }: Curves["total"], more: string): string => {
    const points = Array.from(steps, (step, i) => [step, values[i]!] as const)
      .filter(([, value]) => Number.isFinite(value))
      .map(([step, value]) => `${x(step).toFixed(1)},${y(value).toFixed(1)}`);
    return `<polyline points="${points.join(" ")}" fill="none" stroke="currentColor" ${more}/>`;
  };
  const label = (at: string, anchor: string, text: string): string =>
    `<text ${at} text-anchor="${anchor}" fill="currentColor">${text}</text>`;
  const bottom = HEIGHT - BELOW;
  return (
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="The loss over the training" font-family="sans-serif" font-size="12">` +
    `<path d="M${LEFT} 8 V${bottom} H${WIDTH - 8}" fill="none" stroke="currentColor" stroke-opacity="0.4"/>` +
    line(total, 'stroke-width="1.25" stroke-opacity="0.55"') +
    line(heldOutTotal, 'stroke-width="1.75" stroke-dasharray="5 3"') +
    label(`x="${LEFT - 6}" y="16"`, "end", signed(high)) +
    label(`x="${LEFT - 6}" y="${bottom}"`, "end", signed(low)) +
    label(`x="${LEFT}" y="${HEIGHT - 8}"`, "start", "step 0") +
    label(`x="${WIDTH - 8}" y="${HEIGHT - 8}"`, "end", whole(last)) +
    "</svg>"
  );
}
