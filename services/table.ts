/** The periodic table, with a spec of a text among the methods. */
import { tableSummary } from "../core/views/table";
import type { TableSummary } from "../core/views/table-summary";
import type { Analysis } from "../core/theory/analyse";

/**
 * @param analysis of the text that is open, if one is
 * @param name of the spec; the first where none is given. One that has errors is left out of the table.
 */
export function tableOf(analysis: Analysis | undefined, name: string | undefined): TableSummary {
  const found = analysis?.specs.find(({ tree }) => name === undefined || tree.name.text === name);
  const { valid = false, derived, recognised } = found ?? {};
  return valid && derived !== undefined ? tableSummary({ derived, recognised }) : tableSummary();
}
