import { useEffect, useRef, useState } from "preact/hooks";
import type { FlowNumbers } from "./flow/drawing";

/** How long a number takes to reach its new value, in milliseconds. */
const EASE = 350;

const stillMotion = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The numbers of the drawing on their way to their new values, frame by frame; at once where motion is unwelcome. */
export function useEased(target: FlowNumbers): FlowNumbers {
  const [shown, setShown] = useState(target);
  const current = useRef(shown);
  current.current = shown;
  const key = JSON.stringify(target);
  useEffect(() => {
    if (stillMotion()) {
      setShown(target);
      return undefined;
    }
    const from = current.current;
    const begun = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      const time = Math.min(1, (now - begun) / EASE);
      setShown(mix(from, target, 1 - (1 - time) ** 3));
      if (time < 1) frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [key]);
  return shown;
}

function mix(from: FlowNumbers, to: FlowNumbers, share: number): FlowNumbers {
  const between = (a: number | undefined, b: number): number => (a === undefined ? b : a + (b - a) * share);
  return {
    rates: Object.fromEntries(
      Object.entries(to.rates).map(([name, rates]) => [
        name,
        rates.map((rate, i) => between(from.rates[name]?.[i], rate)),
      ]),
    ),
    terms: Object.fromEntries(
      Object.entries(to.terms).map(([id, value]) => [id, between(from.terms[id], value)]),
    ),
  };
}
