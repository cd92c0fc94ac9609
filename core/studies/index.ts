/**
 * The studies. To add one, write its folder beside this file and add it to the list; its command, its page of the panel and its
 * page of the manual follow.
 */
import { cost } from "./cost/index";
import { samples } from "./samples/index";
import { stress } from "./stress/index";
import { sweep } from "./sweep/index";
import type { Study } from "./study";

export const studies: readonly Study[] = [samples as Study, sweep as Study, stress as Study, cost as Study];
