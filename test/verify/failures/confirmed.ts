/**
 * Findings of a training that does what it is for, confirmed by the oracle that tells the same failure in the bank: one code of
 * two can have collapsed where the other does what both are for, and an estimate can be impossible where its gradient is right.
 */
import { carriesNothing, type Oracle, type Outcome } from "./oracles";
import type { Raised } from "./replay";

/** Nats below 0 from which a divergence is impossible, as in the bank, and times a rate from which an information is. */
const BELOW = -0.5;
const ABOVE = 1.1;

/** On test rows and on training rows. */
function isImpossible({ test, train }: Outcome, term: string): boolean {
  return [test, train].every(({ terms, rates }) => {
    const most = Math.max(...Object.values(rates).map((rate) => rate.reduce((sum, one) => sum + one, 0)));
    return terms[term]! < BELOW || terms[term]! > ABOVE * most;
  });
}

const oracles: Readonly<Record<string, (about: string) => Oracle>> = {
  "collapsed-code": (code) => carriesNothing(code),
  "impossible-value": (term) => (outcome) => isImpossible(outcome, term),
};

/** Whether an oracle says of this training what the finding says. */
export async function isConfirmed({ code, about }: Raised, run: Outcome): Promise<boolean> {
  const oracle = oracles[code];
  return oracle !== undefined && about !== undefined && (await oracle(about)(run, noOther));
}

const noOther = (): never => {
  throw new Error("a finding of a healthy training is confirmed by that training alone");
};
