import type { Bound } from "../bound";
import { bernoulli } from "./bernoulli";
import { categorical } from "./categorical";
import { conditional } from "./conditional";
import { gaussian } from "./gaussian";
import { infonce } from "./infonce";
import { kl } from "./kl";
import { laplace } from "./laplace";
import { mine } from "./mine";
import { poisson } from "./poisson";

/** Every bound. */
export const bounds: readonly Bound[] = [
  kl,
  conditional,
  gaussian,
  bernoulli,
  laplace,
  categorical,
  poisson,
  infonce,
  mine,
];

/** Bounds that the language knows and no file here holds yet: where they stand, and what they are. */
export const pendingBounds: Readonly<
  Record<string, { serves: readonly ("compress" | "keep")[]; is: string; instead: string }>
> = {
  club: { serves: ["compress"], is: "an upper bound", instead: "`kl`" },
  l1out: { serves: ["compress"], is: "an upper bound", instead: "`kl`" },
  chain: { serves: ["compress"], is: "an upper bound", instead: "`kl`" },
  mws: { serves: ["compress"], is: "an estimate for `compress`", instead: "`kl`" },
  "density-ratio": { serves: ["compress"], is: "an estimate for `compress`", instead: "`kl`" },
  mmd: { serves: ["compress"], is: "an estimate for `compress`", instead: "`kl`" },
  adversary: { serves: ["compress"], is: "an estimate for `compress`", instead: "`kl`" },
  nwj: { serves: ["keep"], is: "a lower bound", instead: "`infonce` or `mine`" },
  flo: { serves: ["keep"], is: "a lower bound", instead: "`infonce` or `mine`" },
  canonical: { serves: ["keep"], is: "a value for `keep`", instead: "`infonce`" },
  smile: { serves: ["keep"], is: "an estimate for `keep`", instead: "`infonce` or `mine`" },
  js: { serves: ["keep"], is: "a training signal for `keep`", instead: "`infonce`" },
  cca: { serves: ["keep"], is: "a proxy for `keep`", instead: "`infonce`" },
  barlow: { serves: ["keep"], is: "a proxy for `keep`", instead: "`infonce`" },
  vicreg: { serves: ["keep"], is: "a proxy for `keep`", instead: "`infonce`" },
  siglip: { serves: ["keep"], is: "a proxy for `keep`", instead: "`infonce`" },
};

export const boundOf = (id: string): Bound | undefined => bounds.find((bound) => bound.id === id);
