/**
 * The flow of information as a drawing: modalities on the left, codes in the middle, what they serve on the right.
 * A stream is as wide as the information it carries, where that is known; a thin line where it is not.
 */
import type { SpecSummary } from "../../core/train/protocol";
import { codeBoxes, modalityBoxes, servedBoxes } from "./boxes";
import type { FlowDrawing, FlowNumbers } from "./drawing";
import type { Layout } from "./layout";
import { measuresOf } from "./measures";
import { incoming, outgoing } from "./ribbons";
import { servedBy } from "./served";

/**
 * Lays the drawing out.
 * @param numbers in nats; a code without a rate (deterministic, or not measured yet) has no entry
 * @param show how a number of nats is written
 */
export function flowOf(
  summary: SpecSummary,
  numbers: FlowNumbers,
  show: (nats: number) => string,
  layout: Layout,
): FlowDrawing {
  const measures = measuresOf(summary, numbers, show);
  const { codes, end } = codeBoxes(summary, measures, layout);
  const modalities = modalityBoxes(summary, measures, layout, end);
  const groups = servedBy(summary);
  const served = servedBoxes(groups, measures, layout, end);
  const bottom = Math.max(...[...codes, ...modalities, ...served].map((box) => box.y + box.height), end - 12);
  return {
    width: layout.width,
    height: bottom + 44,
    modalities,
    codes,
    served,
    ribbons: [
      ...incoming(summary, modalities, codes, measures),
      ...outgoing(groups, served, codes, measures),
    ],
  };
}
