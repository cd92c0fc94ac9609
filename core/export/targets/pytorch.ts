import { exportPytorch } from "../pytorch/index";
import type { ExportTarget } from "../target";

export const pytorch = {
  id: "pytorch",
  title: "PyTorch module",
  doc: "Encoders, decoders, critics and the loss as one readable Python file that needs only torch.",
  format: "Python",
  extension: "py",
  write: (derived, base) => [{ name: `${base}.py`, text: exportPytorch(derived, { lossOnly: false }) }],
} as const satisfies ExportTarget;
