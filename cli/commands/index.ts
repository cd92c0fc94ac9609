/**
 * The commands of `bottleneck`. To add one, write its file beside this one and add it to the list; the help, the README and
 * the manual follow.
 */
import type { Command } from "../command";
import { check } from "./check";
import { data } from "./data";
import { derive } from "./derive";
import { doctor } from "./doctor";
import { exportSpec } from "./export";
import { preview } from "./preview";
import { recogniseSpec } from "./recognise";
import { studyCommands } from "./study";
import { tableOfLosses } from "./table";

export const commands: readonly Command[] = [
  check,
  derive,
  recogniseSpec,
  tableOfLosses,
  data,
  preview,
  ...studyCommands,
  exportSpec,
  doctor,
];
