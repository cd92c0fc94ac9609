/**
 * What PyTorch is asked on a GPU: every exported loss for its numbers, and the benchmark's DVSIB for the time of a step. Puts
 * a folder together that needs nothing but Python with torch; `card.ts` carries it out and adds the executors.
 */
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { catalogue } from "../../core/catalogue/index";
import { exportPytorch } from "../../core/export/pytorch/index";
import { boundCases } from "../numbers/bounds";
import { BATCH, prepareCase } from "../numbers/case";
import { codeCases } from "../numbers/codes";
import { exported } from "../numbers/exported";
import { prepare } from "../numbers/harness";
import { missingCases } from "../numbers/missing";
import { networkCases } from "../numbers/networks";
import { paper } from "../numbers/paper";
import { writeRequest } from "../reference/driver";
import { lossOf, type Size } from "./dvsib";

const SCRIPTS = [
  "gpu.py",
  "../numbers/check_export.py",
  "../numbers/own_networks.py",
  "../reference/tensors.py",
];

/** @param few only the paper's losses */
export async function writeFolder(folder: string, sizes: readonly Size[], few: boolean): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const script of SCRIPTS)
    await copyFile(fileURLToPath(new URL(script, import.meta.url)), join(folder, basename(script)));
  const written = few ? paper : [...paper, ...boundCases, ...codeCases, ...networkCases];
  const more = few
    ? []
    : [
        ...missingCases.map((each) => ({ id: `${each.id}, missing`, prepared: prepareCase(each) })),
        ...catalogue().map(({ method, text }) => ({ id: method, prepared: prepare(text, BATCH) })),
      ];
  const losses = [...written.map((each) => ({ id: each.id, prepared: prepareCase(each) })), ...more];
  const cases = losses.map(({ id, prepared }) => ({ id, ...exported(prepared.derived, prepared) }));
  await writeRequest(folder, { cases });
  const steps = sizes.map((size) => ({
    name: size.name,
    source: exportPytorch(lossOf(size), { lossOnly: false }),
  }));
  await writeFile(join(folder, "steps.json"), JSON.stringify(steps));
}
