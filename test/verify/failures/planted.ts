/** Every training of the bank that goes wrong. */
import { collapsed } from "./planted/collapsed";
import { critics } from "./planted/critics";
import { heldOut } from "./planted/held-out";
import { fromData } from "./planted/data";
import { streams } from "./planted/streams";
import { targets } from "./planted/targets";
import type { Planted } from "./failure";

export const planted: readonly Planted[] = [
  ...collapsed,
  ...critics,
  ...heldOut,
  ...streams,
  ...targets,
  ...fromData,
];
