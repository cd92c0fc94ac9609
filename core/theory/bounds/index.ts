import type { Bound } from "../bound";
import { barlow } from "./barlow";
import { bernoulli } from "./bernoulli";
import { canonical } from "./canonical";
import { categorical } from "./categorical";
import { cca } from "./cca";
import { conditional } from "./conditional";
import { flo } from "./flo";
import { gaussian } from "./gaussian";
import { infonce } from "./infonce";
import { js } from "./js";
import { kl } from "./kl";
import { laplace } from "./laplace";
import { mine } from "./mine";
import { nwj } from "./nwj";
import { poisson } from "./poisson";
import { siglip } from "./siglip";
import { smile } from "./smile";
import { vicreg } from "./vicreg";

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
  nwj,
  flo,
  canonical,
  smile,
  js,
  cca,
  barlow,
  vicreg,
  siglip,
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
};

export const boundOf = (id: string): Bound | undefined => bounds.find((bound) => bound.id === id);
