/**
 * The pages of the panel, in the order of their tabs; the first is shown first. To add one, write its file beside this one
 * and add it to the list; the tabs and the manual follow.
 */
import { codes } from "./codes";
import { data } from "./data";
import { derivation } from "./derivation";
import type { PanelPage } from "./page";
import { preview } from "./preview";
import { studies } from "./studies";
import { table } from "./table";

export const pages: readonly [PanelPage, ...PanelPage[]] = [preview, data, codes, studies, derivation, table];
