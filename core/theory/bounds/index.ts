import type { Bound } from "../bound";
import { adversary } from "./adversary";
import { barlow } from "./barlow";
import { canonical } from "./canonical";
import { cca } from "./cca";
import { chain } from "./chain";
import { club } from "./club";
import { conditional } from "./conditional";
import { crossEntropy } from "./cross-entropy";
import { densityRatio } from "./density-ratio";
import { flo } from "./flo";
import { infonce } from "./infonce";
import { js } from "./js";
import { kl } from "./kl";
import { l1out } from "./l1out";
import { likelihoods } from "./likelihoods";
import { mine } from "./mine";
import { mmd } from "./mmd";
import { mws } from "./mws";
import { nwj } from "./nwj";
import { plugIn } from "./plug-in";
import { siglip } from "./siglip";
import { smile } from "./smile";
import { vicreg } from "./vicreg";

/** Every bound. */
export const bounds: readonly Bound[] = [
  kl,
  conditional,
  club,
  l1out,
  chain,
  mws,
  densityRatio,
  mmd,
  adversary,
  crossEntropy,
  ...likelihoods,
  infonce,
  mine,
  nwj,
  flo,
  canonical,
  plugIn,
  smile,
  js,
  cca,
  barlow,
  vicreg,
  siglip,
];

export const boundOf = (id: string): Bound | undefined => bounds.find((bound) => bound.id === id);
