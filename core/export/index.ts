/**
 * The export targets. To add one, write its file in `targets` and add it to the list: the command line, the editor's choice
 * and the manual follow, and test/lists/exports.test.ts looks at what it writes.
 */
import type { ExportTarget } from "./target";
import { bibtex } from "./targets/bibtex";
import { latex } from "./targets/latex";
import { lossOnly } from "./targets/loss-only";
import { project } from "./targets/project";
import { pytorch } from "./targets/pytorch";
import { svg } from "./targets/svg";

export const exportTargets = [
  pytorch,
  lossOnly,
  project,
  latex,
  bibtex,
  svg,
] as const satisfies readonly ExportTarget[];

type ExportTargetId = (typeof exportTargets)[number]["id"];

export const exportTargetIds: readonly ExportTargetId[] = exportTargets.map(({ id }) => id);

export const exportTargetOf = (id: string): ExportTarget | undefined =>
  exportTargets.find((target) => target.id === id);
