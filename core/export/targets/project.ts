import { exportProject } from "../project/index";
import type { ExportTarget } from "../target";

export const project = {
  id: "project",
  title: "Training project",
  doc: "A folder with `train.py` that reads the spec's data and trains its loss, on one machine or many, with torch alone.",
  format: "Python",
  extension: "py",
  folder: true,
  write: (derived) => exportProject(derived),
} as const satisfies ExportTarget;
