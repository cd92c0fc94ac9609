/** Adam over all parameters in one pass: they, their moments and gradients lie in one order (see `layOut`). */
import { sizeOf, type Program } from "../../../program/program";
import { adamsOf } from "./arena";
import { literal } from "./functions";
import { forEach, type Dispatch } from "./kernel";

/** @returns one pass for all updates of the program where they have one schedule and lie in one order, else one each */
export function adam({ buffers, ...program }: Program, at: readonly number[]): Dispatch[] {
  const updates = adamsOf({ buffers, ...program });
  const [first] = updates;
  if (first === undefined) return [];
  const parts = ["parameter", "m", "v", "gradient"] as const;
  const offset = (update: typeof first, part: (typeof parts)[number]): number =>
    at[update[part]]! - at[first[part]]!;
  const alike = updates.every(
    (update) =>
      (["rate", "step", "beta1", "beta2", "epsilon"] as const).every(
        (name) => update[name] === first[name],
      ) && parts.every((part) => offset(update, part) === offset(update, "parameter")),
  );
  if (!alike) return updates.map((update) => pass(update, update.size, at));
  const last = updates.reduce((a, b) => (offset(a, "parameter") > offset(b, "parameter") ? a : b));
  return [pass(first, offset(last, "parameter") + sizeOf(buffers[last.parameter]!.shape), at)];
}

/** 1 - e^x for x < 0, by a series near 0, where the difference would lose most digits. */
const REMAINING = `
fn lessThanOne(x: f32) -> f32 {
  return select(1.0 - exp(x), -x * (1.0 + x / 2.0 * (1.0 + x / 3.0 * (1.0 + x / 4.0))), x > -0.05);
}
`;

function pass(update: ReturnType<typeof adamsOf>[number], size: number, at: readonly number[]): Dispatch {
  const { parameter, m, v, gradient, rate, step, beta1, beta2, epsilon } = update;
  const shader = forEach(
    `
  let g = arena[number(4u) + i];
  let m = ${literal(beta1)} * arena[number(2u) + i] + ${literal(1 - beta1)} * g;
  let v = ${literal(beta2)} * arena[number(3u) + i] + ${literal(1 - beta2)} * g * g;
  arena[number(2u) + i] = m;
  arena[number(3u) + i] = v;
  let t = arena[number(6u)];
  let unbiasedM = m / lessThanOne(${literal(Math.log(beta1))} * t);
  let unbiasedV = v / lessThanOne(${literal(Math.log(beta2))} * t);
  arena[number(1u) + i] -= arena[number(5u)] * unbiasedM / (sqrt(unbiasedV) + ${literal(epsilon)});`,
    REMAINING,
  );
  const numbers = [size, ...[parameter, m, v, gradient, rate, step].map((id) => at[id]!)];
  return { shader, numbers, threads: size };
}
