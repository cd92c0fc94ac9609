import { exportPytorch } from "../pytorch/index";
import type { ExportTarget } from "../target";

export const lossOnly = {
  id: "loss-only",
  title: "PyTorch loss only",
  doc: "Only the loss, `forward(codes, streams, knobs)`, for a PyTorch training loop with encoders of your own.",
  format: "Python",
  extension: "py",
  write: (derived, base) => [{ name: `${base}_loss.py`, text: exportPytorch(derived, { lossOnly: true }) }],
} as const satisfies ExportTarget;
