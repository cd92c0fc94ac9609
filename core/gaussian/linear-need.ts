/** What linear encoders need, by the closed form of what canonical correlation analysis finds. */
import { rowsFor, type LinearPair } from "./overlap";

interface LinearNeed {
  /** Rows, those that choose the ridge among them. */
  need: number;
  /** Ends of the 80 % interval. */
  low: number;
  high: number;
  /** Whether the formula holds; it is too high where it does not. */
  holds: boolean;
}

/** What the rows that choose the ridge cost. */
const HELD_OUT = 1.15;
/** In four of five tasks the need was between these times what the formula says. */
const INTERVAL = { low: 1 / 1.41, high: 1 / 0.92 };
/** Below so many rows for each value of the views, a ridge does better than the formula. */
const FEWEST = 3;

/** @param level share of the correlation of the true directions, on new rows */
export function linearNeed(pair: LinearPair, level: number): LinearNeed {
  const need = HELD_OUT * rowsFor(pair, level);
  return {
    need,
    low: INTERVAL.low * need,
    high: INTERVAL.high * need,
    holds: need >= FEWEST * (pair.p + pair.q),
  };
}
